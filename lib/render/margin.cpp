#include "render/margin.h"

#include <algorithm>
#include <limits>

#include "render/unicode.h"

namespace jaa::render {
namespace {

// Room for the sign of a cut.
constexpr size_t CutRoom = 6;
// Indentation beyond this is cut, but for some columns.
constexpr size_t LongIndent = 20;
constexpr size_t KeptIndent = 4;
constexpr size_t None = std::numeric_limits<size_t>::max();

size_t indent(std::string_view text) {
  size_t columns = 0;
  for (size_t at = 0; at < text.size();) {
    const Scalar scalar = decode(text, at);
    if (!is_space(scalar.value)) {
      return columns;
    }
    columns += scalar.value == '\t' ? 4 : 1;
    at += scalar.length;
  }
  return None;  // a blank line has no say in the matter
}

size_t zero_if_none(size_t value) {
  return value == None ? 0 : value;
}

}  // namespace

Margin::Margin(const std::vector<MarkedLine>& lines, size_t width) : width_(width) {
  size_t indentation = None;
  size_t span_left = None;
  size_t span_right = 0;
  size_t label_right = 0;
  size_t longest = 0;
  for (const MarkedLine& marked : lines) {
    indentation = std::min(indentation, indent(marked.line.text));
    longest = std::max(longest, render::width(marked.line.text));
    for (const LineMark& mark : marked.marks) {
      span_left = std::min({span_left, mark.start.column, mark.end.column});
      span_right = std::max({span_right, mark.start.column, mark.end.column});
      const size_t label = mark.has_label() ? render::width(mark.label) + 1 : 0;
      label_right = std::max(label_right, mark.end.column + label);
    }
  }
  indentation = minus(zero_if_none(indentation), CutRoom);
  span_left = minus(zero_if_none(span_left), CutRoom);
  span_right += CutRoom;
  label_right += CutRoom;

  left_ = indentation > LongIndent ? indentation - (LongIndent - KeptIndent) : 0;
  right_ = std::max(longest, left_);
  if (right_ - left_ <= width_) {
    return;
  }
  // First only indentation goes; then what surrounds spans and labels; then what
  // surrounds the spans; then all but the spans.
  if (label_right >= indentation && label_right - indentation <= width_) {
    left_ = indentation;
    right_ = left_ + width_;
  } else if (minus(label_right, span_left) <= width_) {
    left_ = minus(span_left, (width_ - minus(label_right, span_left)) / 2);
    right_ = left_ + width_;
  } else if (minus(span_right, span_left) <= width_) {
    left_ = minus(span_left, (width_ - minus(span_right, span_left)) / 5 * 2);
    right_ = left_ + width_;
  } else {
    left_ = span_left;
    right_ = span_right;
  }
}

size_t Margin::draw(Canvas& canvas, const Decor& decor, size_t row, size_t column,
                    std::string_view text) const {
  const size_t line_width = render::width(text);
  size_t left = std::min(left_, line_width);
  const size_t right =
      minus(line_width, left_) <= width_ ? line_width : std::min(line_width, right_);

  // The characters inside the window; one that straddles its left edge goes, and
  // the window moves with it.
  std::u32string shown;
  size_t skipped = 0;
  size_t taken = 0;
  const size_t window = minus(right, left);
  for (size_t at = 0; at < text.size();) {
    const Scalar scalar = decode(text, at);
    at += scalar.length;
    const size_t columns = render::width(scalar.value);
    if (skipped < left) {
      skipped += columns;
      continue;
    }
    taken += columns;
    if (taken > window) {
      break;
    }
    shown.push_back(scalar.value);
  }
  left = std::max(left, skipped);

  const size_t cut = render::width(decor.cut);
  size_t first = 0;         // of the characters shown
  size_t first_column = 0;  // and the columns before it
  if (left_ > 0) {
    while (first < shown.size() && first_column < cut) {
      first_column += render::width(shown[first++]);
    }
    canvas.put(row, column, decor.cut, Ink::LineNumber);
  }
  for (size_t index = first; index < shown.size(); ++index) {
    canvas.put(row, column + first_column + index - first, shown[index], Ink::Code);
  }
  if (line_width > right) {
    size_t covered = 0;
    size_t characters = 0;
    while (characters < shown.size() && covered < cut) {
      covered += render::width(shown[shown.size() - 1 - characters++]);
    }
    const size_t end = column + first_column + shown.size() - first;
    canvas.put(row, minus(end, characters), decor.cut, Ink::LineNumber);
  }
  return left;
}

}  // namespace jaa::render
