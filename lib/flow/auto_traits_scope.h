// Functions, their generics and what holds in them; traits and what follows from them.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "flow/auto_traits_bodies.h"
#include "flow/auto_traits_items.h"

namespace jaa::flow {

// What holds of type parameters in one function: its predicates, and what these imply.
struct Scope {
  std::vector<TypeId> params;
  std::vector<TypeId> constants;  // those of them that are
  std::vector<Predicate> predicates;
};

// A function as it is called: what its parameters are.
struct FunctionUse {
  DocFunction function;  // none of a function in another one's body
  Substitution values;
  std::string key;  // what its bodies are named by
  // Of a function in another one's body: its generic arguments, for parameters whose names
  // only its body tells.
  llvm::SmallVector<TypeId, 2> args;
};

class Scopes {
 public:
  Scopes(TypeTable& types, Items& items) : types_(types), items_(items) {}

  // Who knows what closures and coroutines give.
  void set_outputs(std::function<TypeId(TypeId)> outputs) { outputs_ = std::move(outputs); }

  // In its own function.
  [[nodiscard]] Scope scope_of(const DocFunction& function);
  // The parameters of a function and of what is around it.
  [[nodiscard]] std::vector<TypeId> params_of(const DocFunction& function);
  // All that follows from a predicate by supertraits, and bounds in its arguments.
  void add_implied(std::vector<Predicate>& predicates);
  // A trait's bounds on what a projection names.
  [[nodiscard]] std::vector<Predicate> item_bounds(TypeId projection);

  // The function that a path with generic arguments names, in a scope.
  [[nodiscard]] std::optional<FunctionUse> resolve(TypeId path, const Scope& scope);
  // A projection as what it stands for; itself where nothing tells, and unknown where
  // several impls might.
  [[nodiscard]] TypeId normalise(TypeId type, const Scope& scope, unsigned depth);
  [[nodiscard]] bool is_param(TypeId type, const Scope& scope) const;
  // The type that a function's text names, where it is called so.
  [[nodiscard]] TypeId type_in(const FunctionUse& use, std::string_view text);

 private:
  struct FoundImpl {
    DocImpl impl;
    Substitution values;
  };
  [[nodiscard]] bool is_same(TypeId a, TypeId b);
  // A bound is the trait, or has it as a supertrait.
  [[nodiscard]] bool implies(TypeId bound, std::string_view trait);
  [[nodiscard]] std::optional<FoundImpl> find_impl(TypeId self, TypeId trait, bool& is_unclear);
  [[nodiscard]] TypeId bound_value(TypeId self, TypeId trait, std::string_view name,
                                   llvm::ArrayRef<Predicate> predicates);
  [[nodiscard]] std::optional<FunctionUse> resolve_inner(std::string_view path,
                                                         llvm::ArrayRef<TypeId> args);
  void add_bound_values(FoundImpl& found, const Scope& scope, unsigned depth);
  [[nodiscard]] TypeId from_impl(TypeId self, TypeId trait, std::string_view name,
                                 const Scope& scope, unsigned depth);
  [[nodiscard]] TypeId project(TypeId projection, const Scope& scope, unsigned depth);
  void fill(const std::vector<TypeId>& params, llvm::ArrayRef<TypeId> args, Substitution& values);

  TypeTable& types_;
  Items& items_;
  std::function<TypeId(TypeId)> outputs_;
};

}  // namespace jaa::flow
