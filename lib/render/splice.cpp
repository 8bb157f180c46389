#include "render/splice.h"

#include <algorithm>
#include <optional>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "render/unicode.h"

namespace jaa::render {
namespace {

// `after` as `before` with one piece inserted: the lengths around the piece.
struct Insertion {
  size_t prefix = 0;
  size_t suffix = 0;
};

std::optional<Insertion> as_insertion(std::string_view before, std::string_view after) {
  if (after.starts_with(before)) {
    return Insertion{before.size(), 0};
  }
  if (after.ends_with(before)) {
    return Insertion{0, before.size()};
  }
  size_t common = 0;
  while (common < before.size() && common < after.size()) {
    const Scalar a = decode(before, common);
    const Scalar b = decode(after, common);
    if (a.value != b.value || a.length != b.length) {
      break;
    }
    common += a.length;
  }
  if (after.substr(common).ends_with(before.substr(common))) {
    return Insertion{common, before.size() - common};
  }
  return std::nullopt;
}

TrimmedEdit trimmed(const base::Edit& edit, const base::SourceFiles& sources) {
  TrimmedEdit result{edit.span, edit.span, edit.text};
  if (edit.text.empty()) {
    return result;
  }
  if (const auto piece = as_insertion(sources.text(edit.span), edit.text)) {
    result.span.begin += static_cast<uint32_t>(piece->prefix);
    result.span.end -= static_cast<uint32_t>(piece->suffix);
    result.text = edit.text.substr(piece->prefix, edit.text.size() - piece->prefix - piece->suffix);
  }
  return result;
}

bool replaces_something(const TrimmedEdit& edit, const base::SourceFiles& sources) {
  return !is_blank(sources.text(edit.span));
}

// Text goes that the new text does not contain.
bool loses_text(const TrimmedEdit& edit, const base::SourceFiles& sources) {
  if (!replaces_something(edit, sources)) {
    return false;
  }
  return is_blank(edit.text) || !as_insertion(trim(sources.text(edit.span)), trim(edit.text));
}

// In columns, but that a wide character counts as one.
size_t highlight_width(std::string_view text) {
  return count_scalars(text) + 3 * static_cast<size_t>(std::count(text.begin(), text.end(), '\t'));
}

class Splicer {
 public:
  Splicer(const base::SourceFiles& sources, base::FileId file) : sources_(sources), file_(file) {}

  // Builds the changed lines: the source up to each edit, the edit's text, and
  // in the end the rest of the last line.
  std::vector<SplicedLine> run(const std::vector<TrimmedEdit>& edits) {
    Place reached = locate(sources_, file_, edits.front().span.begin);
    reached.in_line = 0;
    reached.scalar = 0;
    for (const TrimmedEdit& edit : edits) {
      const Place begin = locate(sources_, file_, edit.span.begin);
      const Place end = locate_end(sources_, edit.span);
      if (reached.line == begin.line) {
        line_.text += line_text(reached).substr(reached.in_line, begin.in_line - reached.in_line);
      } else {
        finish(line_text(reached).substr(reached.in_line));
        for (size_t number = reached.line + 1; number < begin.line; ++number) {
          finish(source_line(sources_, file_, number).text);
        }
        line_.text += line_text(begin).substr(0, begin.in_line);
      }
      if (edit.text.empty() && begin.in_line == 0 && end.in_line == 0) {
        for (size_t number = begin.line; number < end.line; ++number) {
          line_.removed.push_back(number);
        }
      }
      insert(edit.text, begin);
      shift_ -= static_cast<int64_t>(end.scalar) - static_cast<int64_t>(begin.scalar);
      reached = end;
    }
    // After a new line of text the source's next line is no part of the change.
    if (!edits.back().text.ends_with('\n')) {
      line_.text += line_text(reached).substr(reached.in_line);
    }
    finish({});
    while (!lines_.empty() && lines_.back().text.empty() && lines_.back().removed.empty()) {
      lines_.pop_back();
    }
    return std::move(lines_);
  }

 private:
  [[nodiscard]] std::string_view line_text(const Place& place) const {
    return source_line(sources_, file_, place.line).text;
  }
  void finish(std::string_view rest) {
    line_.text += rest;
    lines_.push_back(std::move(line_));
    line_ = {};
    shift_ = 0;
  }
  void insert(llvm::StringRef text, const Place& begin) {
    llvm::SmallVector<llvm::StringRef, 4> pieces;
    text.split(pieces, '\n');
    const auto start = static_cast<int64_t>(begin.scalar) + shift_;
    for (size_t index = 0; index < pieces.size(); ++index) {
      const llvm::StringRef piece = pieces[index].rtrim('\r');
      const size_t columns = highlight_width(piece);
      const size_t at = index == 0 ? static_cast<size_t>(std::max<int64_t>(start, 0)) : 0;
      if (index != 0) {
        finish({});
      }
      line_.highlights.push_back({at, at + columns});
      line_.text += piece;
      // Further down the line, places have moved by what is longer or shorter.
      shift_ = index == 0 ? shift_ + static_cast<int64_t>(columns) : 0;
    }
  }

  const base::SourceFiles& sources_;
  base::FileId file_;
  std::vector<SplicedLine> lines_;
  SplicedLine line_;
  int64_t shift_ = 0;
};

std::string joined(const std::vector<SplicedLine>& lines) {
  std::string text;
  for (const SplicedLine& line : lines) {
    text += line.text + "\n";
  }
  return text;
}

SpliceStyle style_of(const Splice& splice, const base::SourceFiles& sources) {
  const bool is_multi_line = splice.lines.size() > 1;
  const bool loses =
      std::any_of(splice.edits.begin(), splice.edits.end(),
                  [&sources](const TrimmedEdit& edit) { return loses_text(edit, sources); });
  if (loses && !is_multi_line) {
    return SpliceStyle::Diff;
  }
  const std::string& text = splice.edits.front().text;
  const bool is_everything = splice.edits.size() == 1 && trim(text) == trim(joined(splice.lines));
  if (is_everything && text.ends_with('\n')) {
    return SpliceStyle::Add;
  }
  return is_everything || is_multi_line ? SpliceStyle::Plain : SpliceStyle::Underline;
}

}  // namespace

bool is_addition(const TrimmedEdit& edit, const base::SourceFiles& sources) {
  return !edit.text.empty() && !replaces_something(edit, sources);
}

size_t Splice::largest_number() const {
  switch (style) {
    case SpliceStyle::Underline:
      return first_line;
    case SpliceStyle::Diff:
      return last_touched;
    case SpliceStyle::Plain:
    case SpliceStyle::Add: {
      size_t largest = first_line + minus(lines.size(), 1);
      for (const SplicedLine& line : lines) {
        largest = line.removed.empty() ? largest : std::max(largest, line.removed.back());
      }
      return largest;
    }
  }
  return first_line;
}

Splice splice(const Suggestion& suggestion, const base::SourceFiles& sources) {
  Splice result;
  if (!base::apply_edits(sources, suggestion.file, suggestion.edits)) {
    return result;
  }
  for (const base::Edit& edit : suggestion.edits) {
    if (edit.span.file == suggestion.file && sources.text(edit.span) != edit.text) {
      result.edits.push_back(trimmed(edit, sources));
    }
  }
  if (result.edits.empty()) {
    return result;
  }
  std::stable_sort(result.edits.begin(), result.edits.end(),
                   [](const TrimmedEdit& a, const TrimmedEdit& b) { return a.span < b.span; });
  const TrimmedEdit& first = result.edits.front();
  result.first_line = locate(sources, suggestion.file, first.original.begin).line;
  result.last_line = locate_end(sources, first.original).line;
  result.first_touched = locate(sources, suggestion.file, first.span.begin).line;
  result.last_touched = locate_end(sources, result.edits.back().span).line;
  result.lines = Splicer(sources, suggestion.file).run(result.edits);
  result.style = style_of(result, sources);
  return result;
}

}  // namespace jaa::render
