// The literal- and bracket-aware scans. They go over a line once and keep no
// stack: one depth counts all bracket kinds, which is enough because rustc
// writes them balanced, and an unbalanced line is refused by whoever reads it.
#include "mir/lexer.h"

#include <algorithm>
#include <array>

namespace jaa::mir {
namespace {

enum class ByteClass : uint8_t { Plain, Open, Close, Quote, ArrowStart };

constexpr std::array<ByteClass, 256> make_byte_classes() {
  std::array<ByteClass, 256> classes{};
  for (const char byte : {'(', '[', '{', '<'}) {
    classes[static_cast<unsigned char>(byte)] = ByteClass::Open;
  }
  for (const char byte : {')', ']', '}', '>'}) {
    classes[static_cast<unsigned char>(byte)] = ByteClass::Close;
  }
  for (const char byte : {'"', '\''}) {
    classes[static_cast<unsigned char>(byte)] = ByteClass::Quote;
  }
  for (const char byte : {'-', '='}) {
    classes[static_cast<unsigned char>(byte)] = ByteClass::ArrowStart;
  }
  return classes;
}

constexpr std::array<ByteClass, 256> ByteClasses = make_byte_classes();

std::string_view trim_right(std::string_view text) {
  // The sum of npos and one is zero: there is nothing but spaces.
  return text.substr(0, text.find_last_not_of(" \r") + 1);
}

size_t find_comment(std::string_view text) {
  // Without a string there is nothing a comment could be hidden in, and looking
  // from the right is quickest: what is there are columns and a file name.
  if (text.find('"') == std::string_view::npos) {
    const size_t at = text.rfind("// ");
    return at != std::string_view::npos && (at == 0 || text[at - 1] == ' ')
               ? at
               : std::string_view::npos;
  }
  size_t at = 0;
  while (at < text.size()) {
    at = text.find_first_of("\"'/", at);
    if (at == std::string_view::npos) {
      return at;
    }
    if (text[at] != '/') {
      at = skip_literal(text, at);
    } else if (text.substr(at).starts_with("// ") && (at == 0 || text[at - 1] == ' ')) {
      return at;
    } else {
      ++at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

void split_line(std::string_view raw, Line& line) {
  if (raw.ends_with('\r')) {
    raw.remove_suffix(1);
  }
  line.raw = raw;
  const size_t first = std::min(raw.find_first_not_of(' '), raw.size());
  const std::string_view text = raw.substr(first);
  const size_t comment = text.starts_with("// ") || text == "//" ? 0 : find_comment(text);
  if (comment == std::string_view::npos) {
    line.code = trim_right(text);
    line.comment = {};
    return;
  }
  line.code = trim_right(text.substr(0, comment));
  line.comment = trim_right(text.substr(std::min(comment + 3, text.size())));
}

void split_line_from_right(Line& line) {
  const size_t first = std::min(line.raw.find_first_not_of(' '), line.raw.size());
  const size_t comment = line.raw.rfind(" // ");
  line.code = trim_right(line.raw.substr(first, std::max(comment, first) - first));
  line.comment = comment == std::string_view::npos ? std::string_view()
                                                   : trim_right(line.raw.substr(comment + 4));
}

bool LineReader::next(Line& line) {
  if (at_ >= text_.size()) {
    return false;
  }
  previous_ = at_;
  const size_t end = std::min(text_.find('\n', at_), text_.size());
  split_line(text_.substr(at_, end - at_), line);
  line.number = ++number_;
  at_ = end + 1;
  return true;
}

void LineReader::put_back() {
  at_ = previous_;
  --number_;
}

size_t skip_literal(std::string_view text, size_t at) {
  if (text[at] == '"') {
    for (size_t next = at + 1; next < text.size(); ++next) {
      if (text[next] == '\\') {
        ++next;
      } else if (text[next] == '"') {
        return next + 1;
      }
    }
    return text.size();
  }
  if (text[at] != '\'' || at + 2 >= text.size()) {
    return at + 1;
  }
  size_t next = at + 2;
  if (text[at + 1] == '\\') {
    // `'\''`, `'\n'`, `'\u{301}'`: the byte after the backslash is never the end.
    next = std::min(text.find('\'', at + 3), text.size());
    return next < text.size() ? next + 1 : at + 1;
  }
  while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) {
    ++next;
  }
  return next < text.size() && text[next] == '\'' ? next + 1 : at + 1;
}

size_t find_outside(std::string_view text, size_t from, std::string_view stop) {
  size_t depth = 0;
  size_t at = from;
  while (at < text.size()) {
    if (depth == 0 && text[at] == stop.front() && text.substr(at).starts_with(stop)) {
      return at;
    }
    switch (ByteClasses[static_cast<unsigned char>(text[at])]) {
      case ByteClass::Plain:
        ++at;
        break;
      case ByteClass::Open:
        ++depth;
        ++at;
        break;
      case ByteClass::Close:
        if (depth == 0) {
          return at;
        }
        --depth;
        ++at;
        break;
      case ByteClass::Quote:
        at = skip_literal(text, at);
        break;
      case ByteClass::ArrowStart:
        at += at + 1 < text.size() && text[at + 1] == '>' ? 2 : 1;
        break;
    }
  }
  return std::string_view::npos;
}

size_t skip_bracketed(std::string_view text, size_t at) {
  // A stop that cannot be: what is found is the closing bracket.
  const size_t close = find_outside(text, at + 1, std::string_view("\0", 1));
  return close == std::string_view::npos ||
                 ByteClasses[static_cast<unsigned char>(text[close])] != ByteClass::Close
             ? std::string_view::npos
             : close + 1;
}

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

bool is_name_byte(char byte) {
  return is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         byte == '_' || static_cast<unsigned char>(byte) >= 0x80U;
}

std::optional<uint32_t> parse_number(std::string_view text) {
  if (text.empty() || text.size() > 9) {
    return std::nullopt;
  }
  uint32_t value = 0;
  for (const char byte : text) {
    if (!is_digit(byte)) {
      return std::nullopt;
    }
    value = value * 10 + static_cast<uint32_t>(byte - '0');
  }
  return value;
}

std::optional<uint32_t> Cursor::number() {
  size_t end = at_;
  while (end < text_.size() && is_digit(text_[end])) {
    ++end;
  }
  const auto value = parse_number(text_.substr(at_, end - at_));
  if (value) {
    at_ = end;
  }
  return value;
}

std::string_view Cursor::take_until(std::string_view stop) {
  const size_t end = std::min(find_outside(text_, at_, stop), text_.size());
  const std::string_view taken = text_.substr(at_, end - at_);
  at_ = end;
  return taken;
}

}  // namespace jaa::mir
