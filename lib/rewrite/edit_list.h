// Edits of one file that keep its layout: a builder on top of `base::Edit`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "syntax/layout.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

class EditList {
 public:
  explicit EditList(const syntax::Tree& tree)
      : tree_(&tree), layout_(syntax::layout(tree.text())) {}

  [[nodiscard]] const syntax::Layout& layout() const { return layout_; }

  void insert(uint32_t at, std::string text);
  void replace(uint32_t begin, uint32_t end, std::string text);
  void replace(syntax::Node node, std::string text) {
    replace(node.begin(), node.end(), std::move(text));
  }

  // One step more of indentation for the line that starts at `line`; gives way to any
  // other edit there.
  void indent(uint32_t line) { indents_.push_back({span(line, line), layout_.indent}); }

  // A new statement on a line before or behind `statement`, or in the same line
  // where the statements stand in one line.
  void insert_before(syntax::Node statement, std::string_view text);
  void insert_behind(syntax::Node statement, std::string_view text);
  // Takes `statement` out with the comments that belong to it and its line; the
  // text is returned without the first line's indentation.
  std::string take_out(syntax::Node statement);

  // Puts the lines from `first` to `last` into a block: `head { .. tail }end`.
  // `head` and `tail` may be empty; `tail` gets a line of its own.
  void wrap(syntax::Node first, syntax::Node last, std::string_view head, std::string_view tail,
            std::string_view end);

  // The edits in order, none touching another; leaves this list empty.
  [[nodiscard]] std::vector<base::Edit> take();

 private:
  [[nodiscard]] base::Span span(uint32_t begin, uint32_t end) const {
    return {tree_->file(), begin, end};
  }

  const syntax::Tree* tree_;
  syntax::Layout layout_;
  std::vector<base::Edit> edits_;
  // Added indentation, which gives way to any other edit of its place.
  std::vector<base::Edit> indents_;
};

}  // namespace jaa::rewrite
