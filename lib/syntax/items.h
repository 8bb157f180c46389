// The named items of a group of files: where a name that a type or an expression
// spells may be declared. By last name only; scopes and imports are not looked at, so
// a name may have several items.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "llvm/ADT/StringMap.h"
#include "syntax/tree.h"

namespace jaa::syntax {

// The last name of a path or type: `Rc` of `std::rc::Rc<str>`; empty for other nodes.
[[nodiscard]] std::string_view last_name(Node path);
// The same of what is called: a function by its path, a method, or a closure in a variable.
[[nodiscard]] std::string_view name_of_callee(Node callee);
// The name of the function or method that `call` calls.
[[nodiscard]] inline std::string_view called_name(Node call) {
  return name_of_callee(call.field("function"));
}

// The trait that `function` is declared in, and the `impl` that it is part of; none for
// a function that is neither.
[[nodiscard]] Node trait_of(Node function);
[[nodiscard]] Node impl_of(Node function);
// The generics, `where` clauses and so on of a place belong to these.
[[nodiscard]] Node enclosing_item(Node node);

class Items {
 public:
  using Trees = std::vector<const Tree*>;
  explicit Items(Trees trees) : trees_([trees = std::move(trees)] { return trees; }) {}
  // They are asked for when the first item is: to parse a crate takes longer than to answer
  // most questions about an error.
  explicit Items(std::function<Trees()> trees) : trees_(std::move(trees)) {}

  using List = std::vector<Node>;
  [[nodiscard]] const List& structs(std::string_view name) const {
    return find(&Index::structs, name);
  }
  [[nodiscard]] const List& aliases(std::string_view name) const {
    return find(&Index::aliases, name);
  }
  [[nodiscard]] const List& traits(std::string_view name) const {
    return find(&Index::traits, name);
  }
  // Free functions, methods and methods without a body.
  [[nodiscard]] const List& functions(std::string_view name) const {
    return find(&Index::functions, name);
  }
  [[nodiscard]] const List& fields(std::string_view name) const {
    return find(&Index::fields, name);
  }
  [[nodiscard]] const List& statics(std::string_view name) const {
    return find(&Index::statics, name);
  }
  // `impl` items by the name of the trait they implement.
  [[nodiscard]] const List& impls(std::string_view trait) const {
    return find(&Index::impls, trait);
  }
  // Every `dyn ..` and every `impl ..` that is written as a type, in source order.
  [[nodiscard]] const List& trait_objects() const { return index().trait_objects; }
  // Every call, in source order.
  [[nodiscard]] const List& calls() const { return index().calls; }

 private:
  using Table = llvm::StringMap<List>;
  struct Index {
    Table structs, aliases, traits, functions, fields, statics, impls;
    List trait_objects;
    List calls;
  };
  [[nodiscard]] static Index read(const Trees& trees);
  [[nodiscard]] const Index& index() const {
    if (!index_) {
      index_.emplace(read(trees_()));
    }
    return *index_;
  }
  [[nodiscard]] const List& find(Table Index::* table, std::string_view name) const {
    const Table& names = index().*table;
    const auto at = names.find(name);
    return at == names.end() ? none_ : at->second;
  }

  std::function<Trees()> trees_;
  mutable std::optional<Index> index_;
  List none_;
};

}  // namespace jaa::syntax
