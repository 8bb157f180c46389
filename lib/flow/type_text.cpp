#include "flow/type_text.h"

#include <cctype>

namespace jaa::flow {
namespace {

bool is_name(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

// Copies `text` without the path prefixes; `keeps` says of each other character whether
// it stays.
template <class Keeps>
std::string without_prefixes(std::string_view text, Keeps keeps) {
  std::string result;
  size_t segment = 0;  // where the path segment being read starts in `result`
  for (size_t at = 0; at < text.size(); ++at) {
    const bool is_path = text[at] == ':' && at + 1 < text.size() && text[at + 1] == ':';
    if (is_path && (result.empty() || result.back() != '>')) {
      result.resize(segment);
      ++at;
    } else if (text[at] == ' ' && !keeps(text, at)) {
      segment = result.size();  // what comes is no part of the word before
    } else if (keeps(text, at)) {
      result.push_back(text[at]);
      if (!is_name(text[at])) {
        segment = result.size();
      }
    }
  }
  return result;
}

// Drops lifetimes and blanks too; `at` is moved over what is dropped.
std::string normal_form(std::string_view text) {
  return without_prefixes(text, [](std::string_view all, size_t& at) {
    if (all[at] != '\'') {
      return all[at] != ' ';
    }
    ++at;
    while (at < all.size() && is_name(all[at])) {
      ++at;
    }
    while (at < all.size() && (all[at] == ',' || all[at] == ' ')) {
      ++at;
    }
    --at;
    return false;
  });
}

// Without what lies deeper than `most` brackets.
std::string to_depth(std::string_view text, size_t most) {
  std::string result;
  size_t depth = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool closes = c == '>' && (at == 0 || text[at - 1] != '-');
    if ((c == ')' || c == ']' || closes) && depth > 0) {
      --depth;
    }
    if (depth <= most) {
      result.push_back(c);
    }
    if (c == '(' || c == '[' || c == '<') {
      if (depth == most) {
        result += "...";
      }
      ++depth;
    }
  }
  return result;
}

}  // namespace

bool same_type_text(std::string_view a, std::string_view b) {
  return normal_form(a) == normal_form(b);
}

std::string shown_type_text(std::string_view type) {
  constexpr size_t MostCharacters = 100;
  std::string text = short_type_text(type);
  for (size_t depth = 4; text.size() > MostCharacters && depth > 0; --depth) {
    text = to_depth(text, depth);
  }
  if (text.size() > MostCharacters) {
    size_t end = MostCharacters;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
      --end;  // within a character
    }
    text = text.substr(0, end) + "...";
  }
  return text;
}

std::string short_type_text(std::string_view type) {
  return without_prefixes(type, [](std::string_view, size_t) { return true; });
}

}  // namespace jaa::flow
