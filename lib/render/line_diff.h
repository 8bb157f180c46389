// The lines in which two texts differ.
//
// Myers' greedy algorithm ("An O(ND) Difference Algorithm", 1986): the shortest
// script of deletions and insertions. Its cost grows with the number of
// differences, so it is bounded; texts that differ in more than that are said to
// differ in everything between their common beginning and end.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace jaa::render {

// Lines `[before_begin, before_end)` became lines `[after_begin, after_end)`.
struct ChangedLines {
  size_t before_begin = 0;
  size_t before_end = 0;
  size_t after_begin = 0;
  size_t after_end = 0;
  friend bool operator==(const ChangedLines&, const ChangedLines&) = default;
};

using Lines = std::vector<std::string_view>;

// Each line with its line feed; a last line may have none.
[[nodiscard]] Lines split_lines(std::string_view text);

// Ascending, with at least one equal line between two changes.
[[nodiscard]] std::vector<ChangedLines> line_diff(const Lines& before, const Lines& after);

}  // namespace jaa::render
