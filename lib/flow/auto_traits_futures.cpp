// The part of the prover that is about what functions make: coroutines, closures, and
// what is returned as `impl Trait`.
#include <algorithm>

#include "flow/auto_traits_prover.h"
#include "flow/saved.h"

namespace jaa::flow {
namespace {

using Kind = Type::Kind;

std::string place_of(const mir::Body& body, const mir::MirSpan& span) {
  return span.is_valid() ? std::string(body.text(span.file)) + ":" + std::to_string(span.line) +
                               ":" + std::to_string(span.column)
                         : "some await";
}

std::string name_of(const mir::Body& body, mir::LocalId local) {
  const std::string_view name = body.variable_name(local);
  return name.empty() ? "a temporary" : "`" + std::string(name) + "`";
}

}  // namespace

Verdict AutoTraitProver::prove_saved(Trait trait, const BodyRef& ref,
                                     llvm::ArrayRef<ParamValue> values) {
  const mir::Body& body = *ref.body;
  if (body.is_coroutine && body.is_stub()) {
    return unknown("the body of `" + std::string(body.text(body.name)) + "` has errors");
  }
  Verdict all = granted();
  for (const SuspendPoint& point : suspend_points(body)) {
    for (const mir::LocalId local : point.saved) {
      const TypeId type = substitute(types_, values_.of_local(ref, local), values);
      join(all, because(prove({trait, type}), name_of(body, local) + " is saved across " +
                                                  place_of(body, point.keyword_span)));
      if (all.answer == Answer::No) {
        return all;
      }
    }
  }
  return all;
}

Verdict AutoTraitProver::prove_arguments(Trait trait, const BodyRef& function,
                                         llvm::ArrayRef<ParamValue> values) {
  Verdict all = granted();
  for (size_t at = 1; at <= function.body->arg_count; ++at) {
    const mir::LocalId local(at);
    const TypeId type = substitute(types_, values_.of_local(function, local), values);
    join(all, because(prove({trait, type}), "captures " + name_of(*function.body, local)));
  }
  return all;
}

Verdict AutoTraitProver::prove_async_fn(Trait trait, const FunctionUse& use) {
  const BodyRef function = bodies_.function(use.key);
  const BodyRef coroutine = bodies_.async_body(use.key);
  if (!function || !coroutine) {
    return unknown("the body of " + use.key + " is not known");
  }
  const Substitution values = use.args.empty() ? use.values : values_.inner_values(use, coroutine);
  Verdict all = prove_arguments(trait, function, values);
  if (all.answer != Answer::No) {
    join(all, prove_saved(trait, coroutine, values));
  }
  return all;
}

Verdict AutoTraitProver::prove_captures(Trait trait, const std::string& begin,
                                        std::string_view root, llvm::ArrayRef<ParamValue> values) {
  const std::vector<Creation> creations = bodies_.creations(begin, root);
  if (creations.empty()) {
    return unknown("where the one at " + begin + " is made is not known");
  }
  Verdict all = granted();
  for (const Creation& creation : creations) {
    for (const mir::Operand operand : creation.captures) {
      const TypeId type = substitute(types_, values_.of_operand(creation.in, operand), values);
      join(all, because(prove({trait, type}), "it captures " + shown(type)));
    }
  }
  return all;
}

// An async block or closure. One macro may have made several, and then all count.
Verdict AutoTraitProver::prove_created(Goal goal) {
  const Term node = term(types_, goal.type);
  if (node.kind == Kind::Coroutine && node.name == AsyncFn) {
    const std::optional<FunctionUse> use = scopes_.resolve(node.args[0], scope_);
    return use ? because(prove_async_fn(goal.trait, *use), "it holds " + shown(goal.type))
               : unknown("no function `" + types_.print(node.args[0]) + "` is known");
  }
  if (node.args.size() < 2) {
    return unknown(shown(goal.type) + " has no place");
  }
  const std::string begin(types_[node.args[0]].name);
  const std::string_view root = types_[node.args[1]].name;
  const Substitution values = values_.created_values(node);
  Verdict all = prove_captures(goal.trait, begin, root, values);
  if (node.kind == Kind::Coroutine && all.answer != Answer::No) {
    const std::vector<BodyRef> bodies = bodies_.at(begin, root);
    if (bodies.empty()) {
      return unknown("the body of " + shown(goal.type) + " is not known");
    }
    for (const BodyRef& body : bodies) {
      join(all, prove_saved(goal.trait, body, values));
    }
  }
  return because(std::move(all), "it holds " + shown(goal.type));
}

Verdict AutoTraitProver::prove_local_type(Goal goal) {
  bool is_known = false;
  Verdict all = granted();
  for (const LocalTypeValue& value : values_.values_of_local_type(goal.type)) {
    Substitution values;
    const Scope scope = scopes_.scope_of(items_.by_body(std::string(value.in.root)));
    if (!match(types_, value.type, goal.type, scope.params, values, [](TypeId) { return false; })) {
      continue;
    }
    is_known = true;
    for (const mir::Operand field : value.fields) {
      const TypeId type = substitute(types_, values_.of_operand(value.in, field), values);
      join(all, because(prove({goal.trait, type}), "a field of " + shown(goal.type)));
    }
  }
  return is_known ? all : unknown("nothing is known of " + shown(goal.type));
}

// What a function gives as `impl Trait`, or as the argument of what it gives.
Verdict AutoTraitProver::prove_call_result(Goal goal, const FunctionUse& use) {
  const Term opaque = term(types_, goal.type);
  if (opaque.name == ResultOf && opaque.args.size() == 2) {
    const BodyRef body =
        use.function.function->is_async ? bodies_.async_body(use.key) : bodies_.function(use.key);
    if (!body) {
      return unknown("the body of " + use.key + " is not known");
    }
    const llvm::StringRef path(types_[opaque.args[1]].name);
    const TypeId declared =
        values_.argument_at(scopes_.type_in(use, use.function.function->output), path);
    if (declared.is_valid() && bounds_say(goal.trait, term(types_, declared).args) == Answer::Yes) {
      return granted();
    }
    return prove(
        {goal.trait, substitute(types_, values_.of_result_argument(body, path), use.values)});
  }
  if (use.function.function->is_async) {
    return prove_async_fn(goal.trait, use);
  }
  const TypeId declared = scopes_.type_in(use, use.function.function->output);
  if (types_[declared].kind != Kind::ImplTrait) {
    return prove({goal.trait, declared});
  }
  if (bounds_say(goal.trait, term(types_, declared).args) == Answer::Yes) {
    return granted();
  }
  const BodyRef body = bodies_.function(use.key);
  if (!body) {
    return unknown("the body of " + use.key + " is not known");
  }
  return prove({goal.trait, substitute(types_, values_.of_result(body), use.values)});
}

Verdict AutoTraitProver::prove_opaque(Goal goal) {
  const Term node = term(types_, goal.type);
  if (node.name == OneOf) {
    // The text does not tell which, so all must agree.
    Verdict first = prove({goal.trait, node.args.front()});
    for (const TypeId other : node.args) {
      if (prove({goal.trait, other}).answer != first.answer) {
        return unknown("some of what " + shown(goal.type) + " may be is `Send`, some is not");
      }
    }
    return first;
  }
  TypeId declared;
  if (node.name == ResultOf || node.name == MethodResult) {
    const std::optional<FunctionUse> use = scopes_.resolve(node.args[0], scope_);
    const bool is_of_trait = use && use->function && use->function.trait() != nullptr;
    if (use && use->function && !is_of_trait) {
      return because(prove_call_result(goal, *use), "it holds " + shown(goal.type));
    }
    if (use && use->function && !use->function.function->is_async) {
      declared = scopes_.type_in(*use, use->function.function->output);
    }
    if (node.name == ResultOf && !use) {
      return unknown("no function `" + types_.print(node.args[0]) + "` is known");
    }
  }
  // Of a trait's method it is known what the trait demands.
  const bool is_of_method = node.name == MethodResult || node.name == ResultOf;
  llvm::SmallVector<TypeId, 6> bounds(node.args.begin() + (is_of_method ? 1 : 0), node.args.end());
  if (declared.is_valid()) {
    const Term output = term(types_, declared);
    bounds.append(output.args.begin(), output.args.end());
  }
  const Answer answer = bounds_say(goal.trait, bounds);
  if (answer == Answer::Yes) {
    return granted();
  }
  return is_of_method && answer == Answer::No
             ? denied(goal)
             : unknown("what makes " + shown(goal.type) + " is not known");
}

Verdict AutoTraitProver::prove_body(const BodyRef& coroutine) {
  const mir::Body& body = *coroutine.body;
  if (body.is_stub()) {
    return unknown("the body has errors");
  }
  const TypeId self = body.locals[mir::LocalId(size_t{1})].type;
  if (const std::string begin = begin_of(body.types()[self].name); !begin.empty()) {
    return prove({Trait::Send, values_.import(coroutine, self)});
  }
  const std::string key(coroutine.root);
  const BodyRef function = bodies_.function(key);
  if (!function) {
    return unknown("the function around the body is not known");
  }
  Verdict all = prove_arguments(Trait::Send, function, {});
  if (all.answer != Answer::No) {
    join(all, prove_saved(Trait::Send, coroutine, {}));
  }
  return all;
}

}  // namespace jaa::flow
