#include "mir/span_reader.h"

#include "mir/lexer.h"

namespace jaa::mir {
namespace {

// `8:9: 8:10`.
bool read_positions(Cursor& cursor, MirSpan& span) {
  const auto line = cursor.number();
  if (!line || !cursor.consume(':')) {
    return false;
  }
  const auto column = cursor.number();
  if (!column || !cursor.consume(": ")) {
    return false;
  }
  const auto end_line = cursor.number();
  if (!end_line || !cursor.consume(':')) {
    return false;
  }
  const auto end_column = cursor.number();
  if (!end_column || !cursor.at_end()) {
    return false;
  }
  span.line = *line;
  span.column = *column;
  span.end_line = *end_line;
  span.end_column = *end_column;
  return true;
}

}  // namespace

std::optional<MirSpan> SpanReader::read_span(std::string_view text) {
  if (!last_file_.empty() && text.size() > last_file_.size() && text[last_file_.size()] == ':' &&
      text.starts_with(last_file_)) {
    MirSpan span;
    Cursor cursor(text.substr(last_file_.size() + 1));
    if (read_positions(cursor, span)) {
      span.file = last_file_id_;
      return span;
    }
  }
  return read_from_right(text);
}

// A file's name may hold anything, so its end is what four numbers are left behind.
std::optional<MirSpan> SpanReader::read_from_right(std::string_view text) {
  MirSpan span;
  if (text == "no-location") {
    span.file = builder_.tables.name(text);
    return span;
  }
  size_t at = text.size();
  for (int colons = 0; at > 0 && colons < 4; --at) {
    const char byte = text[at - 1];
    if (!is_digit(byte) && byte != ':' && byte != ' ') {
      return std::nullopt;
    }
    colons += byte == ':' ? 1 : 0;
  }
  if (at == 0) {
    return std::nullopt;
  }
  Cursor cursor(text.substr(at + 1));
  if (!read_positions(cursor, span)) {
    return std::nullopt;
  }
  last_file_ = text.substr(0, at);
  last_file_id_ = builder_.tables.name(last_file_);
  span.file = last_file_id_;
  return span;
}

SpanIndex SpanReader::add(const MirSpan& span) {
  const size_t slot =
      (span.line * 31 + span.column * 7 + span.end_line + span.end_column * 3) % recent_.size();
  if (recent_[slot] != 0 && builder_.spans[recent_[slot]] == span) {
    return {recent_[slot]};
  }
  recent_[slot] = static_cast<uint32_t>(builder_.spans.size());
  builder_.spans.push_back(span);
  return {recent_[slot]};
}

std::optional<SpanIndex> SpanReader::read(std::string_view text) {
  const auto span = read_span(text);
  return span ? std::optional(add(*span)) : std::nullopt;
}

std::optional<SourceInfo> SpanReader::read_scope_at(std::string_view text) {
  Cursor cursor(text);
  if (!cursor.consume("scope ")) {
    return std::nullopt;
  }
  const auto scope = cursor.number();
  if (!scope || !cursor.consume(" at ")) {
    return std::nullopt;
  }
  const auto span = read(cursor.rest());
  return span ? std::optional(SourceInfo{*span, ScopeId(size_t{*scope})}) : std::nullopt;
}

}  // namespace jaa::mir
