// The head of a function, rewritten piece by piece: what has become too long for a line gets
// a line for each parameter.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "rewrite/edit_list.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// As rustfmt has it.
constexpr size_t LineWidth = 100;

class HeadEdits {
 public:
  HeadEdits(const syntax::Tree& tree, syntax::Node function, EditList& edits)
      : tree_(&tree), function_(function), edits_(&edits) {}

  void replace(uint32_t begin, uint32_t end, const std::string& with);
  // The keyword, where there is one.
  void remove_async();
  // Predicates of its `where` clause, each on a line of its own where the clause is new.
  // Returns whether it is. They do not count as part of the head's line.
  bool add_where(const std::vector<std::string>& predicates);
  // Call it last. `has_where` says that a new clause follows, so no brace does.
  void break_lines(bool has_where);
  // The end of a line and the function's own indentation.
  [[nodiscard]] std::string line() const;

 private:
  const syntax::Tree* tree_;
  syntax::Node function_;
  EditList* edits_;
  size_t added_ = 0;
  size_t removed_ = 0;
};

}  // namespace jaa::rewrite
