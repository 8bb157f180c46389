// The lines of a snippet that are shown, and what is marked on each.
//
// A span over several lines becomes a start mark, an end mark and marks that only
// keep the lines between them in view; it gets a depth, the vertical line at the
// left that it is drawn with.
#pragma once

#include <string>
#include <vector>

#include "base/source_files.h"
#include "render/place.h"
#include "render/report.h"

namespace jaa::render {

struct LineMark {
  enum class Kind : uint8_t { Single, Start, Inner, End };

  Place start;
  Place end;
  bool is_primary = false;
  std::string label;
  Kind kind = Kind::Single;
  size_t depth = 0;  // 1-based; not for `Single`

  [[nodiscard]] bool has_label() const { return !label.empty(); }
  // Its horizontal line needs a row of its own.
  [[nodiscard]] bool takes_space() const { return kind == Kind::Start || kind == Kind::End; }
  [[nodiscard]] size_t width() const {
    return start.column < end.column ? end.column - start.column : start.column - end.column;
  }
};

struct MarkedLine {
  SourceLine line;
  std::vector<LineMark> marks;
};

struct MarkedLines {
  size_t depth = 0;               // of the deepest multi-line span
  std::vector<MarkedLine> lines;  // ascending
};

[[nodiscard]] MarkedLines mark_lines(const Snippet& snippet, const base::SourceFiles& sources);

}  // namespace jaa::render
