#include "propagate/call_shape.h"

#include "llvm/ADT/StringExtras.h"

#include "syntax/items.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

// The `<` that `close` belongs to.
Node opening_of(Node close) {
  int depth = 0;
  for (Node at = close; at; at = at.previous()) {
    for (const char c : at.is_named() ? std::string_view() : at.text()) {
      depth += c == '>' ? 1 : c == '<' ? -1 : 0;
    }
    if (depth <= 0) {
      return at;
    }
  }
  return {};
}

// Where what ends with `last` begins, up to a `.` or `::` before it; none where it is no
// operand.
Node operand_token(Node last) {
  for (Node at = last; at;) {
    const Node before = at.previous();
    if (at.text() == "?" && before) {
      at = before;
    } else if (!at.is_named() && llvm::StringRef(at.text()).starts_with(">")) {
      const Node open = opening_of(at);
      // `f::<T>` goes on, `<T as Trait>` begins here.
      const bool is_turbofish = open && open.previous().text() == "::";
      if (!is_turbofish || !open.previous().previous()) {
        return open;
      }
      at = open.previous().previous();
    } else if (at.is("token_tree")) {
      const bool is_adjacent = before && before.end() == at.begin();
      const bool is_called =
          is_adjacent && (before.is_any({"identifier", "token_tree"}) || before.text() == "?" ||
                          before.text() == ">" || before.text() == ">>");
      if (is_adjacent && before.text() == "!" && before.previous().is("identifier")) {
        return before.previous();
      }
      if (!is_called) {
        return llvm::StringRef(at.text()).starts_with("{") ? Node() : at;
      }
      at = before;
    } else {
      return at.is_named() || at.text() == "await" ? at : Node();
    }
  }
  return {};
}

}  // namespace

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

Node first_token(Node last) {
  Node first = operand_token(last);
  if (!first) {
    return last;
  }
  for (;;) {
    const Node before = first.previous();
    if (!before || (before.text() != "." && before.text() != "::")) {
      return first;
    }
    const Node owner = before.previous() ? operand_token(before.previous()) : Node();
    if (!owner) {
      return first;
    }
    first = owner;
  }
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
