#include "mir/lexer.h"

#include <array>

namespace jaa::mir {
namespace {

constexpr uint8_t Open = 1;
constexpr uint8_t Close = 2;
constexpr uint8_t Quote = 4;

constexpr std::array<uint8_t, 256> make_classes() {
  std::array<uint8_t, 256> classes{};
  classes['('] = Open | AtParen;
  classes['['] = classes['{'] = classes['<'] = Open;
  classes[')'] = classes[']'] = classes['}'] = classes['>'] = Close;
  classes['"'] = classes['\''] = Quote;
  classes[','] = AtComma;
  classes[';'] = AtSemicolon;
  classes[' '] = AtSpace;
  return classes;
}

constexpr std::array<uint8_t, 256> Classes = make_classes();

// A `<` or `>` that is no bracket: the head of `->` and `=>`, or part of an operator
// with spaces around it, ` << `.
bool is_no_bracket(std::string_view text, size_t at) {
  const char byte = text[at];
  if ((byte != '<' && byte != '>') || at == 0) {
    return false;
  }
  const char before = text[at - 1];
  if (byte == '>' && (before == '-' || before == '=')) {
    return true;
  }
  const std::string_view from = text.substr(at);
  const bool is_first =
      before == ' ' && (from.substr(1).starts_with(' ') ||
                        (from.substr(1).starts_with(byte) && from.substr(2).starts_with(' ')));
  return is_first ||
         (before == byte && at > 1 && text[at - 2] == ' ' && from.substr(1).starts_with(' '));
}

}  // namespace

size_t skip_literal(std::string_view text, size_t at) {
  const char quote = text[at];
  if (quote == '"') {
    for (++at; at < text.size(); ++at) {
      if (text[at] == '\\') {
        ++at;
      } else if (text[at] == '"') {
        return at + 1;
      }
    }
    return text.size();
  }
  // A character is one scalar or an escape; anything else is a lifetime.
  size_t end = at + 1;
  if (end >= text.size()) {
    return at + 1;
  }
  if (text[end] == '\\') {
    // `'\u{10ffff}'` is the longest.
    constexpr size_t LongestEscape = 12;
    const size_t close = text.find('\'', end + 2);
    return close != std::string_view::npos && close - at <= LongestEscape ? close + 1 : at + 1;
  }
  ++end;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    ++end;
  }
  return end < text.size() && text[end] == '\'' ? end + 1 : at + 1;
}

size_t scan(std::string_view text, size_t from, unsigned stops) {
  const unsigned interesting = stops | Open | Close | Quote;
  size_t depth = 0;
  size_t at = from;
  while (at < text.size()) {
    const unsigned found = Classes[static_cast<unsigned char>(text[at])] & interesting;
    if (found == 0) {
      ++at;
      continue;
    }
    if (depth == 0 && (found & stops) != 0) {
      return at;
    }
    if ((found & Quote) != 0) {
      at = skip_literal(text, at);
      continue;
    }
    if (!is_no_bracket(text, at)) {
      if ((found & Open) != 0) {
        ++depth;
      } else if ((found & Close) != 0) {
        if (depth == 0) {
          return at;
        }
        --depth;
      }
    }
    ++at;
  }
  return text.size();
}

size_t skip_bracketed(std::string_view text, size_t at) {
  const size_t close = scan(text, at + 1, 0);
  return close < text.size() ? close + 1 : std::string_view::npos;
}

size_t find_item_end(std::string_view text, size_t from) {
  constexpr std::string_view End = "\n}\n";
  const size_t at = text.find(End, from);
  return at == std::string_view::npos ? text.size() : at + End.size();
}

// The colons of `::` have no space behind them.
size_t find_name_end(std::string_view text) {
  for (size_t at = scan(text, 0, AtSpace); at < text.size(); at = scan(text, at + 1, AtSpace)) {
    if (text[at] != ' ') {
      break;
    }
    if (at > 0 && text[at - 1] == ':') {
      return at - 1;
    }
  }
  return std::string_view::npos;
}

std::optional<uint32_t> parse_number(std::string_view text) {
  Cursor cursor(text);
  const auto number = cursor.number();
  return cursor.at_end() ? number : std::nullopt;
}

}  // namespace jaa::mir
