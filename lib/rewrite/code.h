// Code that a rewrite writes anew, in lines with their depth, and pieces of source that
// go into it at another indentation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "syntax/layout.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// The text from `span` with `edits` (which lie in it), ready to be put at another depth:
// its lines after the first are indented as seen from its first line.
[[nodiscard]] std::string piece(const syntax::Tree& tree, const base::Span& span,
                                std::vector<base::Edit> edits = {});

class Code {
 public:
  // A line, or several as `piece` gives them.
  void line(std::string text) { lines_.push_back({depth_, std::move(text)}); }
  void open(std::string head) {
    line(std::move(head));
    ++depth_;
  }
  void close(std::string tail = "}") {
    --depth_;
    line(std::move(tail));
  }
  // `} else {`
  void close_and_open(std::string both) {
    close(std::move(both));
    ++depth_;
  }
  void append(const Code& other);
  [[nodiscard]] bool empty() const { return lines_.empty(); }

  // For a place whose line is indented by `indent`; the first line is not, and the last
  // has no line end.
  [[nodiscard]] std::string text(const syntax::Layout& layout, std::string_view indent) const;
  // The same at no indentation, itself a piece.
  [[nodiscard]] std::string as_piece(const syntax::Layout& layout) const;

 private:
  struct Line {
    size_t depth;
    std::string text;
  };
  std::vector<Line> lines_;
  size_t depth_ = 0;
};

// `text` put where the line is indented by `indent`.
[[nodiscard]] std::string settle(std::string_view text, const syntax::Layout& layout,
                                 std::string_view indent);

}  // namespace jaa::rewrite
