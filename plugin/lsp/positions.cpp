#include "plugin/lsp/positions.h"

#include <algorithm>

namespace jaa::lsp {
namespace {

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// How long the character that begins here is: in bytes, and in units of the encoding.
// Bytes that are no UTF-8 count for one each.
struct Length {
  uint32_t bytes = 1;
  uint32_t units = 1;
};
Length character_length(std::string_view text, Encoding encoding) {
  const auto lead = static_cast<unsigned char>(text.front());
  const uint32_t wanted = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : lead >= 0xC0U ? 2 : 1;
  uint32_t bytes = 1;
  while (bytes < wanted && bytes < text.size() && is_continuation(text[bytes])) {
    ++bytes;
  }
  return {bytes, encoding == Encoding::Utf8 ? bytes : bytes == 4 ? 2U : 1U};
}

// The beginnings of the lines within `text`, which begins at `base`, behind each line end.
void find_starts(std::string_view text, uint32_t base, std::vector<uint32_t>& starts) {
  for (size_t at = text.find_first_of("\r\n"); at != std::string_view::npos;
       at = text.find_first_of("\r\n", at)) {
    at += text[at] == '\r' && text.substr(at + 1, 1) == "\n" ? 2 : 1;
    starts.push_back(base + static_cast<uint32_t>(at));
  }
}

}  // namespace

Lines::Lines(std::string_view text) : starts_{0} {
  find_starts(text, 0, starts_);
}

// Without its end.
std::string_view Lines::line(std::string_view text, uint32_t number) const {
  const uint32_t begin = starts_[number];
  const size_t end = number + 1 < starts_.size() ? starts_[number + 1] : text.size();
  std::string_view result = text.substr(begin, end - begin);
  return result.substr(0, std::min(result.find_first_of("\r\n"), result.size()));
}

std::optional<uint32_t> Lines::offset(std::string_view text, Position position,
                                      Encoding encoding) const {
  if (position.line >= starts_.size()) {
    return std::nullopt;
  }
  const std::string_view line_text = line(text, position.line);
  uint32_t units = 0;
  uint32_t at = 0;
  while (at < line_text.size() && units < position.character) {
    const Length length = character_length(line_text.substr(at), encoding);
    if (units + length.units > position.character) {
      break;  // within a character
    }
    at += length.bytes;
    units += length.units;
  }
  return starts_[position.line] + at;
}

Position Lines::position(std::string_view text, uint32_t offset, Encoding encoding) const {
  offset = std::min(offset, static_cast<uint32_t>(text.size()));
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto number = static_cast<uint32_t>(after - starts_.begin()) - 1;
  uint32_t units = 0;
  for (uint32_t at = starts_[number]; at < offset;) {
    const Length length = character_length(text.substr(at), encoding);
    if (at + length.bytes > offset) {
      break;
    }
    at += length.bytes;
    units += length.units;
  }
  return {number, units};
}

void Lines::edit(std::string_view text, TextRange replaced, uint32_t inserted) {
  // From the line before: a CR at its end and an LF that came behind it are one.
  auto first = std::upper_bound(starts_.begin(), starts_.end(), replaced.begin) - 1;
  if (first != starts_.begin()) {
    --first;
  }
  // Of what is behind, the line that the replaced range ends in, and the next one, may
  // begin elsewhere; for the same reason.
  auto last = std::upper_bound(starts_.begin(), starts_.end(), replaced.end);
  if (last != starts_.end()) {
    ++last;
  }
  const uint32_t from = *first;
  const auto moved = [&](uint32_t start) {
    return start - (replaced.end - replaced.begin) + inserted;
  };
  const uint32_t to = last == starts_.end() ? static_cast<uint32_t>(text.size()) : moved(*last);
  std::vector<uint32_t> between;
  find_starts(text.substr(from, to - from), from, between);
  // The line at `to` is there already.
  if (last != starts_.end() && !between.empty() && between.back() == to) {
    between.pop_back();
  }
  for (auto rest = last; rest != starts_.end(); ++rest) {
    *rest = moved(*rest);
  }
  const auto place = starts_.erase(first + 1, last);
  starts_.insert(place, between.begin(), between.end());
}

}  // namespace jaa::lsp
