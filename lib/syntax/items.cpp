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

Items::Items(const std::vector<const Tree*>& trees) {
  for (const Tree* tree : trees) {
    walk(tree->root(), [this](Node node) {
      const std::string_view kind = node.kind();
      const auto name = [&node] { return node.field("name").text(); };
      if (kind == "struct_item" || kind == "enum_item" || kind == "union_item") {
        structs_[name()].push_back(node);
      } else if (kind == "type_item") {
        aliases_[name()].push_back(node);
      } else if (kind == "trait_item") {
        traits_[name()].push_back(node);
      } else if (kind == "function_item" || kind == "function_signature_item") {
        functions_[name()].push_back(node);
      } else if (kind == "field_declaration") {
        fields_[name()].push_back(node);
      } else if (kind == "static_item" || kind == "const_item") {
        statics_[name()].push_back(node);
      } else if (kind == "impl_item") {
        impls_[last_name(node.field("trait"))].push_back(node);
      } else if (kind == "dynamic_type" || kind == "abstract_type") {
        // `dyn A + B` is one type: a `bounded_type` that begins with the `dyn A`. Only the
        // first part climbs, so that a long sum is climbed once.
        Node whole = node;
        while (whole.parent().is("bounded_type") && whole.parent().begin() == node.begin())
          whole = whole.parent();
        trait_objects_.push_back(whole);
      } else if (kind == "call_expression") {
        calls_.push_back(node);
      } else if (kind == "token_tree" || kind == "macro_definition") {
        return Walk::Over;
      }
      return Walk::Into;
    });
  }
}

}  // namespace jaa::syntax
