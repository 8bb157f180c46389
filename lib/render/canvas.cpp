#include "render/canvas.h"

#include <algorithm>

#include "render/unicode.h"

namespace jaa::render {
namespace {

constexpr std::string_view Reset = "\x1b[0m";
constexpr std::string_view Bold = "\x1b[1m";
constexpr std::string_view BoldBlue = "\x1b[1m\x1b[94m";
constexpr std::string_view Green = "\x1b[92m";
constexpr std::string_view Red = "\x1b[91m";

std::string_view level_escape(base::Level level) {
  switch (level) {
    case base::Level::Error:
      return "\x1b[1m\x1b[91m";
    case base::Level::Warning:
      return "\x1b[1m\x1b[33m";
    case base::Level::Note:
      return "\x1b[1m\x1b[92m";
    case base::Level::Help:
      return "\x1b[1m\x1b[96m";
  }
  return {};
}

}  // namespace

std::string_view Canvas::escape(Ink ink) const {
  switch (ink) {
    case Ink::Plain:
    case Ink::Code:
      return {};
    case Ink::Emphasis:
      return Bold;
    case Ink::LineNumber:
    case Ink::Secondary:
      return BoldBlue;
    case Ink::Primary:
    case Ink::Level:
      return level_escape(level_);
    case Ink::Addition:
      return Green;
    case Ink::Removal:
      return Red;
  }
  return {};
}

void Canvas::put(size_t row, size_t column, char32_t character, Ink ink) {
  if (row >= rows_.size()) {
    rows_.resize(row + 1);
  }
  if (column >= rows_[row].size()) {
    rows_[row].resize(column + 1);
  }
  rows_[row][column] = {character, ink};
}

void Canvas::put(size_t row, size_t column, std::string_view text, Ink ink) {
  for (size_t at = 0; at < text.size();) {
    const Scalar scalar = decode(text, at);
    put(row, column++, scalar.value, ink);
    at += scalar.length;
  }
}

void Canvas::append(size_t row, std::string_view text, Ink ink) {
  put(row, row < rows_.size() ? rows_[row].size() : 0, text, ink);
}

void Canvas::fill(size_t row, size_t begin, size_t end, char32_t character, Ink ink) {
  for (size_t column = begin; column < end; ++column) {
    put(row, column, character, ink);
  }
}

void Canvas::paint(size_t row, size_t begin, size_t end, Ink ink) {
  if (row >= rows_.size()) {
    return;
  }
  end = std::min(end, rows_[row].size());
  for (size_t column = begin; column < end; ++column) {
    rows_[row][column].ink = ink;
  }
}

void Canvas::replace(size_t row, size_t begin, size_t end, std::string_view text) {
  const size_t length = count_scalars(text);
  if (row >= rows_.size() || begin + length > end || end > rows_[row].size()) {
    return;
  }
  auto& cells = rows_[row];
  using Offset = std::vector<Cell>::difference_type;
  cells.erase(cells.begin() + static_cast<Offset>(begin),
              cells.begin() + static_cast<Offset>(end - length));
  put(row, begin, text, Ink::LineNumber);
}

std::string Canvas::print(bool color) const {
  std::string text;
  for (size_t row = 0; row < rows_.size(); ++row) {
    if (row != 0) {
      text.push_back('\n');
    }
    std::string_view current;
    for (const Cell& cell : rows_[row]) {
      const std::string_view wanted = color ? escape(cell.ink) : std::string_view();
      if (wanted != current) {
        text.append(current.empty() ? current : Reset);
        text.append(wanted);
        current = wanted;
      }
      append_utf8(cell.character, text);
    }
    text.append(current.empty() ? current : Reset);
  }
  return text;
}

}  // namespace jaa::render
