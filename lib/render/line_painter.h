// Draws one marked source line: the code, the underlines, the lines of multi-line
// spans, and the labels, placed so that none overwrites another.
#pragma once

#include <vector>

#include "render/canvas.h"
#include "render/decor.h"
#include "render/line_marks.h"
#include "render/margin.h"

namespace jaa::render {

// Columns left of the code:  `12 | | code` is the number, a separator and, with
// multi-line spans about, one column a depth.
struct Gutter {
  size_t number_width = 1;
  size_t depth = 0;

  [[nodiscard]] size_t separator_column() const { return number_width + 1; }
  [[nodiscard]] size_t span_column(size_t of_depth) const { return number_width + 2 + of_depth; }
  [[nodiscard]] size_t code_column() const {
    return number_width + 3 + (depth == 0 ? 0 : depth + 1);
  }
  // A line's number and the separator.
  void draw(Canvas& canvas, const Decor& decor, size_t row, size_t number) const;
};

// A multi-line span that starts or ends at a line.
struct OpenSpan {
  size_t depth = 0;
  bool is_primary = false;
};

class LinePainter {
 public:
  LinePainter(Canvas& canvas, const Decor& decor, const Gutter& gutter, const Margin& margin)
      : canvas_(canvas), decor_(decor), gutter_(gutter), margin_(margin) {}

  // Draws below what the canvas holds. `closes` ends the section in the last row.
  std::vector<OpenSpan> run(const MarkedLine& marked, bool closes);

 private:
  // A mark and the row, counted from the underlines (0), its label is in.
  struct Placed {
    const LineMark* mark;
    size_t level = 0;
    bool overlaps = false;
  };

  [[nodiscard]] bool draw_short_start(const MarkedLine& marked, std::string_view code);
  void place(const MarkedLine& marked);
  void close(size_t row);
  void draw_horizontals();
  void draw_verticals();
  void draw_labels();
  void draw_underlines();
  void cut_long_spans();
  [[nodiscard]] size_t column(const Place& place) const {
    return minus(gutter_.code_column() + place.column, left_);
  }

  Canvas& canvas_;
  const Decor& decor_;
  const Gutter& gutter_;
  const Margin& margin_;
  std::vector<Placed> placed_;
  std::vector<OpenSpan> spans_;
  size_t row_ = 0;    // of the code
  size_t left_ = 0;   // columns cut off at the left
  size_t depth_ = 0;  // rows below the underlines
};

}  // namespace jaa::render
