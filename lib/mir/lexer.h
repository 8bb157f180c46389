// Lines and tokens of textual MIR, as views of the text: nothing here allocates
// or copies, and every view lives as long as the text does.
//
// MIR is written a line a statement, so a line is the unit that is understood
// or not. Within a line brackets and literals are what must not be split:
// strings may hold brackets, `//` and `->`, and `'` opens a character or a
// lifetime.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace jaa::mir {

struct Line {
  std::string_view raw;      // without the line end
  std::string_view code;     // before the comment, without surrounding spaces
  std::string_view comment;  // after `// `; empty when there is none
  uint32_t number = 0;       // 1-based
  // The first character is not a space: an item begins or ends here.
  [[nodiscard]] bool is_at_margin() const { return !raw.empty() && raw.front() != ' '; }
  [[nodiscard]] bool is_comment_only() const { return code.empty() && !comment.empty(); }
};

// Splits `raw` at its trailing comment: the last `// ` that stands outside a
// literal. Sets all of `line` but its number.
void split_line(std::string_view raw, Line& line);

// The same, but for a line whose quotes cannot be trusted: the last ` // ` it is.
void split_line_from_right(Line& line);

class LineReader {
 public:
  explicit LineReader(std::string_view text) : text_(text) {}
  // False at the end of the text.
  bool next(Line& line);
  // Gives the last line again.
  void put_back();
  [[nodiscard]] uint32_t line_number() const { return number_; }

 private:
  std::string_view text_;
  size_t at_ = 0;
  size_t previous_ = 0;
  uint32_t number_ = 0;
};

// Just past the literal that opens at `at` (a string, byte string or character);
// `at + 1` when no literal opens there, as with a lifetime. A string that does
// not end takes all of the text.
[[nodiscard]] size_t skip_literal(std::string_view text, size_t at);

// Where `stop` first stands at or after `from`, outside literals and brackets
// (`()[]{}<>`; the arrows `->` and `=>` are not brackets), or where the bracket
// around `from` closes, whichever is first; npos if neither is there.
[[nodiscard]] size_t find_outside(std::string_view text, size_t from, std::string_view stop);

// Just past the bracket that closes the one at `at`; npos when it is not closed.
[[nodiscard]] size_t skip_bracketed(std::string_view text, size_t at);

[[nodiscard]] bool is_digit(char byte);
// Part of a Rust name; all non-ASCII bytes are.
[[nodiscard]] bool is_name_byte(char byte);

// A number that is an id or a place: at most nine digits, to the end of `text`.
[[nodiscard]] std::optional<uint32_t> parse_number(std::string_view text);

// A place in one line.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  // '\0' past the end.
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  bool consume(char byte) {
    if (peek() != byte || at_end()) {
      return false;
    }
    ++at_;
    return true;
  }
  bool consume(std::string_view word) {
    if (!rest().starts_with(word)) {
      return false;
    }
    at_ += word.size();
    return true;
  }
  // Digits here, as `parse_number` reads them.
  std::optional<uint32_t> number();
  // The text up to `stop` or the closing bracket (see `find_outside`), or all of
  // the rest; the cursor is left on what stopped it.
  std::string_view take_until(std::string_view stop);

 private:
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace jaa::mir
