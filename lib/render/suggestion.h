// Draws a suggestion: the changed lines as they would be, marked the way rustc
// marks them.
#pragma once

#include "render/canvas.h"
#include "render/decor.h"
#include "render/report.h"
#include "render/splice.h"

namespace jaa::render {

struct SuggestionContext {
  const base::SourceFiles& sources;
  const Decor& decor;
  size_t number_width = 1;    // of the widest line number in the report
  bool shows_path = false;    // the file is not the one the report is about
  bool is_first = false;      // element of its group
  bool is_next_part = false;  // follows a part in the same file
  bool is_continued = false;  // more follows below
};

void draw_suggestion(Canvas& canvas, base::FileId file, const Splice& splice,
                     const SuggestionContext& context);

}  // namespace jaa::render
