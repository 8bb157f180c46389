// Draws a snippet: source lines with their numbers, the marks below them, and the
// labels of the marks.
#pragma once

#include "render/canvas.h"
#include "render/decor.h"
#include "render/line_marks.h"
#include "render/report.h"

namespace jaa::render {

struct SnippetContext {
  const base::SourceFiles& sources;
  const Decor& decor;
  size_t width = 140;
  size_t number_width = 1;    // of the widest line number in the report
  size_t depth = 0;           // the deepest multi-line span in the group
  bool is_primary = false;    // shows the group's own place
  bool is_first = false;      // element of its group
  bool is_continued = false;  // more follows below
};

void draw_snippet(Canvas& canvas, const Snippet& snippet, const MarkedLines& lines,
                  const SnippetContext& context);

}  // namespace jaa::render
