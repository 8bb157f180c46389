// Rust types as MIR prints them, interned as trees.
//
// Two types are equal exactly if their ids are. Lifetimes are kept as written
// ("'_", "'a", "'{erased}") but do not distinguish types: they are dropped when
// a type is interned, except inside `Opaque`.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "llvm/ADT/StringMap.h"

#include "base/id.h"

namespace jaa::mir {

struct Type;
using TypeId = base::Id<Type>;

struct Type {
  enum class Kind : uint8_t {
    Path,        // name: `std::sync::MutexGuard`, `u32`, `T`; args: its type arguments
    Ref,         // args[0]; is_mut
    RawPtr,      // args[0]; is_mut
    Tuple,       // args; the empty tuple is unit
    Array,       // args[0]; name: the length as written
    Slice,       // args[0]
    FnPtr,       // args: parameters then the result; name: qualifiers ("unsafe extern \"C\"")
    FnItem,      // name: `fn(u32) -> u32 {a::f}` as written
    Dyn,         // args: bounds as Path types, name empty
    ImplTrait,   // args: bounds as Path types; name: `{ <S as Tr>::f(..) }` where it is the
                 // result of that trait method
    Projection,  // `<T as Tr>::Out<A>`: args[0] self, args[1] trait, then A; name: "Out"
    Coroutine,   // name: `{async fn body of f()}` or `{async block@F:L:C: L:C}` as written
    Closure,     // name: `{closure@..}`, `{async closure@..}` as written
    Never,
    Opaque,  // name: text that was not understood
  };
  Kind kind = Kind::Opaque;
  std::string name;
  std::vector<TypeId> args;
  bool is_mut = false;
  // Associated type bindings of a bound: `Output = u32`; parallel to nothing, in order.
  std::vector<std::pair<std::string, TypeId>> bindings;
  friend auto operator<=>(const Type&, const Type&) = default;
};

class TypeTable {
 public:
  TypeId intern(Type type);
  // Reads a type from text; never fails (the worst is one `Opaque`), never
  // recurses on input depth.
  TypeId parse(std::string_view text);
  [[nodiscard]] const Type& operator[](TypeId id) const { return types_[id.index()]; }
  [[nodiscard]] size_t size() const { return types_.size(); }
  // As rustc prints it, lifetimes left out.
  [[nodiscard]] std::string print(TypeId id) const;
  // Path name's last segment: "MutexGuard"; empty for other kinds.
  [[nodiscard]] std::string_view last_segment(TypeId id) const;

 private:
  std::deque<Type> types_;
  std::map<Type, TypeId> ids_;
  llvm::StringMap<TypeId> by_text_;  // what `parse` has read before
};

}  // namespace jaa::mir
