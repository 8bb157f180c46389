// The characters that snippets are drawn with: rustc's ASCII set and its Unicode
// set (`--error-format=human-unicode`).
#pragma once

#include <string_view>

namespace jaa::render {

// The marks of one span. In the pictures `X` is code.
//
//     ┏━━━━━┛        turn_left_at_start (┛), corner_top (┏), horizontal (━)
//     ┃   X          vertical (┃)
//     ┗━━━━┛ label   corner_bottom (┗), turn_left_at_end (┛)
struct Marks {
  char32_t underline;
  char32_t label_start;  // an underline's first character when its label hangs below
  char32_t label_stem;   // from there down to the label
  char32_t vertical;
  char32_t horizontal;
  char32_t whole_line_start;  // a span that begins at the first character of its line
  char32_t start_down;        // a start whose line turns left further down
  char32_t start_corner;      // where it turns
  char32_t corner_top;
  char32_t turn_left_at_start;
  char32_t corner_bottom;
  char32_t end_up;  // an end that is reached from further down
  char32_t turn_left_at_end;
  char32_t end_corner_with_label;
};

struct Decor {
  bool is_unicode;
  char32_t separator;              // between line numbers and code
  std::string_view section_start;  // of a suggestion
  std::string_view section_end;
  std::string_view note;             // the last note of a section
  std::string_view note_continued;   // a note with more below it
  std::string_view file_first;       // before the path: first of its section, ..
  std::string_view file_later;       // .. further down
  std::string_view file_other;       // .. a file other than the primary one
  std::string_view next_suggestion;  // between parts of one suggestion
  std::string_view cut;              // stands for text that is left out
  char32_t replaced;                 // a line that differs from the source
  Marks primary;
  Marks secondary;

  [[nodiscard]] const Marks& marks(bool is_primary) const {
    return is_primary ? primary : secondary;
  }
};

[[nodiscard]] const Decor& decor(bool unicode);

}  // namespace jaa::render
