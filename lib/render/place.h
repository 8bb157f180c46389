// Where a byte of a source file is on screen.
#pragma once

#include <compare>
#include <cstddef>
#include <string_view>

#include "base/source_files.h"

namespace jaa::render {

struct Place {
  size_t line = 0;     // 1-based
  size_t scalar = 0;   // scalars before it on the line
  size_t column = 0;   // columns before it on the line
  size_t in_line = 0;  // bytes before it on the line
  friend auto operator<=>(const Place&, const Place&) = default;
};

[[nodiscard]] Place locate(const base::SourceFiles& sources, base::FileId file, uint32_t offset);

// The end of a span. Where the span takes in the line feed at the end of the file,
// that is the end of the last line, not the start of an empty one.
[[nodiscard]] Place locate_end(const base::SourceFiles& sources, const base::Span& span);

// A line's number and text.
struct SourceLine {
  size_t number = 0;
  std::string_view text;
};

[[nodiscard]] SourceLine source_line(const base::SourceFiles& sources, base::FileId file,
                                     size_t number);

// The line of a span's last character, which a line feed at its end belongs to.
[[nodiscard]] size_t last_line(const base::SourceFiles& sources, const base::Span& span);

[[nodiscard]] constexpr size_t minus(size_t from, size_t what) {
  return from > what ? from - what : 0;
}

}  // namespace jaa::render
