// How text is shown on a terminal: Unicode scalars, their width in columns, and
// what stands in for characters that would break the picture.
//
// Sources are expected to be UTF-8; a byte that is not counts as one U+FFFD.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace jaa::render {

struct Scalar {
  char32_t value = 0;
  uint32_t length = 1;  // bytes it takes in the text
};

// The scalar at byte `at`, which must lie inside `text`.
[[nodiscard]] Scalar decode(std::string_view text, size_t at);
void append_utf8(char32_t value, std::string& text);
[[nodiscard]] size_t count_scalars(std::string_view text);

// Columns a character takes as rustc counts them: a tab four, a control
// character one, a wide character two, a combining one none.
[[nodiscard]] size_t width(char32_t value);
[[nodiscard]] size_t width(std::string_view text);

[[nodiscard]] bool is_space(char32_t value);
[[nodiscard]] bool is_blank(std::string_view text);
// Without spaces at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);

// Text fit for a terminal: tabs become four spaces, control characters visible
// symbols, and the marks that reorder text U+FFFD. Line feeds stay.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace jaa::render
