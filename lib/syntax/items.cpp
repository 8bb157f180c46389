#include "syntax/items.h"

#include "syntax/queries.h"

namespace jaa::syntax {

std::string_view last_name(Node path) {
  if (path.is_any({"generic_type", "generic_type_with_turbofish"})) path = path.field("type");
  if (path.is("generic_function")) path = path.field("function");
  if (path.is_any({"scoped_identifier", "scoped_type_identifier"})) path = path.field("name");
  return path.is_any({"identifier", "type_identifier", "self", "primitive_type"})
             ? path.text()
             : std::string_view();
}

std::string_view name_of_callee(Node callee) {
  if (callee.is("generic_function")) callee = callee.field("function");
  return callee.is("field_expression") ? callee.field("field").text() : last_name(callee);
}

Node trait_of(Node function) {
  const Node owner = function.parent().parent();
  return owner.is("trait_item") ? owner : Node();
}

Node impl_of(Node function) {
  const Node owner = function.parent().parent();
  return owner.is("impl_item") ? owner : Node();
}

Node enclosing_item(Node node) {
  return enclosing(node, {"function_item", "function_signature_item", "impl_item", "trait_item",
                          "struct_item", "enum_item"});
}

Items::Index Items::read(const Trees& trees) {
  Index index;
  for (const Tree* tree : trees) {
    walk(tree->root(), [&index](Node node) {
      const std::string_view kind = node.kind();
      const auto name = [&node] { return node.field("name").text(); };
      if (kind == "struct_item" || kind == "enum_item" || kind == "union_item") {
        index.structs[name()].push_back(node);
      } else if (kind == "type_item") {
        index.aliases[name()].push_back(node);
      } else if (kind == "trait_item") {
        index.traits[name()].push_back(node);
      } else if (kind == "function_item" || kind == "function_signature_item") {
        index.functions[name()].push_back(node);
      } else if (kind == "field_declaration") {
        index.fields[name()].push_back(node);
      } else if (kind == "static_item" || kind == "const_item") {
        index.statics[name()].push_back(node);
      } else if (kind == "impl_item") {
        index.impls[last_name(node.field("trait"))].push_back(node);
      } else if (kind == "dynamic_type" || kind == "abstract_type") {
        // `dyn A + B` is one type: a `bounded_type` that begins with the `dyn A`. Only the
        // first part climbs, so that a long sum is climbed once.
        Node whole = node;
        while (whole.parent().is("bounded_type") && whole.parent().begin() == node.begin())
          whole = whole.parent();
        index.trait_objects.push_back(whole);
      } else if (kind == "call_expression") {
        index.calls.push_back(node);
      } else if (kind == "token_tree" || kind == "macro_definition") {
        return Walk::Over;
      }
      return Walk::Into;
    });
  }
  return index;
}

}  // namespace jaa::syntax
