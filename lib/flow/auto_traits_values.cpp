#include "flow/auto_traits_values.h"

#include <algorithm>

namespace jaa::flow {
namespace {

using Kind = Type::Kind;
using mir::Rvalue;
using mir::Statement;
using mir::Terminator;

// A value is moved a few times before it is awaited.
constexpr unsigned MaxMoves = 64;
// Futures wrap futures, a few deep.
constexpr unsigned MaxCalls = 12;

// Known only by what it implements.
bool is_opaque(const Type& type) {
  return type.kind == Kind::ImplTrait && type.name.empty();
}

bool is_creation(const Type& type) {
  return type.kind == Kind::Coroutine || type.kind == Kind::Closure;
}

}  // namespace

DocFunction Values::function_of(const BodyRef& body) const {
  return items_.by_body(std::string(body.root));
}

TypeId Values::import(const BodyRef& body, TypeId type) {
  const std::string text = body.body->types().print(type);
  std::string key = std::string(body.root) + " " + text;
  if (const auto known = imported_.find(key); known != imported_.end()) {
    return known->second;
  }
  const std::string root(body.root);
  if (!params_.contains(root)) {
    params_[root] = scopes_.params_of(function_of(body));
  }
  const std::vector<TypeId>& params = params_[root];
  const auto is_param = [&](TypeId one) {
    return std::find(params.begin(), params.end(), one) != params.end();
  };
  // `impl Trait` in an argument's position is a parameter of that name.
  const TypeId named = map_type(types_, types_.parse(text), [&](TypeId part) {
    if (!is_opaque(types_[part])) {
      return part;
    }
    const TypeId param = items_.param(types_.print(part));
    return is_param(param) ? param : part;
  });
  const TypeId result = map_type(types_, items_.canonical(named, body.crate), [&](TypeId part) {
    const Term node = term(types_, part);
    if ((node.kind != Kind::Coroutine && node.kind != Kind::Closure) || !node.args.empty()) {
      return part;
    }
    const std::string begin = begin_of(node.name);
    if (begin.empty()) {
      return part;
    }
    llvm::SmallVector<TypeId, 8> args = {make_type(types_, Kind::Const, begin, {}),
                                         make_type(types_, Kind::Const, root, {})};
    for (const TypeId param : params) {
      args.push_back(make_type(types_, Kind::Binding, types_[param].name, param));
    }
    return make_type(types_, node.kind, node.kind == Kind::Closure ? ClosureAt : AsyncBlock, args);
  });
  imported_.emplace(std::move(key), result);
  return result;
}

// A callee's path, its generic arguments seen through: what is passed tells.
TypeId Values::seen_callee(const BodyRef& body, const Terminator& call, TypeId path) {
  return map_type(types_, path, [&](TypeId part) {
    if (!is_opaque(types_[part])) {
      return part;
    }
    for (const mir::Operand operand : body.body->operands(call)) {
      const mir::Place place = operand.place();
      if (place.is_valid() && place.is_local() &&
          import(body, body.body->type_of(operand)) == part) {
        return of_local(body, body.body->local(place));
      }
    }
    return from_calls(body, part);
  });
}

// The opaque parts of what a call gives, if its function makes them. Most only pass on.
Values::Results Values::results_of(const BodyRef& body, const Terminator& call) {
  Results results;
  const TypeId called = body.body->callee(call);
  if (call.kind != Terminator::Kind::Call || !call.place.is_valid() || !called.is_valid() ||
      depth_ >= MaxCalls) {
    return results;
  }
  const TypeId printed = import(body, body.body->type_of(call.place));
  if (!has_part(types_, printed, is_opaque)) {
    return results;
  }
  const TypeId path = import(body, called);
  const std::optional<FunctionUse> use = scopes_.resolve(path, {});
  if (!use) {
    return results;
  }
  ++depth_;
  const TypeId seen = seen_callee(body, call, path);
  --depth_;
  if (!use->function) {
    if (bodies_.async_body(use->key)) {
      results.push_back({printed, make_type(types_, Kind::Coroutine, AsyncFn, seen)});
    }
    return results;
  }
  const rustc::RustdocFunction& function = *use->function.function;
  const TypeId declared = types_.parse(function.output);
  TypeId value = printed;
  if (use->function.trait() != nullptr) {
    // Whose body it is depends on who implements the trait.
    const bool is_maker = function.is_async || types_[declared].kind == Kind::ImplTrait;
    if (is_maker && is_opaque(types_[printed])) {
      llvm::SmallVector<TypeId, 4> args = {seen};
      const Term bounds = term(types_, printed);
      args.append(bounds.args.begin(), bounds.args.end());
      results.push_back({printed, make_type(types_, Kind::ImplTrait, MethodResult, args)});
    }
    return results;
  }
  if (function.is_async) {
    results.push_back({printed, make_type(types_, Kind::Coroutine, AsyncFn, seen)});
    for (const TypeId bound : term(types_, printed).args) {
      const TypeId output = binding(types_, bound, "Output");
      value = output.is_valid() ? output : value;
    }
  } else if (types_[declared].kind == Kind::ImplTrait) {
    results.push_back({printed, make_type(types_, Kind::ImplTrait, ResultOf, seen)});
    return results;
  }
  // `Result<Option<impl Trait>, E>`: which argument of which.
  struct Part {
    TypeId declared;
    TypeId printed;
    std::string path;
  };
  llvm::SmallVector<Part, 4> parts = {{declared, value, ""}};
  while (!parts.empty()) {
    const Part part = parts.pop_back_val();
    const Term shape = term(types_, part.declared);
    const Term given = term(types_, part.printed);
    if (shape.kind == Kind::ImplTrait && is_opaque(types_[part.printed])) {
      const TypeId where = make_type(types_, Kind::Const, part.path, {});
      results.push_back(
          {part.printed, make_type(types_, Kind::ImplTrait, ResultOf, {seen, where})});
    } else if (shape.kind == given.kind) {
      for (size_t at = 0; at < shape.args.size() && at < given.args.size(); ++at) {
        parts.push_back({shape.args[at], given.args[at], part.path + std::to_string(at) + "."});
      }
    }
  }
  return results;
}

const std::vector<Values::Result>& Values::opaque_results(const BodyRef& body) {
  const auto known = results_.find(body.body);
  if (known != results_.end()) {
    return known->second;
  }
  // What asks while this is being found out learns nothing.
  results_[body.body];
  std::vector<Result> results;
  for (const mir::Block& block : body.body->blocks) {
    const Results some = results_of(body, block.terminator);
    results.insert(results.end(), some.begin(), some.end());
  }
  return results_[body.body] = std::move(results);
}

// The function's bodies call what makes such a value: one, or several of them.
TypeId Values::from_calls(const BodyRef& body, TypeId printed) {
  llvm::SmallVector<TypeId, 4> candidates;
  for (const BodyRef& other : bodies_.in_function(body.root)) {
    for (const Result& result : std::vector<Result>(opaque_results(other))) {
      if (result.printed == printed &&
          std::find(candidates.begin(), candidates.end(), result.meant) == candidates.end()) {
        candidates.push_back(result.meant);
      }
    }
  }
  if (candidates.empty()) {
    return printed;
  }
  return candidates.size() == 1 ? candidates.front()
                                : make_type(types_, Kind::ImplTrait, OneOf, candidates);
}

TypeId Values::see_through(const BodyRef& body, TypeId type) {
  return map_type(types_, type, [&](TypeId part) {
    return is_opaque(types_[part]) ? from_calls(body, part) : part;
  });
}

// `(_1.2: T)` and `(*((*_1).2: &T))` are the closure's third capture.
bool Values::step_into_capture(Source& at, mir::Place place) {
  const mir::Body& body = *at.body.body;
  if (body.local(place).index() != 1) {
    return false;
  }
  std::optional<uint32_t> field;
  for (const mir::Projection& projection : body.projections(place)) {
    if (projection.kind == mir::Projection::Kind::Field) {
      if (field) {
        return false;
      }
      field = projection.field();
    }
  }
  const std::string begin = begin_of(body.types()[body.locals[body.local(place)].type].name);
  const std::vector<Creation> creations = bodies_.creations(begin, at.body.root);
  if (!field || creations.size() != 1 || *field >= creations[0].captures.size()) {
    return false;
  }
  const mir::Place captured = creations[0].captures[*field].place();
  if (!captured.is_valid() || !captured.is_local()) {
    return false;
  }
  at = {creations[0].in, creations[0].in.body->local(captured)};
  return true;
}

// The type of what is assigned; none when `at` is now where the value came from, or is
// invalid because that is not known.
TypeId Values::assigned(Source& at, const Statement& statement) {
  const Rvalue value = at.body.body->rvalue(statement);
  if (value.kind == Rvalue::Kind::Use && value.operands[0].place().is_valid()) {
    const mir::Place place = value.operands[0].place();
    if (place.is_local()) {
      at.local = at.body.body->local(place);
    } else if (!step_into_capture(at, place)) {
      at.local = {};
    }
    return {};
  }
  const BodyRef body = at.body;
  at.local = {};
  return value.kind == Rvalue::Kind::Struct || value.kind == Rvalue::Kind::Unit
             ? aggregate_type(body, value.type)
             : TypeId();
}

// The type of a closure, a struct or an enum, of the path that makes a value of it; none
// where the path does not tell.
TypeId Values::aggregate_type(const BodyRef& body, TypeId path) {
  const TypeId type = import(body, path);
  const Term node = term(types_, type);
  if (is_creation(types_[type]) || items_.find_type(node.name)) {
    return see_through(body, type);
  }
  // A variant of `Either<A, B>` is a member of it.
  return node.kind == Kind::Member && node.args.size() == 1 ? see_through(body, node.args[0])
                                                            : TypeId();
}

// What a function that is not opaque about it gives.
TypeId Values::made_by_call(const BodyRef& body, const Terminator& call) {
  const TypeId called = body.body->callee(call);
  if (!called.is_valid() || depth_ >= MaxCalls) {
    return {};
  }
  ++depth_;
  const TypeId path = seen_callee(body, call, import(body, called));
  --depth_;
  const std::optional<FunctionUse> use = scopes_.resolve(path, {});
  return use && use->function && !use->function.function->is_async
             ? scopes_.type_in(*use, use->function.function->output)
             : TypeId();
}

// Follows an opaque value back to what made it; none when the way is lost.
TypeId Values::trace(Source at) {
  for (unsigned step = 0; step < MaxMoves && at.body.body->locals.contains(at.local); ++step) {
    const mir::Body& body = *at.body.body;
    const TypeId printed = import(at.body, body.locals[at.local].type);
    if (!is_opaque(types_[printed])) {
      return see_through(at.body, printed);
    }
    const mir::LocalId local = at.local;
    const auto is_whole = [&](mir::Place place) {
      return place.is_valid() && place.is_local() && body.local(place) == local;
    };
    const Statement* statement = nullptr;
    const Terminator* call = nullptr;
    size_t count = 0;
    for (const Statement& one : body.all_statements) {
      if (one.kind == Statement::Kind::Assign && is_whole(one.place)) {
        statement = &one;
        ++count;
      }
    }
    for (const mir::Block& block : body.blocks) {
      if (block.terminator.kind == Terminator::Kind::Call && is_whole(block.terminator.place)) {
        call = &block.terminator;
        ++count;
      }
    }
    if (count != 1) {
      return {};
    }
    if (statement != nullptr) {
      if (const TypeId type = assigned(at, *statement); type.is_valid()) {
        return type;
      }
      continue;
    }
    for (const Result& result : results_of(at.body, *call)) {
      if (result.printed == printed) {
        return result.meant;
      }
    }
    // Passed on, as by `into_future`.
    at.local = {};
    for (const mir::Operand operand : body.operands(*call)) {
      if (operand.is_move() && operand.place().is_local() &&
          body.types().is_same(body.type_of(operand), body.locals[local].type)) {
        at.local = body.local(operand.place());
      }
    }
  }
  return {};
}

TypeId Values::of_local(const BodyRef& body, mir::LocalId local) {
  if (!body.body->locals.contains(local)) {
    return unknown_type(types_);
  }
  const TypeId printed = import(body, body.body->locals[local].type);
  if (is_opaque(types_[printed])) {
    if (const TypeId type = trace({body, local}); type.is_valid()) {
      return type;
    }
  }
  return see_through(body, printed);
}

TypeId Values::of_operand(const BodyRef& body, mir::Operand operand) {
  const mir::Place place = operand.place();
  if (!place.is_valid()) {
    // A constant: nothing in a constant's type is bound to a thread but a raw pointer.
    const TypeId type = body.body->type_of(operand);
    return type.is_valid() ? import(body, type) : make_type(types_, Kind::Tuple, "", {});
  }
  if (place.is_local()) {
    return of_local(body, body.body->local(place));
  }
  const TypeId type = body.body->type_of(place);
  if (!type.is_valid()) {
    return unknown_type(types_);
  }
  const TypeId printed = import(body, type);
  if (is_opaque(types_[printed])) {
    Source source{body, {}};
    if (step_into_capture(source, place)) {
      return of_local(source.body, source.local);
    }
  }
  return see_through(body, printed);
}

}  // namespace jaa::flow
