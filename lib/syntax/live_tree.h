// A text that is being edited, and its tree, which follows it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "syntax/tree.h"

namespace jaa::syntax {

class LiveTree {
 public:
  // Its file is the only one there is: number 0.
  explicit LiveTree(std::string text) : text_(std::move(text)), tree_(base::FileId(0), text_) {}
  LiveTree(const LiveTree&) = delete;
  LiveTree& operator=(const LiveTree&) = delete;

  // Both as they are now; the next edit ends nodes and views of them.
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] const Tree& tree() const { return tree_; }

  // Replaces the bytes `[begin, end)`, which must be within the text.
  void edit(uint32_t begin, uint32_t end, std::string_view text);

 private:
  std::string text_;
  Tree tree_;
};

}  // namespace jaa::syntax
