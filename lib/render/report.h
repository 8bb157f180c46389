// A report in the form rustc prints: groups of a title, snippets, suggestions
// and notes, laid out as rustc 1.95 lays them out.
//
// The layout follows measurements of rustc's output and the published rules of
// its emitter, down to the column; `report_test.cpp` replays recorded rustc
// diagnostics and compares.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/finding.h"
#include "base/source_files.h"

namespace jaa::render {

struct Annotation {
  base::Span span;
  bool is_primary = false;
  std::string label;
};

// Source of one file with marks. The annotations are all in `file`.
struct Snippet {
  base::FileId file;
  std::vector<Annotation> annotations;
};

// The source of one file as it would be after some edits, all in `file`.
struct Suggestion {
  base::FileId file;
  std::vector<base::Edit> edits;
};

// A line below a snippet: "= note: ..".
struct Message {
  base::Level level = base::Level::Note;
  std::string text;
};

using Element = std::variant<Snippet, Suggestion, Message>;

struct Group {
  base::Level level = base::Level::Error;
  std::string code;  // shown in brackets after the level; empty: none
  std::string title;
  std::vector<Element> elements;
};

// The first group is the diagnostic itself, the others belong to it.
using Report = std::vector<Group>;

struct Layout {
  bool color = false;
  bool unicode = false;
  size_t width = 140;
};

[[nodiscard]] std::string_view level_name(base::Level level);

// Sorts annotations into one snippet a file: the file of the first primary
// annotation first, the others in order of appearance. Annotations whose span
// does not fit its file are left out.
[[nodiscard]] std::vector<Element> snippets(std::vector<Annotation> annotations,
                                            const base::SourceFiles& sources);

// The report's text, without a line end after the last line.
[[nodiscard]] std::string print(const Report& report, const base::SourceFiles& sources,
                                const Layout& layout);

}  // namespace jaa::render
