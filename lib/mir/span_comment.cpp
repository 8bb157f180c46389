// Spans in comments, from the right.
#include "mir/span_comment.h"

#include "mir/lexer.h"

namespace jaa::mir {
namespace {

// Takes `<separator><number>` from the end of `text`.
bool take_number(std::string_view& text, std::string_view separator, uint32_t& number) {
  size_t begin = text.size();
  while (begin > 0 && is_digit(text[begin - 1])) {
    --begin;
  }
  const auto value = parse_number(text.substr(begin));
  if (!value || !text.substr(0, begin).ends_with(separator)) {
    return false;
  }
  number = *value;
  text.remove_suffix(text.size() - begin + separator.size());
  return true;
}

}  // namespace

int32_t SpanReader::file(std::string_view name) {
  if (last_file_ < 0 || files_[static_cast<size_t>(last_file_)] != name) {
    const auto [entry, is_new] = ids_.try_emplace(name, static_cast<int32_t>(files_.size()));
    if (is_new) {
      files_.emplace_back(name);
    }
    last_file_ = entry->second;
  }
  return last_file_;
}

MirSpan SpanReader::read(std::string_view text) {
  // Spans from a macro may name their expansion: `ok.rs:1:2: 3:4 (#12)`.
  if (text.ends_with(')')) {
    text = text.substr(0, text.rfind(" (#"));
  }
  MirSpan span;
  if (!take_number(text, ":", span.end_column) || !take_number(text, ": ", span.end_line) ||
      !take_number(text, ":", span.column) || !take_number(text, ":", span.line) || text.empty()) {
    return {};
  }
  span.file = file(text);
  return span;
}

SpanComment SpanReader::read_comment(std::string_view comment) {
  SpanComment result;
  Cursor cursor(comment);
  cursor.consume("return place ");
  cursor.consume("in ");
  if (cursor.consume("scope ")) {
    result.scope = cursor.number();
    if (result.scope && cursor.consume(" at ")) {
      result.span = read(cursor.rest());
    }
  }
  return result;
}

}  // namespace jaa::mir
