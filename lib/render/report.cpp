#include "render/report.h"

#include <algorithm>
#include <optional>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "render/canvas.h"
#include "render/decor.h"
#include "render/line_marks.h"
#include "render/snippet.h"
#include "render/splice.h"
#include "render/suggestion.h"
#include "render/unicode.h"

namespace jaa::render {
namespace {

// An element with what must be known of all elements before the first is drawn.
struct Prepared {
  const Element* element;
  MarkedLines lines;  // of a snippet
  Splice change;      // of a suggestion
};

struct PreparedGroup {
  const Group* group;
  std::vector<Prepared> elements;
  size_t depth = 0;
  std::optional<base::FileId> file;  // of its first snippet
};

class Printer {
 public:
  Printer(const Report& report, const base::SourceFiles& sources, const Layout& layout)
      : sources_(sources), layout_(layout), decor_(decor(layout.unicode)) {
    for (const Group& group : report) {
      groups_.push_back(prepare(group));
    }
    number_width_ = std::to_string(largest_number_).size();
  }

  std::string run() {
    std::string text;
    for (size_t index = 0; index < groups_.size(); ++index) {
      text += index == 0 ? "" : "\n";
      text += print(groups_[index], index == 0);
    }
    return text;
  }

 private:
  PreparedGroup prepare(const Group& group) {
    PreparedGroup prepared{&group, {}, 0, std::nullopt};
    for (const Element& element : group.elements) {
      Prepared next{&element, {}, {}};
      if (const auto* snippet = std::get_if<Snippet>(&element)) {
        next.lines = mark_lines(*snippet, sources_);
        for (const Annotation& annotation : snippet->annotations) {
          largest_number_ = std::max(largest_number_, last_line(sources_, annotation.span));
        }
        prepared.depth = std::max(prepared.depth, next.lines.depth);
        if (!prepared.file) {
          prepared.file = snippet->file;
        }
      } else if (const auto* suggestion = std::get_if<Suggestion>(&element)) {
        next.change = splice(*suggestion, sources_);
        if (next.change.edits.empty()) {
          continue;
        }
        largest_number_ = std::max(largest_number_, next.change.largest_number());
      }
      prepared.elements.push_back(std::move(next));
    }
    if (!file_) {
      file_ = prepared.file;
    }
    return prepared;
  }

  std::string print(const PreparedGroup& group, bool is_main) {
    Canvas canvas(group.group->level);
    const bool has_more_groups = is_main && groups_.size() > 1;
    const auto& elements = group.elements;
    draw_title(canvas, *group.group, is_main);
    if (elements.empty() && has_more_groups) {
      canvas.put(canvas.row_count(), number_width_ + 1, decor_.section_end, Ink::LineNumber);
    } else if (!elements.empty() && std::holds_alternative<Message>(*elements[0].element)) {
      draw_separator(canvas);
    }
    bool has_seen_file = false;
    for (size_t index = 0; index < elements.size(); ++index) {
      const Element* next = index + 1 < elements.size() ? elements[index + 1].element : nullptr;
      const bool message_follows = next != nullptr && std::holds_alternative<Message>(*next);
      const Prepared& prepared = elements[index];
      if (const auto* message = std::get_if<Message>(prepared.element)) {
        draw_message(canvas, *message, next != nullptr);
      } else if (const auto* snippet = std::get_if<Snippet>(prepared.element)) {
        const bool is_primary = !has_seen_file && group.file == snippet->file;
        has_seen_file |= is_primary;
        draw_snippet(canvas, *snippet, prepared.lines,
                     {sources_, decor_, layout_.width, number_width_, group.depth, is_primary,
                      index == 0, next != nullptr || has_more_groups});
        // Below the main snippet an empty line leads on to what follows.
        if (is_main && message_follows) {
          draw_separator(canvas);
        } else if (next == nullptr && has_more_groups) {
          canvas.put(canvas.row_count(), number_width_ + 1, decor_.section_end, Ink::LineNumber);
        }
      } else if (const auto* suggestion = std::get_if<Suggestion>(prepared.element)) {
        const auto* before =
            index == 0 ? nullptr : std::get_if<Suggestion>(elements[index - 1].element);
        const std::optional<base::FileId> shown = group.file ? group.file : file_;
        draw_suggestion(canvas, suggestion->file, prepared.change,
                        {sources_, decor_, number_width_, shown != suggestion->file, index == 0,
                         before != nullptr && before->file == suggestion->file, next != nullptr});
      }
    }
    return canvas.print(layout_.color);
  }

  void draw_separator(Canvas& canvas) {
    canvas.put(canvas.row_count(), number_width_ + 1, decor_.separator, Ink::LineNumber);
  }

  void draw_title(Canvas& canvas, const Group& group, bool is_main) {
    std::string level(level_name(group.level));
    if (!group.code.empty()) {
      level += "[" + group.code + "]";
    }
    const Ink ink = is_main ? Ink::Emphasis : Ink::Plain;
    canvas.put(0, 0, level, Ink::Level);
    canvas.append(0, ": ", ink);
    draw_text(canvas, group.title, width(level) + 2, ink, false);
  }

  void draw_message(Canvas& canvas, const Message& message, bool is_continued) {
    const size_t row = canvas.row_count();
    const std::string_view level = level_name(message.level);
    canvas.put(row, number_width_ + 1, is_continued ? decor_.note_continued : decor_.note,
               Ink::LineNumber);
    canvas.append(row, level, Ink::Emphasis);
    canvas.append(row, ": ", Ink::Plain);
    draw_text(canvas, message.text, number_width_ + 3 + level.size() + 2, Ink::Plain,
              is_continued && decor_.is_unicode);
  }

  // On the last row and, for further lines of text, on new rows below its start.
  void draw_text(Canvas& canvas, llvm::StringRef text, size_t column, Ink ink, bool has_line) {
    const std::string shown = printable(text);
    llvm::SmallVector<llvm::StringRef, 4> lines;
    llvm::StringRef(shown).split(lines, '\n');
    for (size_t index = 0; index < lines.size(); ++index) {
      const size_t row = canvas.row_count() - (index == 0 ? 1 : 0);
      if (index == 0) {
        canvas.append(row, lines[index], ink);
        continue;
      }
      canvas.append(row, std::string(column, ' '), Ink::Plain);
      if (has_line) {
        canvas.put(row, number_width_ + 1, decor_.separator, Ink::LineNumber);
      }
      canvas.append(row, lines[index], ink);
    }
  }

  const base::SourceFiles& sources_;
  const Layout& layout_;
  const Decor& decor_;
  std::vector<PreparedGroup> groups_;
  size_t largest_number_ = 0;
  size_t number_width_ = 1;
  std::optional<base::FileId> file_;  // of the first snippet of all
};

}  // namespace

std::string_view level_name(base::Level level) {
  switch (level) {
    case base::Level::Error:
      return "error";
    case base::Level::Warning:
      return "warning";
    case base::Level::Note:
      return "note";
    case base::Level::Help:
      return "help";
  }
  return {};
}

std::vector<Element> snippets(std::vector<Annotation> annotations,
                              const base::SourceFiles& sources) {
  std::vector<Snippet> files;
  std::optional<base::FileId> primary;
  for (Annotation& annotation : annotations) {
    const base::Span& span = annotation.span;
    const bool fits = span.is_valid() && span.file.index() < sources.size() &&
                      span.begin <= span.end && span.end <= sources.text(span.file).size();
    if (!fits) {
      continue;
    }
    if (annotation.is_primary && !primary) {
      primary = span.file;
    }
    auto known = std::find_if(files.begin(), files.end(), [&span](const Snippet& snippet) {
      return snippet.file == span.file;
    });
    if (known == files.end()) {
      known = files.insert(files.end(), {span.file, {}});
    }
    known->annotations.push_back(std::move(annotation));
  }
  std::stable_partition(files.begin(), files.end(),
                        [&primary](const Snippet& snippet) { return snippet.file == primary; });
  return {files.begin(), files.end()};
}

std::string print(const Report& report, const base::SourceFiles& sources, const Layout& layout) {
  return Printer(report, sources, layout).run();
}

}  // namespace jaa::render
