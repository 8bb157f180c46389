#include "rewrite/text_shape.h"

#include <algorithm>

namespace jaa::rewrite {

bool is_several_lines(std::string_view text) {
  return text.find('\n') != std::string_view::npos;
}

bool has_operator(std::string_view text) {
  if (text.starts_with("async ") && text.ends_with(".await")) return false;
  int depth = 0;
  for (const char c : text) {
    depth += c == '(' || c == '[' || c == '{' ? 1 : 0;
    depth -= c == ')' || c == ']' || c == '}' ? 1 : 0;
    if (depth == 0 && c == ' ') return true;
  }
  return text.starts_with('*') || text.starts_with('&') || text.starts_with('!');
}

std::optional<std::string> inside_of(std::string_view text, std::string_view name) {
  if (!text.starts_with(name) || text.size() < name.size() + 2 || text[name.size()] != '(' ||
      text.back() != ')')
    return std::nullopt;
  const std::string_view inner = text.substr(name.size() + 1, text.size() - name.size() - 2);
  int depth = 0;
  for (const char c : inner) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (depth < 0) return std::nullopt;
  }
  return std::string(inner);
}

std::optional<std::pair<std::string, std::string>> split_pair(std::string_view text) {
  const auto inner = inside_of(text, "");
  if (!inner) return std::nullopt;
  int depth = 0;
  bool is_text = false;
  size_t comma = std::string::npos;
  for (size_t at = 0; at < inner->size(); ++at) {
    const char c = (*inner)[at];
    if (is_text && c == '\\') {
      ++at;
    } else if (c == '"') {
      is_text = !is_text;
    } else if (!is_text) {
      // A comma between generic arguments or within a character would be taken for one
      // too many.
      if (c == '<' || c == '\'' || c == '\n') return std::nullopt;
      depth += c == '(' || c == '[' || c == '{' ? 1 : 0;
      depth -= c == ')' || c == ']' || c == '}' ? 1 : 0;
      if (c == ',' && depth == 0) {
        if (comma != std::string::npos) return std::nullopt;
        comma = at;
      }
    }
  }
  if (comma == std::string::npos || comma + 2 > inner->size()) return std::nullopt;
  return std::pair(inner->substr(0, comma), inner->substr(comma + 2));
}

bool ends_with_block(std::string_view text) {
  const std::string_view word = text.substr(0, text.find_first_of(" {"));
  return text.ends_with('}') && (word.empty() || word == "if" || word == "match" || word == "for" ||
                                 word == "while" || word == "loop" || word == "unsafe");
}

std::string negated(std::string value) {
  const size_t equal = value.find(" == ");
  if (equal != std::string::npos && value.find('|') == std::string::npos &&
      value.find('&') == std::string::npos && value.find('(', equal) == std::string::npos &&
      value.find(" == ", equal + 1) == std::string::npos &&
      std::count(value.begin(), value.begin() + static_cast<ptrdiff_t>(equal), '(') ==
          std::count(value.begin(), value.begin() + static_cast<ptrdiff_t>(equal), ')'))
    return value.replace(equal, 4, " != ");
  if (value.starts_with('!') && value.find(' ') == std::string::npos) return value.substr(1);
  // A call or a name needs no parentheses; anything with an operator has spaces.
  size_t depth = 0;
  bool is_simple = true;
  for (size_t at = 0; at < value.size(); ++at) {
    depth += value[at] == '(' || value[at] == '[' || value[at] == '{' ? 1 : 0;
    depth -= depth > 0 && (value[at] == ')' || value[at] == ']' || value[at] == '}') ? 1 : 0;
    is_simple = is_simple && (depth > 0 || value[at] != ' ') && !(at == 0 && value[at] == '!');
  }
  is_simple = is_simple && !value.starts_with('*') && !value.starts_with('&');
  return is_simple ? "!" + value : "!(" + value + ")";
}

}  // namespace jaa::rewrite
