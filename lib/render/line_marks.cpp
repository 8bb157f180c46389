#include "render/line_marks.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "llvm/ADT/StringSwitch.h"
#include "render/unicode.h"

namespace jaa::render {
namespace {

struct MultiLineSpan {
  Place start;
  Place end;
  bool is_primary = false;
  std::string label;
  size_t depth = 1;
  bool has_twin = false;  // another span has the same places

  [[nodiscard]] bool same_place(const MultiLineSpan& other) const {
    return start == other.start && end == other.end;
  }
  [[nodiscard]] bool shares_line(const MultiLineSpan& other) const {
    return start.line <= other.end.line && other.start.line <= end.line;
  }
};

// Lines past the start of a multi-line span that are shown before eliding.
constexpr size_t ShownAfterStart = 4;

// A line that is worth showing: not blank, not a comment, not a lone bracket.
bool says_something(std::string_view text) {
  const std::string_view trimmed = trim(text);
  const bool is_doc = trimmed.starts_with("///") || trimmed.starts_with("//!");
  if (trimmed.starts_with("//") && !is_doc) {
    return false;
  }
  return !llvm::StringSwitch<bool>(trimmed)
              .Cases("", "{", "}", "(", ")", "[", "]", true)
              .Default(false);
}

// Gives spans that share lines different depths, the widest the leftmost.
size_t assign_depths(std::vector<MultiLineSpan>& spans) {
  std::stable_sort(spans.begin(), spans.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.start.line, b.end.line) < std::tuple(b.start.line, a.end.line);
  });
  for (size_t outer = 0; outer < spans.size(); ++outer) {
    for (size_t inner = 0; inner < spans.size(); ++inner) {
      MultiLineSpan& other = spans[inner];
      const bool is_same = spans[outer].same_place(other);
      if (!is_same && spans[outer].shares_line(other)) {
        ++other.depth;
      } else if (is_same && outer != inner) {
        other.has_twin = true;
      } else {
        // A span with the same place as an earlier primary one is drawn as such.
        other.is_primary |=
            std::any_of(spans.begin(), spans.begin() + static_cast<std::ptrdiff_t>(outer) + 1,
                        [&other](const MultiLineSpan& earlier) {
                          return earlier.is_primary && earlier.same_place(other);
                        });
        break;
      }
    }
  }
  size_t deepest = 0;
  for (const MultiLineSpan& span : spans) {
    deepest = std::max(deepest, span.depth);
  }
  for (MultiLineSpan& span : spans) {
    span.depth = deepest - span.depth + 1;
  }
  return deepest;
}

// Where a span starts. The end of the file counts as past the end of the last
// line, as the compiler has it, not as the start of an empty one.
Place locate_start(const base::SourceFiles& sources, const base::Span& span) {
  const std::string_view text = sources.text(span.file);
  if (span.begin == 0 || span.begin < text.size() || !text.ends_with('\n')) {
    return locate(sources, span.file, span.begin);
  }
  Place place = locate(sources, span.file, span.begin - 1);
  ++place.scalar;
  return place;
}

class Marker {
 public:
  Marker(const Snippet& snippet, const base::SourceFiles& sources)
      : snippet_(snippet), sources_(sources) {}

  MarkedLines run() {
    std::vector<MultiLineSpan> spans;
    for (const Annotation& annotation : snippet_.annotations) {
      const Place start = locate_start(sources_, annotation.span);
      Place end = annotation.span.is_empty() ? start : locate_end(sources_, annotation.span);
      std::string label = printable(annotation.label);
      if (start.line != end.line) {
        spans.push_back({start, end, annotation.is_primary, std::move(label)});
        continue;
      }
      if (start.column == end.column) {
        ++end.column;  // an empty span is one column wide, to be seen
      }
      add(start.line, {start, end, annotation.is_primary, std::move(label)});
    }
    MarkedLines result;
    result.depth = assign_depths(spans);
    for (const MultiLineSpan& span : spans) {
      add_span(span);
    }
    for (auto& [number, marks] : marks_) {
      result.lines.push_back({line(number), std::move(marks)});
    }
    return result;
  }

 private:
  [[nodiscard]] SourceLine line(size_t number) const {
    return source_line(sources_, snippet_.file, number);
  }
  void add(size_t number, LineMark mark) { marks_[number].push_back(std::move(mark)); }

  void add_span(const MultiLineSpan& span) {
    LineMark end{span.end, span.end, span.is_primary, span.label, LineMark::Kind::End, span.depth};
    end.start.scalar = minus(span.end.scalar, 1);
    end.start.column = minus(span.end.column, 1);
    if (span.has_twin) {
      end.kind = LineMark::Kind::Single;
    } else {
      add_start_and_inner(span);
    }
    add(span.end.line, std::move(end));
  }

  void add_start_and_inner(const MultiLineSpan& span) {
    LineMark start{span.start, span.start, span.is_primary, {}, LineMark::Kind::Start, span.depth};
    ++start.end.scalar;
    ++start.end.column;
    add(span.start.line, std::move(start));

    const LineMark inner{{}, {}, span.is_primary, {}, LineMark::Kind::Inner, span.depth};
    const size_t middle = std::min(span.start.line + ShownAfterStart, span.end.line);
    // The tail of the lines after the start is left out where it says nothing.
    size_t until = middle;
    while (until > span.start.line && !says_something(line(until - 1).text)) {
      --until;
    }
    for (size_t number = span.start.line + 1; number < until; ++number) {
      add(number, inner);
    }
    const size_t before_end = span.end.line - 1;
    if (middle < before_end && says_something(line(before_end).text)) {
      add(before_end, inner);
    }
  }

  const Snippet& snippet_;
  const base::SourceFiles& sources_;
  std::map<size_t, std::vector<LineMark>> marks_;
};

}  // namespace

MarkedLines mark_lines(const Snippet& snippet, const base::SourceFiles& sources) {
  return Marker(snippet, sources).run();
}

}  // namespace jaa::render
