#include "syntax/mentions.h"

#include "llvm/ADT/StringExtras.h"
#include "syntax/queries.h"

namespace jaa::syntax {
namespace {

// Bytes of a multi-byte character belong to the name they stand in.
bool is_name_byte(char byte) {
  return llvm::isAlnum(byte) || byte == '_' || static_cast<unsigned char>(byte) >= 0x80;
}

size_t name_end(std::string_view text, size_t begin) {
  while (begin < text.size() && is_name_byte(text[begin])) ++begin;
  return begin;
}

bool is_name(std::string_view text) {
  return !text.empty() && !llvm::isDigit(text.front());
}

}  // namespace

std::vector<std::string_view> format_names(std::string_view literal) {
  std::vector<std::string_view> result;
  for (size_t at = 0; at < literal.size(); ++at) {
    if (literal[at] != '{') continue;
    if (at + 1 < literal.size() && literal[at + 1] == '{') {
      ++at;
      continue;
    }
    size_t end = name_end(literal, at + 1);
    const std::string_view argument = literal.substr(at + 1, end - at - 1);
    if (is_name(argument)) result.push_back(argument);
    at = end;
    // Within `:..}` a width or precision is a name followed by `$`.
    while (at < literal.size() && literal[at] != '}') {
      end = name_end(literal, at);
      const std::string_view part = literal.substr(at, end - at);
      if (is_name(part) && end < literal.size() && literal[end] == '$') result.push_back(part);
      at = std::max(end, at + 1);
    }
  }
  return result;
}

void for_each_name(Node root, llvm::function_ref<void(std::string_view, Node)> visit) {
  // Whether `root` is itself inside a macro's arguments does not change below it.
  bool is_macro = is_in_macro(root);
  uint32_t macro_end = is_macro ? root.end() : 0;
  walk(root, [&](Node node) {
    if (node.begin() >= macro_end) is_macro = false;
    if (!is_macro && node.is_any({"token_tree", "macro_definition"})) {
      is_macro = true;
      macro_end = node.end();
    }
    if (node.is_any({"identifier", "type_identifier", "shorthand_field_identifier", "self",
                     "metavariable"})) {
      std::string_view name = node.text();
      if (name.substr(0, 2) == "r#") name.remove_prefix(2);
      visit(name, node);
    } else if (is_macro && node.is_any({"string_literal", "raw_string_literal"})) {
      for (const std::string_view name : format_names(node.text())) visit(name, node);
      return Walk::Over;
    }
    return Walk::Into;
  });
}

std::vector<Node> mentions(Node root, std::string_view name) {
  std::vector<Node> result;
  for_each_name(root, [&](std::string_view found, Node token) {
    if (found == name) result.push_back(token);
  });
  return result;
}

bool is_mentioned(Node root, std::string_view name) {
  return !mentions(root, name).empty();
}

llvm::StringSet<> names(Node root) {
  llvm::StringSet<> result;
  for_each_name(root, [&](std::string_view name, Node) { result.insert(name); });
  return result;
}

}  // namespace jaa::syntax
