#include "propagate/call_shape.h"

#include "llvm/ADT/StringExtras.h"

#include "syntax/items.h"

namespace jaa::propagate {

using syntax::Node;

uint32_t async_offset(Node function) {
  for (const Node& child : function.children()) {
    if (child.is("function_modifiers") || child.is("fn")) {
      return child.begin();
    }
  }
  return function.begin();
}

Node whole_name(Node name) {
  Node whole = name;
  for (;;) {
    const Node parent = whole.parent();
    const bool is_part = (parent.is("scoped_identifier") && parent.field("name") == whole) ||
                         (parent.is("field_expression") && parent.field("field") == whole) ||
                         (parent.is("generic_function") && parent.field("function") == whole);
    if (!is_part) {
      return whole;
    }
    whole = parent;
  }
}

Node first_token(Node name) {
  Node first = name;
  for (;;) {
    const Node before = first.previous();
    if (!before || (before.text() != "." && before.text() != "::")) {
      return first;
    }
    Node owner = before.previous();
    while (owner.is("token_tree") && owner.previous() && owner.previous().end() == owner.begin() &&
           (owner.previous().is_any({"identifier", "token_tree"}))) {
      owner = owner.previous();
    }
    if (!owner.is_any({"identifier", "self", "token_tree", "crate", "super"})) {
      return first;
    }
    first = owner;
  }
}

std::string_view called_name(Node call) {
  Node function = call.field("function");
  if (function.is("generic_function")) {
    function = function.field("function");
  }
  return function.is("field_expression") ? function.field("field").text()
                                         : syntax::last_name(function);
}

std::pair<std::string, std::string> parameters_of(Node function) {
  std::string names;
  int number = 0;
  for (const Node& parameter : function.field("parameters").named_children()) {
    if (parameter.is_comment() || parameter.is("attribute_item")) {
      continue;
    }
    const Node pattern = parameter.field("pattern");
    std::string name = parameter.is("self_parameter") ? "this"
                       : pattern.is("identifier")     ? std::string(pattern.text())
                                                      : "argument_" + std::to_string(number);
    if (name == "self") {
      name = "this";
    }
    names += (names.empty() ? "" : ", ") + name;
    ++number;
  }
  return {"|" + names + "| ", "(" + names + ")"};
}

bool has_word(llvm::StringRef text, llvm::StringRef name) {
  const auto is_part = [](char c) { return c == '_' || llvm::isAlnum(c); };
  for (size_t at = text.find(name); at != llvm::StringRef::npos; at = text.find(name, at + 1)) {
    const size_t end = at + name.size();
    if ((at == 0 || !is_part(text[at - 1])) && (end == text.size() || !is_part(text[end]))) {
      return true;
    }
  }
  return false;
}

}  // namespace jaa::propagate
