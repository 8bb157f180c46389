// Questions about one place in a tree: what encloses it, what a pattern binds.
#pragma once

#include <string_view>
#include <vector>

#include "syntax/tree.h"

namespace jaa::syntax {

// The nearest node of one of these kinds, `node` itself included.
[[nodiscard]] Node enclosing(Node node, std::initializer_list<std::string_view> kinds);
// The statement or tail expression `node` is in or is: the nearest node that is
// a direct part of a block.
[[nodiscard]] Node enclosing_statement(Node node);
// The nearest block around `node`, not `node` itself.
[[nodiscard]] Node enclosing_block(Node node);
// The function item, closure or async block whose body `node` runs in. `node`
// itself does not count.
[[nodiscard]] Node enclosing_function(Node node);
// That function can await: an `async fn`, an async block, an async closure.
[[nodiscard]] bool is_async_function(Node function);
// The outermost function item around `node`, else the outermost function of any
// kind: the scope in which a new local name must not be in use.
[[nodiscard]] Node outermost_function(Node node);
// `node` is a token of a macro's arguments or of a macro's definition.
[[nodiscard]] bool is_in_macro(Node node);

// The statements and the tail expression of a block, in order, without comments,
// attributes and empty statements.
[[nodiscard]] std::vector<Node> statements(Node block);
// Attributes (`#[cfg(..)]`) stand before `statement`.
[[nodiscard]] bool has_attributes(Node statement);

// A name that a pattern binds.
struct Binding {
  Node name;
  bool is_mut = false;
  bool is_ref = false;
};
// In source order. A name in capitals is taken for a constant or a variant, as
// rustc's naming lint has it.
[[nodiscard]] std::vector<Binding> bindings(Node pattern);

}  // namespace jaa::syntax
