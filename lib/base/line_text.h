// For readers that understand a compiler's text line by line, and printers that give the
// very text back: lines one by one, and the lines not understood, kept in their places.
//
// A printer knows the lines its table stands for; `OpaqueLines` holds the others with
// their line's index. `LinePrinter` merges the two.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/problem.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace jaa::base {

// The lines of a text, without their line feeds. What follows the last line feed is a line
// only if it is not empty.
class LineCursor {
 public:
  explicit LineCursor(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool is_done() const { return rest_.empty(); }
  // Index of the line that is next.
  [[nodiscard]] size_t index() const { return index_; }
  [[nodiscard]] std::string_view peek() const { return rest_.substr(0, rest_.find('\n')); }
  std::string_view take() {
    const std::string_view line = peek();
    rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
    ++index_;
    return line;
  }

 private:
  std::string_view rest_;
  size_t index_ = 0;
};

// Takes a decimal number as a compiler prints it: no sign, no leading zero.
template <class Number>
[[nodiscard]] bool consume_number(llvm::StringRef& text, Number& number) {
  const bool is_number = !text.empty() && llvm::isDigit(text[0]);
  const bool is_padded = text.size() > 1 && text[0] == '0' && llvm::isDigit(text[1]);
  return is_number && !is_padded && !text.consumeInteger(10, number);
}

// Lines that were not understood. Neighbours are one run, so that foreign text costs
// little more than its own size.
class OpaqueLines {
 public:
  struct Run {
    size_t line = 0;  // index of the first
    size_t count = 0;
    std::string text;  // without the last line feed
  };

  // Lines come in ascending order.
  void add(size_t line, std::string_view text) {
    ++count_;
    if (!runs_.empty() && runs_.back().line + runs_.back().count == line) {
      runs_.back().text += '\n';
      runs_.back().text += text;
      ++runs_.back().count;
    } else {
      runs_.push_back({line, 1, std::string(text)});
    }
  }
  [[nodiscard]] size_t count() const { return count_; }
  [[nodiscard]] const std::vector<Run>& runs() const { return runs_; }

  // One problem a run, with the beginning of its text; the number of problems is bounded.
  [[nodiscard]] Problems problems(std::string_view input_name, uint32_t first_line) const {
    constexpr size_t MaxProblems = 100;
    constexpr size_t MaxExcerpt = 60;
    Problems result;
    for (const Run& run : runs_) {
      Problem& problem = result.emplace_back();
      problem.input = input_name;
      problem.line = first_line + static_cast<uint32_t>(run.line);
      if (result.size() == MaxProblems) {
        problem.text = "more lines not understood from here on";
        break;
      }
      const llvm::StringRef first = llvm::StringRef(run.text).split('\n').first.trim(" \r\t");
      llvm::raw_string_ostream out(problem.text);
      out << (run.count == 1 ? "line" : std::to_string(run.count) + " lines")
          << " not understood: `";
      llvm::printEscapedString(first.substr(0, MaxExcerpt), out);
      out << (first.size() > MaxExcerpt ? "..`" : "`");
    }
    return result;
  }

 private:
  std::vector<Run> runs_;
  size_t count_ = 0;
};

// Builds a text from known lines and the opaque ones between them.
class LinePrinter {
 public:
  explicit LinePrinter(const OpaqueLines& opaque)
      : next_run_(opaque.runs().begin()), end_(opaque.runs().end()) {}

  // Where to append the next known text, of so many lines.
  std::string& add(size_t lines = 1) {
    put_opaque();
    begin_line(lines);
    return text_;
  }
  // To be called once, after the last known line.
  [[nodiscard]] std::string finish(bool ends_line) {
    put_opaque();
    if (ends_line) text_ += '\n';
    return std::move(text_);
  }

 private:
  void begin_line(size_t lines) {
    if (line_ > 0) text_ += '\n';
    line_ += lines;
  }
  void put_opaque() {
    for (; next_run_ != end_ && next_run_->line <= line_; ++next_run_) {
      begin_line(next_run_->count);
      text_ += next_run_->text;
    }
  }

  std::string text_;
  size_t line_ = 0;
  std::vector<OpaqueLines::Run>::const_iterator next_run_;
  std::vector<OpaqueLines::Run>::const_iterator end_;
};

}  // namespace jaa::base
