#include "syntax/queries.h"

#include "llvm/ADT/StringExtras.h"

namespace jaa::syntax {

Node enclosing(Node node, std::initializer_list<std::string_view> kinds) {
  while (node && !node.is_any(kinds)) node = node.parent();
  return node;
}

Node enclosing_statement(Node node) {
  while (node && !node.parent().is("block")) node = node.parent();
  return node;
}

Node enclosing_block(Node node) {
  return enclosing(node.parent(), {"block"});
}

Node enclosing_function(Node node) {
  return enclosing(node.parent(), {"function_item", "closure_expression", "async_block"});
}

bool is_async_function(Node function) {
  if (function.is("async_block")) return true;
  if (function.is("closure_expression")) return function.has_child("async");
  for (const Node& child : function.children())
    if (child.is("function_modifiers")) return child.has_child("async");
  return false;
}

Node outermost_function(Node node) {
  Node item;
  Node any;
  for (Node at = enclosing_function(node); at; at = enclosing_function(at)) {
    any = at;
    if (at.is("function_item")) item = at;
  }
  return item ? item : any;
}

bool is_in_macro(Node node) {
  return enclosing(node, {"token_tree", "token_tree_pattern", "macro_definition"}).is_valid();
}

std::vector<Node> statements(Node block) {
  std::vector<Node> result;
  for (const Node& part : block.parts())
    if (!part.is_any({"attribute_item", "inner_attribute_item", "empty_statement", "label"}))
      result.push_back(part);
  return result;
}

bool has_attributes(Node statement) {
  Node before = statement.previous();
  while (before.is_comment()) before = before.previous();
  return before.is("attribute_item");
}

namespace {

// Names in a pattern that bind nothing: paths, field names, constants.
bool is_binding(Node name) {
  if (name.is("shorthand_field_identifier")) return true;
  if (!name.is("identifier") || llvm::isUpper(name.text().empty() ? '\0' : name.text().front()))
    return false;
  const Node parent = name.parent();
  if (parent.field("type") == name) return false;
  return !parent.is_any({"scoped_identifier", "range_pattern", "macro_invocation"});
}

}  // namespace

std::vector<Binding> bindings(Node pattern) {
  std::vector<Binding> result;
  walk(pattern, [&](Node node) {
    if (node.is_any({"const_block", "token_tree", "scoped_identifier", "match_pattern"}) &&
        node != pattern)
      return Walk::Over;
    // Of a match arm's pattern with its guard, only the pattern binds.
    if (!pattern.field("condition").span().is_empty() && pattern.field("condition").contains(node))
      return Walk::Over;
    if (!is_binding(node)) return Walk::Into;
    Binding binding{node};
    // `mut` and `ref` stand right before the name, or before a pattern that is
    // nothing but the name.
    for (Node at = node;; at = at.parent()) {
      for (Node before = at.previous(); before && !before.is(","); before = before.previous()) {
        binding.is_mut |= before.is("mutable_specifier");
        binding.is_ref |= before.is("ref");
      }
      if (!at.parent().is_any({"mut_pattern", "ref_pattern"})) break;
    }
    result.push_back(binding);
    return Walk::Into;
  });
  return result;
}

}  // namespace jaa::syntax
