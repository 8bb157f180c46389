#include "rewrite/already_shared.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"
#include "rewrite/evaluation.h"
#include "syntax/mentions.h"
#include "syntax/scopes.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// Variables that are made from variables; a person follows no more of them.
constexpr int MostSteps = 8;

// `&'a std::sync::Arc<T>`.
bool is_arc_text(llvm::StringRef type) {
  while (type.consume_front("&")) {
    if (type.starts_with("'")) type = type.drop_until([](char byte) { return byte == ' '; });
    type = type.ltrim();
    type.consume_front("mut ");
  }
  const llvm::StringRef path = type.take_until([](char byte) { return byte == '<'; });
  return path == "Arc" || path.ends_with("::Arc");
}

// The functions of `Arc` that give one.
bool makes_arc(std::string_view name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("new", "clone", "from", "default", "new_cyclic", "from_raw", true)
      .Default(false);
}

// `T` of `fn first<T>(..) -> T`, and `impl Deref<..>`: any type.
bool is_any_type(Node type, Node item) {
  return type.is("abstract_type") ||
         syntax::is_mentioned(item.field("type_parameters"), syntax::last_name(type));
}

}  // namespace

Arced AlreadyShared::type(Node type) const {
  while (type.is("reference_type")) type = type.field("type");
  const std::string_view name = syntax::last_name(type);
  if (name == "Arc") return Arced::Yes;
  const syntax::Items::List& aliases = items_.aliases(name);
  const bool is_alias =
      aliases.size() == 1 && syntax::last_name(aliases.front().field("type")) == "Arc";
  return is_alias ? Arced::Yes : Arced::No;
}

Arced AlreadyShared::variable(Node name) const {
  return variable(name, MostSteps);
}

Arced AlreadyShared::value(Node expression) const {
  return value(expression, MostSteps);
}

Arced AlreadyShared::variable(Node name, int steps) const {
  if (name.is("self_parameter")) return Arced::No;
  const std::string known = type_of_ ? type_of_(name) : std::string();
  if (is_arc_text(known)) return Arced::Yes;
  if (name.is("parameter")) return type(name.field("type"));
  Node pattern = name;
  while (pattern.parent().is("mut_pattern")) pattern = pattern.parent();
  const Node owner = pattern.parent();
  if (owner.is_any({"parameter", "let_declaration"}) && owner.field("pattern") == pattern) {
    // An alias of an `Arc` is none by its text.
    if (const Node written = owner.field("type")) return type(written);
    if (known.empty() && steps > 0) return value(owner.field("value"), steps - 1);
  }
  return known.empty() ? Arced::Unknown : Arced::No;
}

Arced AlreadyShared::value(Node value, int steps) const {
  while (value.is_any({"reference_expression", "parenthesized_expression"})) {
    if (value.parts().empty()) return Arced::Unknown;
    value = value.parts().back();
  }
  if (value.is("struct_expression")) return Arced::No;
  if (value.is_any({"identifier", "self"})) {
    const Node binding = syntax::binding_of(value.text(), value);
    if (binding) return variable(binding, steps);
    return items_.structs(value.text()).empty() ? Arced::Unknown : Arced::No;
  }
  if (value.is("field_expression")) {
    return all(items_.fields(value.field("field").text()), "type");
  }
  return value.is("call_expression") ? result(value, steps) : Arced::Unknown;
}

Arced AlreadyShared::result(Node call, int steps) const {
  if (const Node method = method_name(call)) {
    if (method.text() == "clone") return value(chain_receiver(call), steps);
    return all(items_.functions(method.text()), "return_type");
  }
  const Node function = call.field("function");
  const std::string_view name = syntax::last_name(function);
  if (syntax::last_name(function.field("path")) == "Arc") {
    return makes_arc(name) ? Arced::Yes : Arced::Unknown;
  }
  if (!items_.structs(name).empty()) return Arced::No;
  return all(items_.functions(name), "return_type");
}

Arced AlreadyShared::all(const syntax::Items::List& items, const char* type_field) const {
  Arced result = Arced::Unknown;
  for (const Node& item : items) {
    const Node written = item.field(type_field);
    if (!written || is_any_type(written, item)) return Arced::Unknown;
    const Arced one = type(written);
    if (result != Arced::Unknown && result != one) return Arced::Unknown;
    result = one;
  }
  return result;
}

}  // namespace jaa::rewrite
