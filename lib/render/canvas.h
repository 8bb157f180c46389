// A sheet of characters, each with a style, written to in any order and then
// printed as text, with ANSI colours or without.
//
// A cell holds one scalar whatever its width, so a line of source with wide
// characters has fewer cells than columns; marks below it are placed by column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"

namespace jaa::render {

// What a character is, from which its colour follows.
enum class Ink : uint8_t {
  Plain,
  Emphasis,    // the main message
  LineNumber,  // the gutter and all its signs
  Code,        // source text
  Primary,     // marks and label of the place in question
  Secondary,   // of the places that explain it
  Level,       // the level's own word
  Addition,
  Removal,
};

class Canvas {
 public:
  // `level` gives `Primary` and `Level` their colour.
  explicit Canvas(base::Level level) : level_(level) {}

  [[nodiscard]] size_t row_count() const { return rows_.size(); }
  // Rows and columns spring into being when they are written to.
  void put(size_t row, size_t column, char32_t character, Ink ink);
  void put(size_t row, size_t column, std::string_view text, Ink ink);
  // At the end of the row.
  void append(size_t row, std::string_view text, Ink ink);
  void fill(size_t row, size_t begin, size_t end, char32_t character, Ink ink);
  // Colours what is there already; passes over what is not.
  void paint(size_t row, size_t begin, size_t end, Ink ink);
  // Puts `text` in the place of the cells `[begin, end)`, if they all exist.
  void replace(size_t row, size_t begin, size_t end, std::string_view text);

  // The rows, separated by line feeds, without one at the end.
  [[nodiscard]] std::string print(bool color) const;

 private:
  struct Cell {
    char32_t character = ' ';
    Ink ink = Ink::Plain;
  };
  [[nodiscard]] std::string_view escape(Ink ink) const;

  base::Level level_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace jaa::render
