// Which columns of the source lines are shown when they are wider than the
// terminal, and the drawing of one line so cut.
#pragma once

#include <cstddef>
#include <string_view>

#include "render/canvas.h"
#include "render/decor.h"
#include "render/line_marks.h"

namespace jaa::render {

class Margin {
 public:
  // The window over `lines`, at most `width` columns of code.
  Margin(const std::vector<MarkedLine>& lines, size_t width);

  [[nodiscard]] size_t width() const { return width_; }
  // Draws `text`, free of tabs, from `column` on and returns how many of its
  // columns were left out at the left.
  size_t draw(Canvas& canvas, const Decor& decor, size_t row, size_t column,
              std::string_view text) const;

 private:
  size_t width_;
  size_t left_ = 0;
  size_t right_ = 0;
};

}  // namespace jaa::render
