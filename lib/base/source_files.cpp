#include "base/source_files.h"

#include <algorithm>

namespace jaa::base {
namespace {

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::vector<uint32_t> find_line_starts(std::string_view text) {
  std::vector<uint32_t> starts{0};
  for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    starts.push_back(static_cast<uint32_t>(at + 1));
  }
  return starts;
}

}  // namespace

FileId SourceFiles::add(std::string path, std::string display, std::string text) {
  if (auto known = by_path_.find(path); known != by_path_.end()) {
    return known->second;
  }
  const FileId id(files_.size());
  SourceFile file;
  file.line_starts = find_line_starts(text);
  file.path = path;
  file.display = std::move(display);
  file.text = std::move(text);
  files_.push_back(std::move(file));
  by_path_.emplace(std::move(path), id);
  return id;
}

std::optional<FileId> SourceFiles::find(std::string_view path) const {
  auto known = by_path_.find(std::string(path));
  if (known == by_path_.end()) {
    return std::nullopt;
  }
  return known->second;
}

std::string_view SourceFiles::text(const Span& span) const {
  const std::string_view whole = get(span.file).text;
  if (span.begin > span.end || span.end > whole.size()) {
    return {};
  }
  return whole.substr(span.begin, span.end - span.begin);
}

LineColumn SourceFiles::line_column(FileId file, uint32_t offset) const {
  const SourceFile& source = get(file);
  offset = std::min<uint32_t>(offset, static_cast<uint32_t>(source.text.size()));
  const auto next = std::upper_bound(source.line_starts.begin(), source.line_starts.end(), offset);
  const auto line = static_cast<uint32_t>(next - source.line_starts.begin());
  const uint32_t start = source.line_starts[line - 1];
  uint32_t column = 1;
  for (uint32_t at = start; at < offset; ++at) {
    column += is_continuation(source.text[at]) ? 0 : 1;
  }
  return {line, column};
}

std::optional<uint32_t> SourceFiles::offset(FileId file, LineColumn place) const {
  const SourceFile& source = get(file);
  if (place.line == 0 || place.column == 0 || place.line > source.line_starts.size()) {
    return std::nullopt;
  }
  uint32_t at = source.line_starts[place.line - 1];
  const uint32_t end = place.line < source.line_starts.size()
                           ? source.line_starts[place.line]
                           : static_cast<uint32_t>(source.text.size());
  for (uint32_t column = 1; column < place.column; ++column) {
    if (at >= end) {
      return std::nullopt;
    }
    ++at;
    while (at < end && is_continuation(source.text[at])) {
      ++at;
    }
  }
  return at;
}

std::optional<Span> SourceFiles::span(FileId file, LineColumn begin, LineColumn end) const {
  const auto from = offset(file, begin);
  const auto to = offset(file, end);
  if (!from || !to || *from > *to) {
    return std::nullopt;
  }
  return Span{file, *from, *to};
}

uint32_t SourceFiles::line_count(FileId file) const {
  return static_cast<uint32_t>(get(file).line_starts.size());
}

std::string_view SourceFiles::line_text(FileId file, uint32_t line) const {
  const SourceFile& source = get(file);
  if (line == 0 || line > source.line_starts.size()) {
    return {};
  }
  const uint32_t start = source.line_starts[line - 1];
  const uint32_t end = line < source.line_starts.size() ? source.line_starts[line]
                                                        : static_cast<uint32_t>(source.text.size());
  std::string_view text = std::string_view(source.text).substr(start, end - start);
  if (text.ends_with('\n')) {
    text.remove_suffix(1);
  }
  if (text.ends_with('\r')) {
    text.remove_suffix(1);
  }
  return text;
}

}  // namespace jaa::base
