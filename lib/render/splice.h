// The lines that edits change, as they would read afterwards, and which parts of
// them are new.
#pragma once

#include <string>
#include <vector>

#include "render/place.h"
#include "render/report.h"

namespace jaa::render {

// An edit reduced to what it changes: replacing "a" by "ab" is an insertion.
struct TrimmedEdit {
  base::Span original;
  base::Span span;
  std::string text;
};

// Scalars `[begin, end)` of a spliced line.
struct Highlight {
  size_t begin = 0;
  size_t end = 0;
};

struct SplicedLine {
  std::string text;
  std::vector<Highlight> highlights;
  // Numbers of the source's lines that went, whole, just before it. rustc passes
  // over them in silence where several lines are shown; we do not.
  std::vector<size_t> removed;
};

// How rustc shows a suggestion.
enum class SpliceStyle : uint8_t {
  Underline,  // the new line with `+++` or `~~~` below
  Diff,       // old lines with `-`, the new line with `+`
  Plain,      // several lines, marked `+`, `~` or `|`
  Add,        // a line of its own before one that is there
};

struct Splice {
  std::vector<TrimmedEdit> edits;  // ascending
  std::vector<SplicedLine> lines;  // empty: all the text goes
  SpliceStyle style = SpliceStyle::Plain;
  size_t first_line = 0;  // of the first edit, before trimming
  size_t last_line = 0;
  size_t first_touched = 0;  // of the trimmed edits
  size_t last_touched = 0;

  // The largest line number that is printed.
  [[nodiscard]] size_t largest_number() const;
};

// Empty (no edits) when the edits change nothing, overlap, or do not fit the file.
[[nodiscard]] Splice splice(const Suggestion& suggestion, const base::SourceFiles& sources);

// Adds more text than it removes: nothing of substance goes.
[[nodiscard]] bool is_addition(const TrimmedEdit& edit, const base::SourceFiles& sources);

}  // namespace jaa::render
