#include "render/decor.h"

namespace jaa::render {
namespace {

constexpr Marks ascii_marks(char32_t underline) {
  return {.underline = underline,
          .label_start = underline,
          .label_stem = '|',
          .vertical = '|',
          .horizontal = '_',
          .whole_line_start = '/',
          .start_down = underline,
          .start_corner = '|',
          .corner_top = ' ',
          .turn_left_at_start = underline,
          .corner_bottom = '|',
          .end_up = underline,
          .turn_left_at_end = underline,
          .end_corner_with_label = '|'};
}

constexpr Decor Ascii{.is_unicode = false,
                      .separator = '|',
                      .section_start = "|",
                      .section_end = "|",
                      .note = "= ",
                      .note_continued = "= ",
                      .file_first = "--> ",
                      .file_later = "--> ",
                      .file_other = "::: ",
                      .next_suggestion = "|",
                      .cut = "...",
                      .replaced = '~',
                      .primary = ascii_marks('^'),
                      .secondary = ascii_marks('-')};

constexpr Decor Unicode{.is_unicode = true,
                        .separator = U'│',
                        .section_start = "╭╴",
                        .section_end = "╰╴",
                        .note = "╰ ",
                        .note_continued = "├ ",
                        .file_first = " ╭▸ ",
                        .file_later = " ├▸ ",
                        .file_other = " ⸬  ",
                        .next_suggestion = "├╴",
                        .cut = "…",
                        .replaced = U'±',
                        .primary = {.underline = U'━',
                                    .label_start = U'┯',
                                    .label_stem = U'│',
                                    .vertical = U'┃',
                                    .horizontal = U'━',
                                    .whole_line_start = U'┏',
                                    .start_down = U'╿',
                                    .start_corner = U'┙',
                                    .corner_top = U'┏',
                                    .turn_left_at_start = U'┛',
                                    .corner_bottom = U'┗',
                                    .end_up = U'╿',
                                    .turn_left_at_end = U'┛',
                                    .end_corner_with_label = U'┥'},
                        .secondary = {.underline = U'─',
                                      .label_start = U'┬',
                                      .label_stem = U'│',
                                      .vertical = U'│',
                                      .horizontal = U'─',
                                      .whole_line_start = U'┌',
                                      .start_down = U'│',
                                      .start_corner = U'┘',
                                      .corner_top = U'┌',
                                      .turn_left_at_start = U'┘',
                                      .corner_bottom = U'└',
                                      .end_up = U'│',
                                      .turn_left_at_end = U'┘',
                                      .end_corner_with_label = U'┤'}};

}  // namespace

const Decor& decor(bool unicode) {
  return unicode ? Unicode : Ascii;
}

}  // namespace jaa::render
