// A text line by line.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace jaa::mir {

class LineReader {
 public:
  // `first_line` is the number of the text's first line, 1-based.
  explicit LineReader(std::string_view text, uint32_t first_line = 1)
      : text_(text), number_(first_line - 1) {}
  // False at the end of the text. `line` is without its end.
  bool next(std::string_view& line) {
    if (at_ >= text_.size()) {
      return false;
    }
    previous_ = at_;
    const void* end = std::memchr(text_.data() + at_, '\n', text_.size() - at_);
    const size_t stop = end == nullptr
                            ? text_.size()
                            : static_cast<size_t>(static_cast<const char*>(end) - text_.data());
    line = text_.substr(at_, stop - at_);
    at_ = stop + 1;
    ++number_;
    return true;
  }
  // Gives the last line again.
  void put_back() {
    at_ = previous_;
    --number_;
  }
  // Of the last line.
  [[nodiscard]] uint32_t number() const { return number_; }
  // Bytes that are read.
  [[nodiscard]] size_t position() const { return at_ < text_.size() ? at_ : text_.size(); }
  [[nodiscard]] size_t remaining() const { return text_.size() - position(); }
  // All from the beginning of `line`, which this has given, to the end of the last one.
  [[nodiscard]] std::string_view since(std::string_view line) const {
    const auto begin = static_cast<size_t>(line.data() - text_.data());
    const size_t end = std::min(at_ == 0 ? 0 : at_ - 1, text_.size());
    return text_.substr(begin, end < begin ? 0 : end - begin);
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
  size_t previous_ = 0;
  uint32_t number_ = 0;
};

}  // namespace jaa::mir
