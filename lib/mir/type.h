// Types, and paths of values, as MIR prints them: interned trees.
//
// Two texts that differ have two ids, so that a tree prints back to its text. What
// analyses compare is the *erased* tree: without lifetimes, binders and parentheses,
// which do not tell types apart. `operator[]` gives nodes of that one; only the
// printer looks at the exact one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "llvm/ADT/ArrayRef.h"

#include "base/arena.h"
#include "base/hash_index.h"
#include "base/id.h"
#include "base/large_memory.h"
#include "mir/names.h"

namespace jaa::mir {

struct Type;
using TypeId = base::Id<Type>;

struct Type {
  enum class Kind : uint8_t {
    Path,        // name: `std::sync::MutexGuard`, `u32`, `T`; args: its generic arguments
    Member,      // what follows generic arguments: args[0] the path so far; then as Path
    Projection,  // `<T as Tr>::Out<A>`: args[0] self, args[1] trait, then A; name: "Out"
    Qualified,   // `<T>` of `<T>::f`: args[0]
    FnSugar,     // `Fn(A, B) -> C`: args[0] the tuple of parameters, args[1] the result, if any
    Ref,         // args.back() the pointee; is_mut
    RawPtr,      // args[0]; is_mut
    Tuple,       // args; the empty tuple is unit
    Array,       // args[0], and args[1] the length
    Slice,       // args[0]
    FnPtr,       // args: parameters, then the result; name: qualifiers ("unsafe extern \"C\"")
    FnItem,      // args[0] the pointer type it coerces to, args[1] the function's path
    Dyn,         // args: bounds
    ImplTrait,   // args: bounds; name: `{ <S as Tr>::f(..) }` where it is the result of that
                 // trait method
    Coroutine,   // name: `{async fn body of f()}` or `{async block@F:L:C: L:C}` as written
    Closure,     // name: `{closure@..}`, `{async closure@..}` as written
    Const,       // a generic argument that is a value; name: its literal
    Binding,     // `Output = T`, `Item<'a> = T`: args.back() the value
    Constraint,  // `Item: Send + 'a`: args the bounds
    Never,
    // Only in exact trees:
    Lifetime,  // name: `'a`
    ForAll,    // `for<'a> T`: args.back() is T
    Parens,    // `(T)`: args[0]
    Opaque,    // name: text that was not understood
  };
  Kind kind = Kind::Opaque;
  bool is_mut = false;
  std::string_view name;
  llvm::ArrayRef<TypeId> args;
};

enum class PathStyle : uint8_t {
  Type,   // `Vec<u8>`
  Value,  // `Vec::<u8>::new`
};

class TypeTable {
 public:
  TypeTable();
  // Reads a type, or a value's path, from text. Never fails (the worst is one
  // `Opaque`) and never recurses on input depth.
  TypeId parse(std::string_view text);
  // None where the tree would be too deep or too wide, and where a part of it is none. `name`
  // belongs to this table.
  TypeId intern(Type::Kind kind, bool is_mut, NameId name, llvm::ArrayRef<TypeId> args);
  // None for no text.
  [[nodiscard]] NameId name(std::string_view text) {
    return text.empty() ? NameId() : names_.intern(text);
  }

  // A node of the erased tree.
  [[nodiscard]] Type operator[](TypeId id) const { return exact(erased(id)); }
  [[nodiscard]] Type exact(TypeId id) const;
  [[nodiscard]] TypeId erased(TypeId id) const {
    return id.is_valid() ? nodes_[id.index()].erased : id;
  }
  [[nodiscard]] bool is_same(TypeId a, TypeId b) const { return erased(a) == erased(b); }
  // The exact text names a lifetime or a reference: a value of it may borrow.
  [[nodiscard]] bool may_borrow(TypeId id) const {
    return id.is_valid() && nodes_[id.index()].may_borrow;
  }
  [[nodiscard]] size_t size() const { return nodes_.size(); }

  // As rustc prints it, lifetimes left out.
  [[nodiscard]] std::string print(TypeId id, PathStyle style = PathStyle::Type) const;
  // As it was written.
  void print_exact(TypeId id, PathStyle style, std::string& out) const;
  // A path's last segment: "MutexGuard"; empty for other kinds.
  [[nodiscard]] std::string_view last_segment(TypeId id) const;
  // The path of a function without its generic arguments: `std::mem::drop`,
  // `<Conn as Drop>::drop`, `std::sync::Mutex::lock`.
  [[nodiscard]] std::string plain_path(TypeId id) const;

  [[nodiscard]] size_t bytes() const;
  // No more types will come: what finds them is given back.
  void seal();

 private:
  struct Node {
    Type::Kind kind;
    bool is_mut;
    bool may_borrow;
    bool has_erased_parts;
    uint16_t depth;
    uint16_t arity;
    NameId name;
    uint32_t first_arg;
    TypeId erased;
  };
  TypeId erase(const Node& node, llvm::ArrayRef<TypeId> args);

  base::LargeVector<Node> nodes_;
  base::LargeVector<TypeId> args_;
  Names names_;
  base::HashIndex index_;
  // What `parse` has read before.
  struct Text {
    std::string_view text;
    TypeId type;
  };
  base::LargeVector<Text> texts_;
  base::Arena text_arena_;
  base::HashIndex text_index_;
};

}  // namespace jaa::mir
