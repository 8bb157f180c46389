// Proves that types are `Send` or `Sync` in one scope.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "flow/auto_traits.h"
#include "flow/auto_traits_scope.h"
#include "flow/auto_traits_values.h"
#include "flow/std_auto_traits.h"

namespace jaa::flow {

[[nodiscard]] inline Verdict granted() {
  return {Answer::Yes, {}};
}
[[nodiscard]] inline Verdict unknown(std::string why) {
  return {Answer::Unknown, {std::move(why)}};
}
// Both must hold: no before unknown before yes.
void join(Verdict& all, Verdict one);
// With a reason around the reasons that it has.
[[nodiscard]] Verdict because(Verdict verdict, std::string why);

class AutoTraitProver {
 public:
  AutoTraitProver(TypeTable& types, Items& items, Bodies& bodies, Scopes& scopes, Values& values,
                  const Scope& scope)
      : types_(types),
        items_(items),
        bodies_(bodies),
        scopes_(scopes),
        values_(values),
        scope_(scope) {}

  // The coroutine of a body, in its own function.
  [[nodiscard]] Verdict prove_body(const BodyRef& coroutine);
  [[nodiscard]] Verdict prove_type(AutoTrait trait, TypeId type) { return prove({trait, type}); }

 private:
  using Trait = AutoTrait;
  struct Goal {
    Trait trait;
    TypeId type;
    friend auto operator<=>(const Goal&, const Goal&) = default;
  };

  [[nodiscard]] Verdict prove(Goal goal);
  [[nodiscard]] Verdict prove_by_kind(Goal goal);
  [[nodiscard]] Verdict prove_all(Trait trait, llvm::ArrayRef<TypeId> types);
  [[nodiscard]] Verdict prove_reference(Goal goal);
  [[nodiscard]] Verdict prove_path(Goal goal);
  [[nodiscard]] Verdict prove_std(Goal goal, AutoRule rule);
  [[nodiscard]] Verdict prove_fields(Goal goal, const DocType& type);
  [[nodiscard]] Verdict prove_impls(Goal goal, llvm::ArrayRef<DocImpl> impls);
  [[nodiscard]] Verdict prove_bounded(Goal goal);
  [[nodiscard]] Verdict prove_opaque(Goal goal);
  [[nodiscard]] Verdict prove_call_result(Goal goal, const FunctionUse& use);
  [[nodiscard]] Verdict prove_local_type(Goal goal);
  [[nodiscard]] Verdict prove_async_fn(Trait trait, const FunctionUse& use);
  [[nodiscard]] Verdict prove_created(Goal goal);
  [[nodiscard]] Verdict prove_captures(Trait trait, const std::string& begin, std::string_view root,
                                       llvm::ArrayRef<ParamValue> values);
  [[nodiscard]] Verdict prove_saved(Trait trait, const BodyRef& body,
                                    llvm::ArrayRef<ParamValue> values);
  [[nodiscard]] Verdict prove_arguments(Trait trait, const BodyRef& function,
                                        llvm::ArrayRef<ParamValue> values);
  // Some of the bounds says so, by itself or by its supertraits.
  [[nodiscard]] Answer bounds_say(Trait trait, llvm::ArrayRef<TypeId> bounds);
  [[nodiscard]] Answer predicates_say(Trait trait, TypeId subject,
                                      llvm::ArrayRef<Predicate> predicates);
  [[nodiscard]] Verdict denied(Goal goal) const;
  [[nodiscard]] std::string shown(TypeId type) const;

  TypeTable& types_;
  Items& items_;
  Bodies& bodies_;
  Scopes& scopes_;
  Values& values_;
  const Scope& scope_;

  // What is known, and what is being proved, by how deep.
  std::map<Goal, Verdict> known_;
  std::map<Goal, size_t> open_;
  // The outermost open goal that was taken for granted since it was last reset.
  size_t assumed_ = ~size_t{0};
  size_t steps_ = 0;
};

}  // namespace jaa::flow
