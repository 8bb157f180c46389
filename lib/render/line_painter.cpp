#include "render/line_painter.h"

#include <algorithm>
#include <tuple>

#include "render/unicode.h"

namespace jaa::render {
namespace {

using Kind = LineMark::Kind;

Ink ink(const LineMark& mark) {
  return mark.is_primary ? Ink::Primary : Ink::Secondary;
}

// Whether `a`, made wider by `padding`, and `b` share a column or touch at a start.
bool overlap(const LineMark& a, const LineMark& b, size_t padding) {
  const auto within = [](size_t at, size_t begin, size_t end) { return begin <= at && at < end; };
  return within(a.start.column, b.start.column, b.end.column) ||
         within(b.start.column, a.start.column, a.end.column + padding);
}

bool same_columns(const LineMark& a, const LineMark& b) {
  return a.start == b.start && a.end.column == b.end.column && a.end.scalar == b.end.scalar;
}

}  // namespace

void Gutter::draw(Canvas& canvas, const Decor& decor, size_t row, size_t number) const {
  const std::string digits = std::to_string(number);
  canvas.put(row, 0, std::string(minus(number_width, digits.size()), ' ') + digits,
             Ink::LineNumber);
  canvas.put(row, separator_column(), decor.separator, Ink::LineNumber);
}

void LinePainter::close(size_t row) {
  canvas_.put(row, gutter_.separator_column(), decor_.section_end, Ink::LineNumber);
}

std::vector<OpenSpan> LinePainter::run(const MarkedLine& marked, bool closes) {
  const std::string code = printable(marked.line.text);
  row_ = canvas_.row_count();
  left_ = margin_.draw(canvas_, decor_, row_, gutter_.code_column(), code);
  gutter_.draw(canvas_, decor_, row_, marked.line.number);
  if (marked.marks.empty()) {
    if (closes) {
      close(row_ + 1);
    }
    return {};
  }
  if (draw_short_start(marked, code)) {
    return spans_;
  }
  place(marked);
  for (size_t level = 0; level <= depth_; ++level) {
    canvas_.put(row_ + level + 1, gutter_.separator_column(), decor_.separator, Ink::LineNumber);
  }
  if (closes) {
    close(row_ + depth_ + 1);
  }
  draw_horizontals();
  draw_verticals();
  draw_labels();
  draw_underlines();
  cut_long_spans();
  for (const Placed& placed : placed_) {
    if (placed.mark->takes_space()) {
      spans_.push_back({placed.mark->depth, placed.mark->is_primary});
    }
  }
  return spans_;
}

// A line with nothing but vertical lines, or with a multi-line span that starts at
// the line's first character, needs no row below it:
//
//     2 | / fn foo() {
//     3 | | }
//       | |_^ label
bool LinePainter::draw_short_start(const MarkedLine& marked, std::string_view code) {
  for (const LineMark& mark : marked.marks) {
    if (mark.kind == Kind::Inner) {
      continue;
    }
    if (mark.kind != Kind::Start) {
      return false;
    }
    // The columns before the mark are cells of `code`, which has no tabs left.
    size_t at = 0;
    for (size_t cell = 0; cell < mark.start.column && at < code.size(); ++cell) {
      const Scalar scalar = decode(code, at);
      if (!is_space(scalar.value)) {
        return false;
      }
      at += scalar.length;
    }
  }
  for (const LineMark& mark : marked.marks) {
    if (mark.kind == Kind::Start) {
      canvas_.put(row_, gutter_.span_column(mark.depth),
                  decor_.marks(mark.is_primary).whole_line_start, ink(mark));
      spans_.push_back({mark.depth, mark.is_primary});
    }
  }
  return true;
}

// Finds the row of each label. The rightmost mark's label goes behind its
// underline if nothing is in the way; the others hang below, each further down
// than the one to its right:
//
//     vec.push(vec.pop().unwrap());
//     ---      ---                - level 0
//     |        |
//     |        level 1
//     level 2
void LinePainter::place(const MarkedLine& marked) {
  for (const LineMark& mark : marked.marks) {
    placed_.push_back({&mark});
  }
  std::stable_sort(placed_.begin(), placed_.end(), [](const Placed& a, const Placed& b) {
    return std::tuple(b.mark->start.column, b.mark->start.scalar) <
           std::tuple(a.mark->start.column, a.mark->start.scalar);
  });
  size_t level = 0;
  for (size_t index = 0; index < placed_.size(); ++index) {
    const LineMark& mark = *placed_[index].mark;
    for (size_t other = 0; other < placed_.size(); ++other) {
      const LineMark& next = *placed_[other].mark;
      if (!overlap(next, mark, 0)) {
        continue;
      }
      placed_[index].overlaps |= other != index;
      // A label above an overlapping mark moves down, but a mark without a label
      // at the very same place is no obstacle.
      if (mark.has_label() && other > index && level == 0 &&
          (next.has_label() || !same_columns(next, mark))) {
        ++level;
        break;
      }
    }
    placed_[index].level = level;
    for (size_t other = index + 1; other < placed_.size(); ++other) {
      const LineMark& next = *placed_[other].mark;
      const size_t label = next.has_label() ? next.label.size() + 2 : 0;
      const bool collides = overlap(next, mark, label);
      const bool ends_before = std::tuple(next.end.column, next.end.scalar) <=
                               std::tuple(mark.end.column, mark.end.scalar);
      if ((collides && mark.has_label() && next.has_label()) ||
          (mark.takes_space() && next.has_label()) || (mark.has_label() && next.takes_space()) ||
          (mark.takes_space() && next.takes_space()) ||
          (collides && ends_before && next.has_label() && level == 0)) {
        ++level;
        break;
      }
    }
    depth_ = std::max(depth_, level);
  }
  if (depth_ != 0) {
    ++depth_;
  }
  // Spans that only start here are led to the left in reverse order, so that
  // their lines cross less, and need no row for labels.
  if (std::all_of(placed_.begin(), placed_.end(),
                  [](const Placed& placed) { return placed.mark->kind == Kind::Start; })) {
    size_t deepest = 0;
    for (const Placed& placed : placed_) {
      deepest = std::max(deepest, placed.level);
    }
    for (Placed& placed : placed_) {
      placed.level = deepest - placed.level;
    }
    depth_ = minus(depth_, 1);
  }
}

void LinePainter::draw_horizontals() {
  for (const Placed& placed : placed_) {
    const LineMark& mark = *placed.mark;
    if (mark.takes_space()) {
      canvas_.fill(row_ + placed.level + 1, gutter_.span_column(mark.depth) + 1, column(mark.start),
                   decor_.marks(mark.is_primary).horizontal, ink(mark));
    }
  }
}

void LinePainter::draw_verticals() {
  for (const Placed& placed : placed_) {
    const LineMark& mark = *placed.mark;
    const Marks& marks = decor_.marks(mark.is_primary);
    const size_t row = row_ + placed.level + 1;
    const size_t start = column(mark.start);
    if (placed.level > 0 && (mark.has_label() || mark.takes_space())) {
      for (size_t above = row_ + 1; above <= row; ++above) {
        canvas_.put(above, start, mark.kind == Kind::Inner ? marks.vertical : marks.label_stem,
                    ink(mark));
      }
      if (mark.kind == Kind::Start) {
        canvas_.put(row, start, marks.start_corner, ink(mark));
      } else if (mark.kind == Kind::End && mark.has_label()) {
        canvas_.put(row, start, marks.end_corner_with_label, ink(mark));
      }
    }
    if (!mark.takes_space()) {
      continue;
    }
    const size_t left = gutter_.span_column(mark.depth);
    const bool is_start = mark.kind == Kind::Start;
    const size_t begin = is_start ? row + 1 : row_;
    const size_t end = is_start ? row_ + depth_ + 2 : row;
    canvas_.put(row, left, is_start ? marks.corner_top : marks.corner_bottom, ink(mark));
    for (size_t at = begin; at < end; ++at) {
      canvas_.put(at, left, marks.vertical, ink(mark));
    }
  }
}

void LinePainter::draw_labels() {
  for (const Placed& placed : placed_) {
    const LineMark& mark = *placed.mark;
    if (!mark.has_label()) {
      continue;
    }
    // Behind the underline, or one row below the foot of the stem.
    const size_t behind = mark.end.column + (mark.end.column == 0 ? 2 : 1);
    const size_t row = row_ + placed.level + (placed.level == 0 ? 1 : 2);
    const size_t at = placed.level == 0 ? behind : mark.start.column;
    canvas_.put(row, gutter_.code_column() + minus(at, left_), mark.label, ink(mark));
  }
}

void LinePainter::draw_underlines() {
  // The narrow over the wide, and the primary over its equals.
  std::stable_sort(placed_.begin(), placed_.end(), [](const Placed& a, const Placed& b) {
    return std::tuple(b.mark->width(), a.mark->is_primary) <
           std::tuple(a.mark->width(), b.mark->is_primary);
  });
  for (const Placed& placed : placed_) {
    const LineMark& mark = *placed.mark;
    const Marks& marks = decor_.marks(mark.is_primary);
    const size_t row = row_ + 1;
    for (size_t at = mark.start.column; at < mark.end.column; ++at) {
      canvas_.put(row, minus(gutter_.code_column() + at, left_), marks.underline, ink(mark));
    }
    const bool is_start = mark.kind == Kind::Start;
    char32_t first = 0;
    if (mark.takes_space()) {
      if (placed.level == 0) {
        first = is_start ? marks.turn_left_at_start : marks.turn_left_at_end;
      } else {
        first = is_start ? marks.start_down : marks.end_up;
      }
    } else if (placed.level > 0 && mark.has_label()) {
      first = marks.label_start;
    }
    if (first != 0) {
      canvas_.put(row, column(mark.start), first, ink(mark));
    }
  }
}

// A span much wider than the terminal loses its middle.
void LinePainter::cut_long_spans() {
  for (const Placed& placed : placed_) {
    const LineMark& mark = *placed.mark;
    const size_t width = mark.width();
    if (placed.overlaps || mark.kind != Kind::Single || width <= margin_.width() * 2 ||
        width <= 10) {
      continue;
    }
    const size_t kept = std::max<size_t>(margin_.width() / 3, 5);
    for (const size_t row : {row_, row_ + 1}) {
      canvas_.replace(row, mark.start.column + kept, minus(mark.end.column, kept), decor_.cut);
    }
  }
}

}  // namespace jaa::render
