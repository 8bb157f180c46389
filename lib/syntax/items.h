// The named items of a group of files: where a name that a type or an expression
// spells may be declared. By last name only; scopes and imports are not looked at, so
// a name may have several items.
#pragma once

#include <string_view>
#include <vector>

#include "llvm/ADT/StringMap.h"
#include "syntax/tree.h"

namespace jaa::syntax {

// The last name of a path or type: `Rc` of `std::rc::Rc<str>`; empty for other nodes.
[[nodiscard]] std::string_view last_name(Node path);

// The trait that `function` is declared in, and the `impl` that it is part of; none for
// a function that is neither.
[[nodiscard]] Node trait_of(Node function);
[[nodiscard]] Node impl_of(Node function);
// The generics, `where` clauses and so on of a place belong to these.
[[nodiscard]] Node enclosing_item(Node node);

class Items {
 public:
  explicit Items(const std::vector<const Tree*>& trees);

  using List = std::vector<Node>;
  [[nodiscard]] const List& structs(std::string_view name) const { return find(structs_, name); }
  [[nodiscard]] const List& aliases(std::string_view name) const { return find(aliases_, name); }
  [[nodiscard]] const List& traits(std::string_view name) const { return find(traits_, name); }
  // Free functions, methods and methods without a body.
  [[nodiscard]] const List& functions(std::string_view name) const {
    return find(functions_, name);
  }
  [[nodiscard]] const List& fields(std::string_view name) const { return find(fields_, name); }
  [[nodiscard]] const List& statics(std::string_view name) const { return find(statics_, name); }
  // `impl` items by the name of the trait they implement.
  [[nodiscard]] const List& impls(std::string_view trait) const { return find(impls_, trait); }
  // Every `dyn ..` and every `impl ..` that is written as a type, in source order.
  [[nodiscard]] const List& trait_objects() const { return trait_objects_; }
  // Every call, in source order.
  [[nodiscard]] const List& calls() const { return calls_; }

 private:
  using Table = llvm::StringMap<List>;
  [[nodiscard]] const List& find(const Table& table, std::string_view name) const {
    const auto at = table.find(name);
    return at == table.end() ? none_ : at->second;
  }

  Table structs_, aliases_, traits_, functions_, fields_, statics_, impls_;
  List trait_objects_;
  List calls_;
  List none_;
};

}  // namespace jaa::syntax
