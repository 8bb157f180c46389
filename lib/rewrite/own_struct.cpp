#include "rewrite/own_struct.h"

#include <algorithm>
#include <map>
#include <string>

#include "rewrite/list_edits.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

// How a field is owned.
struct Owned {
  std::string type;
  std::string make;  // from the reference: `.to_string()`
  std::string view;  // behind the field, a reference again: `.as_str()`; none: `&` before it
};

std::vector<Node> lifetimes_in(Node node, std::string_view name) {
  std::vector<Node> result;
  syntax::walk(node, [&](Node at) {
    if (at.is("lifetime") && at.text() == name) result.push_back(at);
    return Walk::Into;
  });
  return result;
}

// The element of a list of generics that declares or names the lifetime.
Node element_with(Node list, std::string_view lifetime) {
  for (const Node& element : list.parts())
    if (element.is_any({"lifetime", "lifetime_parameter"}) &&
        !lifetimes_in(element, lifetime).empty())
      return element;
  return {};
}

bool copies_itself(Node item) {
  for (Node before = item.previous(); before.is("attribute_item") || before.is_comment();
       before = before.previous())
    if (before.is("attribute_item") && syntax::is_mentioned(before, "Copy")) return true;
  return false;
}

class OwnStruct {
 public:
  OwnStruct(const syntax::Items& items, const std::vector<const syntax::Tree*>& trees, Node item,
            llvm::function_ref<bool(std::string_view)> is_data)
      : items_(items), trees_(trees), item_(item), is_data_(is_data) {
    name_ = item.field("name").text();
  }

  [[nodiscard]] bool own() {
    if (items_.structs(name_).size() != 1 || copies_itself(item_) || !own_fields()) return false;
    bool is_whole = true;
    for (const syntax::Tree* tree : trees_) {
      syntax::walk(tree->root(), [&](Node node) {
        is_whole = is_whole && visit(node);
        return is_whole ? Walk::Into : Walk::Stop;
      });
    }
    return is_whole;
  }
  [[nodiscard]] std::vector<base::Edit> take() { return std::move(edits_); }

 private:
  void replace(Node node, std::string text) { edits_.push_back({node.span(), std::move(text)}); }
  void insert(Node node, bool behind, std::string text) {
    const uint32_t at = behind ? node.end() : node.begin();
    edits_.push_back({{node.span().file, at, at}, std::move(text)});
  }
  void remove_element(Node list, Node element) {
    remove_elements(list, list.parts(), {element}, edits_);
  }

  [[nodiscard]] bool own_fields() {
    const Node parameters = item_.field("type_parameters");
    Node declared;
    for (const Node& element : parameters.parts()) {
      if (!element.is_any({"lifetime", "lifetime_parameter"})) continue;
      if (declared) return false;
      declared = element;
    }
    const Node body = item_.field("body");
    if (!declared || !body.is("field_declaration_list")) return false;
    lifetime_ = declared.text();
    size_t known = 1;
    for (const Node& field : body.parts()) {
      if (!field.is("field_declaration")) continue;
      const size_t here = lifetimes_in(field, lifetime_).size();
      if (here == 0) continue;
      if (here != 1 || !own_field(field)) return false;
      known += here;
    }
    // In a bound it says more than that the fields refer to something.
    if (fields_.empty() || lifetimes_in(item_, lifetime_).size() != known) return false;
    remove_element(parameters, declared);
    return true;
  }

  [[nodiscard]] bool own_field(Node field) {
    const Node type = field.field("type");
    const Node inner = type.field("type");
    if (!type.is("reference_type") || type.has_child("mutable_specifier") ||
        lifetimes_in(inner, lifetime_).size() != 0)
      return false;
    const std::string text(inner.text());
    Owned owned;
    if (text == "str") {
      owned = {"String", ".to_string()", ".as_str()"};
    } else if (inner.is("array_type") && !inner.field("length")) {
      const Node element = inner.field("element");
      if (!is_data_(element.text())) return false;
      owned = {"Vec<" + std::string(element.text()) + ">", ".to_vec()", ".as_slice()"};
    } else if (is_data_(text)) {
      owned = {text, ".clone()", ""};
    } else {
      return false;
    }
    replace(type, owned.type);
    fields_[std::string(field.field("name").text())] = std::move(owned);
    return true;
  }

  [[nodiscard]] bool visit(Node node) {
    if (node.is("token_tree")) return !is_written_in(node);
    if (node.is("generic_type") && syntax::last_name(node) == name_) return drop_lifetime(node);
    if (node.is("impl_item")) return drop_from_impl(node);
    if (node.is("struct_expression") && makes_one(node)) return own_values(node);
    if (node.is("field_expression")) read_field(node);
    return true;
  }

  // A macro's tokens have the struct's type or make a value of it.
  [[nodiscard]] bool is_written_in(Node tokens) const {
    const std::vector<Node> mentions = syntax::mentions(tokens, name_);
    return std::any_of(mentions.begin(), mentions.end(), [](const Node& mention) {
      return mention.next().is("<") || mention.next().text().starts_with("{");
    });
  }

  [[nodiscard]] bool drop_lifetime(Node type) {
    const Node arguments = type.field("type_arguments");
    for (const Node& argument : arguments.parts()) {
      if (!argument.is("lifetime")) continue;
      remove_element(arguments, argument);
      return true;
    }
    return true;
  }

  // `impl<'a> Query<'a>`: the methods take what they take for as long as they like.
  [[nodiscard]] bool drop_from_impl(Node impl) {
    const Node type = impl.field("type");
    if (syntax::last_name(type) != name_) return true;
    Node argument;
    for (const Node& one : type.field("type_arguments").parts())
      if (one.is("lifetime")) argument = one;
    const Node parameters = impl.field("type_parameters");
    const Node declared = argument ? element_with(parameters, argument.text()) : Node();
    if (!declared || !lifetimes_in(impl.field("trait"), argument.text()).empty()) return true;
    for (const Node& mention : lifetimes_in(impl, argument.text())) {
      if (declared.contains(mention) || is_of_struct(mention)) continue;
      if (!may_be_left_out(mention)) return false;
      edits_.push_back({{mention.span().file, mention.begin(), mention.next().begin()}, ""});
    }
    remove_element(parameters, declared);
    return true;
  }

  // Of a parameter that is a reference, and of a reference that a method gives of itself.
  static bool may_be_left_out(Node lifetime) {
    if (!lifetime.parent().is("reference_type")) return false;
    const Node around = syntax::enclosing(lifetime, {"parameter", "block", "function_item"});
    const Node receiver = around.field("parameters").parts().empty()
                              ? Node()
                              : around.field("parameters").parts().front();
    return around.is("parameter") ||
           (around.field("return_type").contains(lifetime) && receiver.is("self_parameter") &&
            receiver.text().starts_with("&"));
  }

  // It is the argument of the struct's own name, which loses it.
  [[nodiscard]] bool is_of_struct(Node lifetime) const {
    const Node type = lifetime.parent().parent();
    return lifetime.parent().is("type_arguments") && type.is("generic_type") &&
           syntax::last_name(type) == name_;
  }

  [[nodiscard]] bool makes_one(Node expression) const {
    const std::string_view name = syntax::last_name(expression.field("name"));
    if (name != "Self") return name == name_;
    const Node impl = syntax::enclosing(expression, {"impl_item"});
    return syntax::last_name(impl.field("type")) == name_;
  }

  [[nodiscard]] bool own_values(Node expression) {
    for (const Node& part : expression.field("body").parts()) {
      if (part.is("shorthand_field_initializer")) {
        const auto field = fields_.find(std::string(part.text()));
        if (field != fields_.end()) {
          const std::string name(part.text());
          replace(part, name + ": " + name + field->second.make);
        }
      } else if (part.is("field_initializer")) {
        const auto field = fields_.find(std::string(part.field("field").text()));
        if (field != fields_.end()) own_value(part.field("value"), field->second);
      }
    }
    return true;
  }

  // `text` -> `text.to_string()`, `&line[..3]` -> `line[..3].to_string()`.
  void own_value(Node value, const Owned& owned) {
    Node place = value;
    while (place.is("reference_expression") && !place.has_child("mutable_specifier"))
      place = place.field("value");
    if (place != value) edits_.push_back({{value.span().file, value.begin(), place.begin()}, ""});
    const bool is_plain =
        place.is_any({"identifier", "self", "field_expression", "call_expression",
                      "index_expression", "string_literal", "parenthesized_expression",
                      "try_expression", "scoped_identifier", "macro_invocation"});
    if (!is_plain) insert(place, false, "(");
    insert(place, true, (is_plain ? "" : ")") + owned.make);
  }

  // `self.from`, where that is given away and not only looked into.
  void read_field(Node expression) {
    const auto field = fields_.find(std::string(expression.field("field").text()));
    if (field == fields_.end() || items_.fields(field->first).size() != 1) return;
    const Node parent = expression.parent();
    if (parent.is("assignment_expression") && parent.field("left") == expression) {
      own_value(parent.field("right"), field->second);
      return;
    }
    if (!parent.is_any({"arguments", "field_initializer", "return_expression", "tuple_expression",
                        "array_expression", "match_arm", "match_expression", "block",
                        "let_declaration", "let_condition", "assignment_expression"}) ||
        is_owned_anew(expression))
      return;
    if (field->second.view.empty())
      insert(expression, false, "&");
    else
      insert(expression, true, field->second.view);
  }

  // It is the value of a field that owns it, and is copied there.
  [[nodiscard]] bool is_owned_anew(Node value) const {
    const Node parent = value.parent();
    Node field;
    if (parent.is("field_initializer") && makes_one(parent.parent().parent()))
      field = parent.field("field");
    if (parent.is("assignment_expression")) field = parent.field("left").field("field");
    return field && fields_.contains(std::string(field.text()));
  }

  const syntax::Items& items_;
  const std::vector<const syntax::Tree*>& trees_;
  Node item_;
  llvm::function_ref<bool(std::string_view)> is_data_;
  std::string_view name_;
  std::string_view lifetime_;
  std::map<std::string, Owned> fields_;
  std::vector<base::Edit> edits_;
};

}  // namespace

std::vector<base::Edit> own_struct(const syntax::Items& items,
                                   const std::vector<const syntax::Tree*>& trees, Node item,
                                   llvm::function_ref<bool(std::string_view)> is_data) {
  OwnStruct change(items, trees, item, is_data);
  return change.own() ? change.take() : std::vector<base::Edit>();
}

}  // namespace jaa::rewrite
