#include "render/snippet.h"

#include <algorithm>
#include <string>
#include <vector>

#include "render/line_painter.h"
#include "render/margin.h"
#include "render/unicode.h"

namespace jaa::render {
namespace {

bool has_primary(const MarkedLine& marked) {
  return std::any_of(marked.marks.begin(), marked.marks.end(),
                     [](const LineMark& mark) { return mark.is_primary; });
}

// The line and column that stand after the path: of the first primary mark in
// the group's own file, else of the first mark.
std::string origin(const base::SourceFiles& sources, const Snippet& snippet,
                   const MarkedLines& lines, bool is_primary) {
  std::string text(sources.display(snippet.file));
  auto line = lines.lines.begin();
  if (is_primary) {
    const auto found = std::find_if(lines.lines.begin(), lines.lines.end(), has_primary);
    line = found == lines.lines.end() ? line : found;
  }
  if (line == lines.lines.end() || line->marks.empty()) {
    return text;
  }
  const LineMark* mark = &line->marks.front();
  if (is_primary) {
    mark = &*std::min_element(
        line->marks.begin(), line->marks.end(), [](const LineMark& a, const LineMark& b) {
          return a.is_primary != b.is_primary ? a.is_primary : a.start.scalar < b.start.scalar;
        });
  }
  return text + ":" + std::to_string(line->line.number) + ":" +
         std::to_string(mark->start.scalar + 1);
}

// The lines of a snippet, top to bottom, with the vertical lines of the spans
// that are open between them.
class SnippetPainter {
 public:
  SnippetPainter(Canvas& canvas, const Snippet& snippet, const MarkedLines& lines,
                 const SnippetContext& context)
      : canvas_(canvas),
        snippet_(snippet),
        lines_(lines.lines),
        context_(context),
        gutter_{context.number_width, context.depth},
        margin_(lines_, minus(context.width, gutter_.code_column())) {}

  void run() {
    for (size_t index = 0; index < lines_.size(); ++index) {
      const bool is_last = index + 1 == lines_.size();
      const size_t first_row = canvas_.row_count();
      LinePainter painter(canvas_, context_.decor, gutter_, margin_);
      const std::vector<OpenSpan> changed =
          painter.run(lines_[index], is_last && !context_.is_continued);
      // Spans seen for the first time open below this line, the others close.
      std::vector<OpenSpan> opened;
      for (const OpenSpan& span : changed) {
        const auto known = std::find_if(open_.begin(), open_.end(), [&span](const OpenSpan& other) {
          return other.depth == span.depth;
        });
        if (known != open_.end()) {
          open_.erase(known);
        } else {
          opened.push_back(span);
        }
      }
      draw_open(open_, first_row);
      if (!is_last) {
        draw_gap(lines_[index], lines_[index + 1]);
      }
      open_.insert(open_.end(), opened.begin(), opened.end());
    }
  }

 private:
  // From `first_row` to the end of the canvas.
  void draw_open(const std::vector<OpenSpan>& spans, size_t first_row) {
    for (const OpenSpan& span : spans) {
      for (size_t row = first_row; row < canvas_.row_count(); ++row) {
        canvas_.put(row, gutter_.span_column(span.depth),
                    context_.decor.marks(span.is_primary).vertical,
                    span.is_primary ? Ink::Primary : Ink::Secondary);
      }
    }
  }

  // One line between two marked ones is shown, more are elided.
  void draw_gap(const MarkedLine& above, const MarkedLine& below) {
    const size_t distance = below.line.number - above.line.number;
    if (distance < 2) {
      return;
    }
    const size_t row = canvas_.row_count();
    if (distance == 2) {
      const SourceLine between =
          source_line(context_.sources, snippet_.file, above.line.number + 1);
      margin_.draw(canvas_, context_.decor, row, gutter_.code_column(), printable(between.text));
      gutter_.draw(canvas_, context_.decor, row, between.number);
    } else if (context_.decor.is_unicode) {
      canvas_.put(row, gutter_.separator_column(), U'‡', Ink::LineNumber);
    } else {
      canvas_.put(row, 0, "...", Ink::LineNumber);
    }
    draw_open(open_, row);
    std::vector<OpenSpan> starting;
    for (const LineMark& mark : above.marks) {
      if (mark.kind == LineMark::Kind::Start) {
        starting.push_back({mark.depth, mark.is_primary});
      }
    }
    draw_open(starting, row);
  }

  Canvas& canvas_;
  const Snippet& snippet_;
  const std::vector<MarkedLine>& lines_;
  const SnippetContext& context_;
  Gutter gutter_;
  Margin margin_;
  std::vector<OpenSpan> open_;
};

}  // namespace

void draw_snippet(Canvas& canvas, const Snippet& snippet, const MarkedLines& lines,
                  const SnippetContext& context) {
  const size_t separator = context.number_width + 1;
  const Decor& decor = context.decor;
  size_t row = canvas.row_count();
  std::string_view arrow = context.is_first ? decor.file_first : decor.file_later;
  if (!context.is_primary) {
    canvas.put(row++, separator, decor.separator, Ink::LineNumber);
    arrow = decor.file_other;
  }
  canvas.append(row, std::string(context.number_width, ' '), Ink::Plain);
  canvas.append(row, arrow, Ink::LineNumber);
  canvas.append(row, origin(context.sources, snippet, lines, context.is_primary), Ink::Plain);
  canvas.put(row + 1, separator, decor.separator, Ink::LineNumber);
  SnippetPainter(canvas, snippet, lines, context).run();
}

}  // namespace jaa::render
