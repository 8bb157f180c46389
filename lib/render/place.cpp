#include "render/place.h"

#include <algorithm>

#include "render/unicode.h"

namespace jaa::render {

SourceLine source_line(const base::SourceFiles& sources, base::FileId file, size_t number) {
  return {number, sources.line_text(file, static_cast<uint32_t>(number))};
}

Place locate(const base::SourceFiles& sources, base::FileId file, uint32_t offset) {
  const std::string_view text = sources.text(file);
  offset = static_cast<uint32_t>(std::min<size_t>(offset, text.size()));
  const size_t line = sources.line_column(file, offset).line;
  const std::string_view line_text = source_line(sources, file, line).text;
  const auto line_start =
      static_cast<size_t>(*sources.offset(file, {static_cast<uint32_t>(line), 1}));
  const size_t in_line = std::min(offset - line_start, line_text.size());
  const std::string_view before = line_text.substr(0, in_line);
  // A place among or behind the bytes that end the line counts as past its end.
  const size_t beyond = offset - line_start > line_text.size() ? 1 : 0;
  return {line, count_scalars(before) + beyond, width(before), in_line};
}

Place locate_end(const base::SourceFiles& sources, const base::Span& span) {
  const std::string_view text = sources.text(span.file);
  if (span.is_empty() || span.end < text.size() || !text.ends_with('\n')) {
    return locate(sources, span.file, span.end);
  }
  Place place = locate(sources, span.file, static_cast<uint32_t>(text.size() - 1));
  ++place.scalar;
  ++place.column;
  return place;
}

size_t last_line(const base::SourceFiles& sources, const base::Span& span) {
  const std::string_view text = sources.text(span.file);
  const bool ends_line = span.end > 0 && span.end <= text.size() && text[span.end - 1] == '\n';
  return sources.line_column(span.file, ends_line ? span.end - 1 : span.end).line;
}

}  // namespace jaa::render
