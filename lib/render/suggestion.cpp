#include "render/suggestion.h"

#include <algorithm>
#include <string>
#include <vector>

#include "render/unicode.h"

namespace jaa::render {
namespace {

// Up to so many unchanged lines between changed ones are all shown.
constexpr size_t ShownBetween = 3;

class SuggestionPainter {
 public:
  SuggestionPainter(Canvas& canvas, base::FileId file, const Splice& splice,
                    const SuggestionContext& context)
      : canvas_(canvas),
        file_(file),
        splice_(splice),
        context_(context),
        sign_column_(context.number_width + 1),
        code_column_(context.number_width + 3) {}

  void run() {
    draw_head();
    first_code_row_ = row_;
    if (splice_.lines.empty()) {
      draw_removed(splice_.first_line, splice_.last_line, Ink::Removal);
    }
    std::vector<size_t> unchanged;
    for (size_t index = 0; index < splice_.lines.size(); ++index) {
      if (splice_.lines[index].highlights.empty()) {
        unchanged.push_back(index);
        continue;
      }
      draw_unchanged(unchanged);
      unchanged.clear();
      draw_line(index);
    }
    if (splice_.style == SpliceStyle::Underline) {
      draw_underlines();
    } else if (splice_.style == SpliceStyle::Diff) {
      paint_removed();
    }
    if (context_.is_continued) {
      canvas_.put(row_, sign_column_, context_.decor.separator, Ink::LineNumber);
    } else {
      canvas_.put(row_, sign_column_, context_.decor.section_end, Ink::LineNumber);
    }
  }

 private:
  void draw_head() {
    row_ = canvas_.row_count();
    if (context_.is_next_part) {
      // The line that ended the part before.
      canvas_.put(row_ - 1, sign_column_, context_.decor.next_suggestion, Ink::LineNumber);
      return;
    }
    if (!context_.shows_path) {
      canvas_.put(row_++, sign_column_, context_.decor.section_start, Ink::LineNumber);
      return;
    }
    const Decor& decor = context_.decor;
    const std::string_view arrow = context_.is_first ? decor.file_first : decor.file_later;
    const Place place = locate(context_.sources, file_, splice_.edits.front().span.begin);
    const std::string path = std::string(context_.sources.display(file_)) + ":" +
                             std::to_string(place.line) + ":" + std::to_string(place.scalar + 1);
    canvas_.put(row_, context_.number_width, arrow, Ink::LineNumber);
    const size_t path_column = std::max(sign_column_, count_scalars(arrow));
    canvas_.put(row_, context_.number_width + path_column, path, Ink::Plain);
    canvas_.put(row_ + 1, sign_column_, decor.separator, Ink::LineNumber);
    row_ += 2;
  }

  void draw_number(size_t number) {
    const std::string digits = std::to_string(number);
    canvas_.put(row_, minus(context_.number_width, digits.size()), digits, Ink::LineNumber);
  }

  // The source's own lines, with a minus sign.
  void draw_removed(size_t first, size_t last, Ink ink) {
    for (size_t number = first; number <= last; ++number) {
      draw_number(number);
      canvas_.put(row_, sign_column_, "- ", Ink::Removal);
      canvas_.put(row_++, code_column_,
                  printable(source_line(context_.sources, file_, number).text), ink);
    }
  }

  void draw_unchanged(const std::vector<size_t>& lines) {
    if (lines.size() <= ShownBetween) {
      for (const size_t index : lines) {
        draw_line(index);
      }
      return;
    }
    draw_line(lines.front());
    const std::string_view cut = context_.decor.cut;
    canvas_.put(row_++, minus(context_.number_width, count_scalars(cut)), cut, Ink::LineNumber);
    draw_line(lines.back());
  }

  void draw_line(size_t index) {
    const SplicedLine& line = splice_.lines[index];
    if (splice_.style == SpliceStyle::Diff) {
      const size_t last = splice_.last_touched;
      // An old last line that equals the new line is shown in neither form.
      const bool is_kept = source_line(context_.sources, file_, last).text == line.text;
      draw_removed(splice_.first_touched, is_kept ? last - 1 : last, Ink::Plain);
      removed_rows_ = row_ - first_code_row_;
      if (is_kept || is_blank(line.text)) {
        return;
      }
    }
    if (splice_.style == SpliceStyle::Plain) {
      for (const size_t number : line.removed) {
        draw_removed(number, number, Ink::Removal);
      }
    }
    draw_number(splice_.first_line + index);
    const auto [sign, ink] = sign_of(line);
    canvas_.put(row_, sign_column_, sign, ink);
    if (splice_.lines.size() == 1 || ink == Ink::Addition) {
      canvas_.put(row_, sign_column_ + 1, U' ', ink);
    }
    canvas_.put(row_, code_column_, printable(line.text), Ink::Plain);
    for (const Highlight& highlight : line.highlights) {
      paint_added(line.text, highlight);
    }
    ++row_;
  }

  [[nodiscard]] std::pair<char32_t, Ink> sign_of(const SplicedLine& line) const {
    const auto& highlights = line.highlights;
    const bool is_single = splice_.lines.size() == 1;
    const bool is_new =
        highlights.size() == 1 && highlights[0].begin == 0 && highlights[0].end == line.text.size();
    const bool is_unchanged =
        highlights.empty() ||
        (highlights.size() == 1 && highlights[0].begin == 0 && highlights[0].end == 0);
    const bool adds = splice_.style == SpliceStyle::Diff || splice_.style == SpliceStyle::Add;
    if (is_single ? adds : is_new) {
      return {'+', Ink::Addition};
    }
    if (is_single || is_unchanged) {
      return {context_.decor.separator, Ink::LineNumber};
    }
    return {context_.decor.replaced, Ink::Addition};
  }

  void paint_added(std::string_view text, const Highlight& highlight) {
    size_t tabs = 0;
    size_t at = 0;
    for (size_t count = 0; count < highlight.begin && at < text.size(); ++count) {
      const Scalar scalar = decode(text, at);
      tabs += scalar.value == '\t' ? 3 : 0;
      at += scalar.length;
    }
    canvas_.paint(row_, code_column_ + highlight.begin + tabs, code_column_ + highlight.end + tabs,
                  Ink::Addition);
  }

  // `+++` below what is added, `~~~` below what is replaced. An edit moves the
  // text behind it, so later marks are shifted by what the earlier edits added.
  void draw_underlines() {
    int64_t shift = 0;
    for (const TrimmedEdit& edit : splice_.edits) {
      const Place begin = locate(context_.sources, file_, edit.span.begin);
      const Place end = locate_end(context_.sources, edit.span);
      const bool is_space = is_blank(edit.text);
      const std::string_view marked = is_space ? std::string_view(edit.text) : trim(edit.text);
      const size_t lead = is_space ? 0 : edit.text.find(marked);
      const auto start = static_cast<size_t>(
          std::max<int64_t>(0, static_cast<int64_t>(begin.column + lead) + shift));
      canvas_.fill(row_, code_column_ + start, code_column_ + start + width(marked),
                   is_addition(edit, context_.sources) ? U'+' : context_.decor.replaced,
                   Ink::Addition);
      shift += static_cast<int64_t>(width(edit.text)) - static_cast<int64_t>(end.column) +
               static_cast<int64_t>(begin.column);
    }
  }

  // Colours, in the old lines, the text that goes.
  void paint_removed() {
    if (splice_.lines.empty()) {
      return;
    }
    for (const TrimmedEdit& edit : splice_.edits) {
      const Place begin = locate(context_.sources, file_, edit.span.begin);
      const Place end = locate_end(context_.sources, edit.span);
      for (size_t number = begin.line; number <= end.line && !edit.span.is_empty(); ++number) {
        const size_t row = number - splice_.first_touched;
        if (row >= removed_rows_) {
          break;
        }
        const size_t from = number == begin.line ? begin.column : 0;
        const size_t line_width = width(source_line(context_.sources, file_, number).text);
        const size_t to = number == end.line ? end.column : line_width;
        canvas_.paint(first_code_row_ + row, code_column_ + from, code_column_ + to, Ink::Removal);
      }
    }
  }

  Canvas& canvas_;
  base::FileId file_;
  const Splice& splice_;
  const SuggestionContext& context_;
  size_t sign_column_;
  size_t code_column_;
  size_t row_ = 0;  // the next to write
  size_t first_code_row_ = 0;
  size_t removed_rows_ = 0;
};

}  // namespace

void draw_suggestion(Canvas& canvas, base::FileId file, const Splice& splice,
                     const SuggestionContext& context) {
  SuggestionPainter(canvas, file, splice, context).run();
}

}  // namespace jaa::render
