#include "flow/auto_traits_prover.h"

#include <algorithm>

#include "llvm/ADT/StringExtras.h"

namespace jaa::flow {
namespace {

using Kind = Type::Kind;

constexpr size_t MaxDepth = 200;
// Far more than any future has taken.
constexpr size_t MaxSteps = 200'000;
constexpr unsigned MaxProjections = 64;
constexpr size_t NoAssumption = ~size_t{0};

bool is_primitive(std::string_view name) {
  constexpr std::string_view Names[] = {"bool", "char", "f128", "f16", "f32",   "f64", "i128",
                                        "i16",  "i32",  "i64",  "i8",  "isize", "str", "u128",
                                        "u16",  "u32",  "u64",  "u8",  "usize"};
  return std::binary_search(std::begin(Names), std::end(Names), name);
}

constexpr std::string_view trait_path(bool is_send) {
  return is_send ? "std::marker::Send" : "std::marker::Sync";
}

}  // namespace

void join(Verdict& all, Verdict one) {
  const bool is_worse = one.answer == Answer::No
                            ? all.answer != Answer::No
                            : one.answer == Answer::Unknown && all.answer == Answer::Yes;
  if (is_worse) {
    all = std::move(one);
  }
}

Verdict because(Verdict verdict, std::string why) {
  if (verdict.answer != Answer::Yes) {
    verdict.why.insert(verdict.why.begin(), std::move(why));
  }
  return verdict;
}

std::string AutoTraitProver::shown(TypeId type) const {
  const Type node = types_[type];
  if (node.kind == Kind::Coroutine && node.name == AsyncFn) {
    return "the future of `" + types_.print(node.args[0]) + "`";
  }
  if (node.kind == Kind::Coroutine || node.kind == Kind::Closure) {
    return "the " + std::string(node.name) + " at " +
           (node.args.empty() ? "" : std::string(types_[node.args[0]].name));
  }
  if (node.kind == Kind::ImplTrait && node.name == ResultOf) {
    return "the result of `" + types_.print(node.args[0]) + "`";
  }
  return "`" + types_.print(type) + "`";
}

Verdict AutoTraitProver::denied(Goal goal) const {
  return {Answer::No,
          {shown(goal.type) + " is not `" + (goal.trait == Trait::Send ? "Send" : "Sync") + "`"}};
}

Verdict AutoTraitProver::prove_all(Trait trait, llvm::ArrayRef<TypeId> types) {
  Verdict all = granted();
  for (const TypeId type : types) {
    join(all, prove({trait, type}));
    if (all.answer == Answer::No) {
      break;
    }
  }
  return all;
}

// A goal that is open already holds if nothing else speaks against it: auto traits are
// coinductive. What was proved with its help is not kept until it is closed itself.
Verdict AutoTraitProver::prove(Goal goal) {
  if (is_unknown(types_, goal.type)) {
    return unknown("a type that is not known");
  }
  const TypeId given = types_.erased(goal.type);
  goal.type = scopes_.normalise(given, scope_, MaxProjections);
  if (is_unknown(types_, goal.type)) {
    return unknown("what " + shown(given) + " stands for is not known");
  }
  if (const auto found = known_.find(goal); found != known_.end()) {
    return found->second;
  }
  if (const auto found = open_.find(goal); found != open_.end()) {
    assumed_ = std::min(assumed_, found->second);
    return granted();
  }
  const size_t depth = open_.size();
  if (depth >= MaxDepth || ++steps_ > MaxSteps) {
    return unknown("types nested too deep");
  }
  const size_t assumed_before = assumed_;
  assumed_ = NoAssumption;
  open_.emplace(goal, depth);
  Verdict verdict = prove_by_kind(goal);
  open_.erase(goal);
  if (assumed_ >= depth || verdict.answer == Answer::No) {
    assumed_ = NoAssumption;
    known_.emplace(goal, verdict);
  }
  assumed_ = std::min(assumed_, assumed_before);
  return verdict;
}

Verdict AutoTraitProver::prove_by_kind(Goal goal) {
  const Term node = term(types_, goal.type);
  switch (node.kind) {
    case Kind::Never:
    case Kind::FnPtr:
    case Kind::FnItem:
    case Kind::Const:
      return granted();
    case Kind::Tuple:
      return prove_all(goal.trait, node.args);
    case Kind::Array:
    case Kind::Slice:
      return prove_all(goal.trait, node.args.front());
    case Kind::RawPtr:
      return denied(goal);
    case Kind::Ref:
      return prove_reference(goal);
    case Kind::Dyn: {
      const Answer answer = bounds_say(goal.trait, node.args);
      return answer == Answer::Yes  ? granted()
             : answer == Answer::No ? denied(goal)
                                    : unknown(shown(goal.type) + " has traits that are not known");
    }
    case Kind::Path:
      return prove_path(goal);
    case Kind::Member:
      return prove_local_type(goal);
    case Kind::Projection:
      return prove_bounded(goal);
    case Kind::ImplTrait:
      return prove_opaque(goal);
    case Kind::Closure:
    case Kind::Coroutine:
      return prove_created(goal);
    default:
      return unknown(shown(goal.type) + " is not understood");
  }
}

Verdict AutoTraitProver::prove_reference(Goal goal) {
  const Term node = term(types_, goal.type);
  const Trait wanted = node.is_mut ? goal.trait : Trait::Sync;
  return because(prove({wanted, node.args.back()}), shown(goal.type) + " refers to it");
}

Answer AutoTraitProver::predicates_say(Trait trait, TypeId subject,
                                       llvm::ArrayRef<Predicate> predicates) {
  const std::string_view wanted = trait_path(trait == Trait::Send);
  bool is_unclear = false;
  for (const Predicate& predicate : predicates) {
    Substitution none;
    if (!match(types_, predicate.subject, subject, {}, none, [](TypeId) { return false; })) {
      continue;
    }
    const std::string_view path = head_path(types_, predicate.bound);
    if (path == wanted) {
      return Answer::Yes;
    }
    is_unclear |= !path.starts_with("std::") && !items_.find_trait(path);
  }
  return is_unclear ? Answer::Unknown : Answer::No;
}

Answer AutoTraitProver::bounds_say(Trait trait, llvm::ArrayRef<TypeId> bounds) {
  const TypeId self = items_.param("Self");
  std::vector<Predicate> predicates;
  for (const TypeId bound : bounds) {
    predicates.push_back({self, bound});
  }
  scopes_.add_implied(predicates);
  return predicates_say(trait, self, predicates);
}

// A parameter, or a projection that stands for nothing else: what its bounds say.
Verdict AutoTraitProver::prove_bounded(Goal goal) {
  Answer answer = predicates_say(goal.trait, goal.type, scope_.predicates);
  if (answer != Answer::Yes && types_[goal.type].kind == Kind::Projection) {
    const Answer item = predicates_say(goal.trait, goal.type, scopes_.item_bounds(goal.type));
    const bool is_known = head_path(types_, types_[goal.type].args[1]).starts_with("std::") ||
                          items_.find_trait(head_path(types_, types_[goal.type].args[1]));
    answer = item == Answer::Yes                    ? Answer::Yes
             : item == Answer::Unknown || !is_known ? Answer::Unknown
                                                    : answer;
    // Of a type that is no parameter, an impl should have told.
    const bool has_param = has_part(types_, goal.type, [&](const Type& part) {
      return part.kind == Kind::Path && part.args.empty() &&
             std::any_of(scope_.params.begin(), scope_.params.end(),
                         [&](TypeId param) { return types_[param].name == part.name; });
    });
    if (answer == Answer::No && !has_param) {
      answer = Answer::Unknown;
    }
  }
  if (answer == Answer::Unknown) {
    return unknown(shown(goal.type) + " has bounds that are not known");
  }
  return answer == Answer::Yes ? granted() : denied(goal);
}

Verdict AutoTraitProver::prove_path(Goal goal) {
  const Term node = term(types_, goal.type);
  // A constant is an argument like any other: `8`, `true`, `N`.
  const bool is_constant = (!node.name.empty() && llvm::isDigit(node.name.front())) ||
                           node.name == "true" || node.name == "false" ||
                           std::find(scope_.constants.begin(), scope_.constants.end(), goal.type) !=
                               scope_.constants.end();
  if (node.args.empty() && (is_constant || is_primitive(node.name))) {
    return granted();
  }
  if (scopes_.is_param(goal.type, scope_)) {
    return prove_bounded(goal);
  }
  if (const StdType* type = find_std_type(node.name)) {
    return prove_std(goal, goal.trait == Trait::Send ? type->send : type->sync);
  }
  if (node.name.starts_with("std::")) {
    return prove_std(goal, goal.trait == Trait::Send ? AutoRule::IfSend : AutoRule::IfSync);
  }
  const DocType type = items_.find_type(node.name);
  const llvm::ArrayRef<DocImpl> impls =
      items_.auto_impls(trait_path(goal.trait == Trait::Send), node.name);
  if (!impls.empty()) {
    Verdict verdict = prove_impls(goal, impls);
    if (verdict.answer == Answer::No && type) {
      // The impl says that, the fields say why.
      Verdict fields = prove_fields(goal, type);
      return fields.answer == Answer::No ? fields : verdict;
    }
    return verdict;
  }
  return type ? prove_fields(goal, type) : prove_local_type(goal);
}

Verdict AutoTraitProver::prove_std(Goal goal, AutoRule rule) {
  if (rule == AutoRule::Always) {
    return granted();
  }
  if (rule == AutoRule::Never) {
    return denied(goal);
  }
  const Term node = term(types_, goal.type);
  Verdict all = granted();
  for (const TypeId arg : node.args) {
    if (types_[arg].kind == Kind::Const) {
      continue;
    }
    if (rule != AutoRule::IfSync) {
      join(all, prove({Trait::Send, arg}));
    }
    if (rule != AutoRule::IfSend) {
      join(all, prove({Trait::Sync, arg}));
    }
  }
  return because(all, shown(goal.type) + " holds it");
}

Verdict AutoTraitProver::prove_impls(Goal goal, llvm::ArrayRef<DocImpl> impls) {
  const bool is_send = goal.trait == Trait::Send;
  Verdict best = denied(goal);
  for (const DocImpl& one : impls) {
    const std::string_view crate = one.table->crate;
    const std::vector<TypeId> params = items_.params(one.impl->generics);
    Substitution values;
    if (one.impl->is_negative || !match(types_, items_.type(one.impl->self_type, crate), goal.type,
                                        params, values, [](TypeId) { return false; })) {
      continue;
    }
    for (const TypeId param : params) {
      if (!value_of(values, param).is_valid()) {
        values.push_back({param, unknown_type(types_)});
      }
    }
    std::vector<Predicate> predicates;
    items_.add_predicates(one.impl->generics, crate, predicates);
    Verdict all = granted();
    for (const Predicate& predicate : predicates) {
      const TypeId subject = substitute(types_, predicate.subject, values);
      const std::string_view bound = head_path(types_, predicate.bound);
      if (bound == trait_path(true) || bound == trait_path(false)) {
        join(all, prove({bound == trait_path(true) ? Trait::Send : Trait::Sync, subject}));
      } else if (bounds_say(goal.trait, predicate.bound) == Answer::Yes) {
        join(all, prove({is_send ? Trait::Send : Trait::Sync, subject}));
      }
    }
    if (all.answer != Answer::No) {
      return all;
    }
    best = because(std::move(all), shown(goal.type) + " asks for it");
  }
  return best;
}

Verdict AutoTraitProver::prove_fields(Goal goal, const DocType& type) {
  const std::string_view crate = type.table->crate;
  Substitution values;
  const std::vector<TypeId> params = items_.params(type.type->generics);
  const Term node = term(types_, goal.type);
  for (size_t at = 0; at < params.size(); ++at) {
    values.push_back({params[at], at < node.args.size() ? node.args[at] : unknown_type(types_)});
  }
  values.push_back({items_.param("Self"), goal.type});
  Verdict all = type.type->has_all_fields ? granted() : unknown(shown(goal.type) + " hides fields");
  for (const rustc::RustdocNamedType& field : type.type->fields) {
    const TypeId of = substitute(types_, items_.type(field.type, crate), values);
    join(all,
         because(prove({goal.trait, of}), "field `" + field.name + "` of " + shown(goal.type)));
    if (all.answer == Answer::No) {
      break;
    }
  }
  return all;
}

}  // namespace jaa::flow
