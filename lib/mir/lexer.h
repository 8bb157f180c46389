// A place in one line of textual MIR, and how to pass over what must not be split.
//
// MIR is written a line a statement, so a line is the unit that is understood or
// not. Within a line brackets and literals are what must not be split: strings may
// hold brackets, `//` and `->`, and `'` opens a character or a lifetime. Nothing
// here allocates or copies; every view lives as long as the text does.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace jaa::mir {

// Where a scan stops, outside brackets and literals. A bracket that was not opened
// since always stops it.
enum Stop : uint8_t {
  AtComma = 8,
  AtSemicolon = 16,
  AtSpace = 32,
  AtParen = 64,  // an opening `(`
};

// The first place at or after `from` where one of `stops` stands outside literals and
// brackets (`()[]{}<>`; the arrows `->` and `=>` are not brackets); the text's size
// if there is none.
[[nodiscard]] size_t scan(std::string_view text, size_t from, unsigned stops);

// Just past the literal that opens at `at` (a string, byte string or character);
// `at + 1` when no literal opens there, as with a lifetime. A string that does not
// end takes all of the text.
[[nodiscard]] size_t skip_literal(std::string_view text, size_t at);

// Just past the bracket that closes the one at `at`; npos when it is not closed.
[[nodiscard]] size_t skip_bracketed(std::string_view text, size_t at);

[[nodiscard]] inline bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}
// Part of a Rust name; all non-ASCII bytes are.
[[nodiscard]] inline bool is_name_byte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || is_digit(byte) ||
         byte == '_' || static_cast<unsigned char>(byte) >= 0x80;
}

// Just past the end of the item at or after `from`: behind a line `}`; the text's size when
// none ends.
[[nodiscard]] size_t find_item_end(std::string_view text, size_t from);

// Where the name of an item ends: at the first `: ` outside of brackets.
[[nodiscard]] size_t find_name_end(std::string_view text);

// A number that is an id or a place: at most nine digits, no leading zeros, to the
// end of `text`.
[[nodiscard]] std::optional<uint32_t> parse_number(std::string_view text);

class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  // '\0' past the end.
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] size_t position() const { return at_; }
  void reset(size_t position) { at_ = position; }
  void advance(size_t bytes) { at_ += bytes; }
  bool consume(char byte) {
    if (at_end() || text_[at_] != byte) {
      return false;
    }
    ++at_;
    return true;
  }
  bool consume(std::string_view word) {
    if (!starts_with(word)) {
      return false;
    }
    at_ += word.size();
    return true;
  }
  [[nodiscard]] bool starts_with(std::string_view word) const {
    return text_.size() - at_ >= word.size() && text_.compare(at_, word.size(), word) == 0;
  }
  // Digits here, as `parse_number` reads them.
  std::optional<uint32_t> number() {
    uint32_t value = 0;
    size_t at = at_;
    while (at < text_.size() && is_digit(text_[at])) {
      value = value * 10 + static_cast<uint32_t>(text_[at] - '0');
      ++at;
    }
    const size_t digits = at - at_;
    if (digits == 0 || digits > 9 || (digits > 1 && text_[at_] == '0')) {
      return std::nullopt;
    }
    at_ = at;
    return value;
  }
  // The text up to where `scan` stops; the cursor is left there.
  std::string_view take(unsigned stops) {
    const size_t end = scan(text_, at_, stops);
    const std::string_view taken = text_.substr(at_, end - at_);
    at_ = end;
    return taken;
  }
  // The text up to the next `byte`, wherever it stands; all of the rest without one.
  std::string_view take_to(char byte) {
    const size_t end = std::min(text_.find(byte, at_), text_.size());
    const std::string_view taken = text_.substr(at_, end - at_);
    at_ = end;
    return taken;
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace jaa::mir
