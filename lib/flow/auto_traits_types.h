// Types as terms: putting values for parameters, and matching a pattern against a type.
//
// One table holds the types of all bodies and all of rustdoc's texts. In it a parameter is
// a path of one segment, and what MIR names by text that hides its generics has them as
// arguments:
//
//   Coroutine "async fn"      args[0] the function's path, with its generic arguments
//   Coroutine "async block"   args[0] a constant: where it begins; args[1] another: the
//   Closure   "closure"       function around it; then its parameters, as `Binding`s
//   ImplTrait "result"        args[0] the path of the function whose `impl Trait` it is
//   ImplTrait "method"        args[0] the path of the trait's method; then its bounds
//   ImplTrait "one of"        args: what it may be, where the text does not tell
#pragma once

#include <string_view>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

#include "mir/type.h"

namespace jaa::flow {

using mir::Type;
using mir::TypeId;
using mir::TypeTable;

inline constexpr std::string_view AsyncFn = "async fn";
inline constexpr std::string_view AsyncBlock = "async block";
inline constexpr std::string_view ClosureAt = "closure";
inline constexpr std::string_view ResultOf = "result";
inline constexpr std::string_view MethodResult = "method";
inline constexpr std::string_view OneOf = "one of";

struct ParamValue {
  TypeId param;
  TypeId value;
};
using Substitution = llvm::SmallVector<ParamValue, 4>;

// A node that stays as it is when the table grows.
struct Term {
  Type::Kind kind = Type::Kind::Opaque;
  bool is_mut = false;
  std::string_view name;
  llvm::SmallVector<TypeId, 6> args;
};
[[nodiscard]] inline Term term(const TypeTable& types, TypeId type) {
  const Type node = types[type];
  return {node.kind, node.is_mut, node.name, llvm::SmallVector<TypeId, 6>(node.args)};
}

// A type that is not known.
[[nodiscard]] TypeId unknown_type(TypeTable& types);
[[nodiscard]] bool is_unknown(const TypeTable& types, TypeId type);

[[nodiscard]] TypeId make_type(TypeTable& types, Type::Kind kind, std::string_view name,
                               llvm::ArrayRef<TypeId> args);
// The type built anew from its parts, innermost first. `change` sees each node and gives
// what it is to become; depth is bounded by the table.
[[nodiscard]] TypeId map_type(TypeTable& types, TypeId type,
                              llvm::function_ref<TypeId(TypeId)> change);
[[nodiscard]] TypeId substitute(TypeTable& types, TypeId type, llvm::ArrayRef<ParamValue> values);
// Some part of it, or itself, is as asked.
[[nodiscard]] bool has_part(const TypeTable& types, TypeId type,
                            llvm::function_ref<bool(const Type&)> is_wanted);

// What the parameters of `pattern` must be for it to be `type`; adds to `values`. A part
// that `is_loose` says anything may stand for matches anything.
[[nodiscard]] bool match(const TypeTable& types, TypeId pattern, TypeId type,
                         llvm::ArrayRef<TypeId> params, Substitution& values,
                         llvm::function_ref<bool(TypeId)> is_loose);

[[nodiscard]] TypeId value_of(llvm::ArrayRef<ParamValue> values, TypeId param);

// The generic arguments alone, of those of a path.
[[nodiscard]] llvm::SmallVector<TypeId, 4> plain_arguments(const TypeTable& types,
                                                           llvm::ArrayRef<TypeId> args);

// A trait's or type's path without arguments; empty for what has none.
[[nodiscard]] std::string_view head_path(const TypeTable& types, TypeId type);
// The value bound to an associated type among a trait's arguments; none if it is not.
[[nodiscard]] TypeId binding(const TypeTable& types, TypeId trait, std::string_view name);

}  // namespace jaa::flow
