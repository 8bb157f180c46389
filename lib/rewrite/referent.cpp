#include "rewrite/referent.h"

#include "rewrite/evaluation.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// Behind `&`, a lifetime and `mut`.
std::optional<Referent> behind_reference(std::string_view type) {
  if (!type.starts_with("&")) return std::nullopt;
  type.remove_prefix(1);
  if (type.starts_with("'")) {
    const size_t space = type.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    type.remove_prefix(space + 1);
  }
  Referent result;
  result.is_mut = type.starts_with("mut ");
  if (result.is_mut) type.remove_prefix(4);
  result.type = type;
  return result;
}

bool is_slice(std::string_view type) {
  return type.starts_with("[") && type.find(';') == std::string_view::npos;
}

}  // namespace

std::optional<Referent> referent_of(std::string_view type) {
  const std::string_view path = type.substr(0, type.find('<'));
  const bool is_option = path == "Option" || path.ends_with("::Option");
  if (!is_option) return behind_reference(type);
  if (!type.ends_with(">")) return std::nullopt;
  auto result = behind_reference(type.substr(path.size() + 1, type.size() - path.size() - 2));
  if (result) result->is_option = true;
  return result;
}

Likeness likeness_of(const Held& held, const Referent& referent) {
  return referent.type.find('&') == std::string::npos ? held.likeness(referent.type)
                                                      : Likeness::Unknown;
}

std::string owned_value(Node value, const Referent& referent, Likeness likeness) {
  const std::string text(value.text());
  const bool is_unsized = referent.type == "str" || is_slice(referent.type);
  if (referent.is_option) {
    if (is_unsized)
      return text + (referent.type == "str" ? ".map(str::to_owned)" : ".map(<[_]>::to_vec)");
    return text + (likeness == Likeness::Copied ? ".copied()" : ".cloned()");
  }
  const Node place = value.is("reference_expression") ? value.field("value") : Node();
  // A copy of what `&` was applied to, which is copied by itself or cloned.
  if (place && is_place(place) && !place.is("unary_expression"))
    return std::string(place.text()) + (likeness == Likeness::Copied ? "" : ".clone()");
  if (is_unsized) return text + ".to_owned()";
  return place || value.is("unary_expression") ? "(" + text + ").clone()" : text + ".clone()";
}

namespace {

// What is locked, by its last name; the field of a tuple has none.
Node locked_name(Node lock) {
  for (Node at = lock; at; at = chain_receiver(at)) {
    if (at.is("field_expression") && at.field("field").is("field_identifier"))
      return at.field("field");
    if (at.is_any({"identifier", "self"})) return at;
    if (at.is("scoped_identifier")) return at.field("name");
  }
  return {};
}

}  // namespace

bool may_lock_again(Node scope, Node value, Node lock) {
  const Node name = locked_name(lock);
  bool found = !name;
  syntax::walk(scope, [&](Node node) {
    if (value && node == value) return syntax::Walk::Over;
    found |= node.is_any({"identifier", "field_identifier", "self"}) && node.text() == name.text();
    return found ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return found;
}

bool binds(Node scope, std::string_view name) {
  bool found = false;
  syntax::walk(scope, [&](Node node) {
    for (const std::string_view field : {"pattern", "parameters"})
      if (const Node pattern = node.field(field))
        for (const syntax::Binding& binding : syntax::bindings(pattern))
          found |= binding.name.text() == name;
    return found ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return found;
}

void refer(EditList& edits, Node token) {
  const Node parent = token.parent();
  const bool is_first = !parent.parts().empty() && parent.parts().front() == token;
  if (syntax::is_in_macro(token) || parent.is("reference_expression") ||
      (is_first && parent.is_any({"field_expression", "index_expression"})))
    return;
  if (parent.is("unary_expression") && parent.text().starts_with("*")) {
    edits.replace(parent, std::string(token.text()));
  } else if (parent.is("shorthand_field_initializer")) {
    edits.insert(token.end(), ": &" + std::string(token.text()));
  } else {
    edits.insert(token.begin(), "&");
  }
}

}  // namespace jaa::rewrite
