// Lines, indentation and comments around a place, so that an edit looks like the
// code it lands in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/tree.h"

namespace jaa::syntax {

// How a file is laid out.
struct Layout {
  std::string_view line_end = "\n";
  std::string indent = "    ";
};

// From the first line end and the first indented line.
[[nodiscard]] Layout layout(std::string_view text);

[[nodiscard]] uint32_t line_start(std::string_view text, uint32_t offset);
// Offset of the line's end, before its CR or LF.
[[nodiscard]] uint32_t line_stop(std::string_view text, uint32_t offset);
// The white space the line of `offset` begins with.
[[nodiscard]] std::string_view indentation(std::string_view text, uint32_t offset);
// Nothing but white space stands before `offset` in its line.
[[nodiscard]] bool starts_line(std::string_view text, uint32_t offset);
// Nothing but white space stands after `offset` in its line.
[[nodiscard]] bool ends_line(std::string_view text, uint32_t offset);

// Comments on lines of their own directly above `statement`, first to last.
[[nodiscard]] std::vector<Node> comments_above(const Tree& tree, Node statement);
// A comment behind `statement` that ends on the same line.
[[nodiscard]] Node comment_behind(const Tree& tree, Node statement);
// A comment lies within `span`.
[[nodiscard]] bool has_comment(const Tree& tree, const base::Span& span);

// Starts of the lines after the first in `span` whose indentation may change:
// not blank, and not inside a literal or comment that spans lines.
[[nodiscard]] std::vector<uint32_t> movable_lines(const Tree& tree, const base::Span& span);

}  // namespace jaa::syntax
