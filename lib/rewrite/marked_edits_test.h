// For tests of rewrites that take a node and give plain edits: the node between the
// marks `«` and `»`, and the text after the edits.
#pragma once

#include "rewrite/support_test.h"

namespace jaa::rewrite {

// A marked source with its tree.
struct MarkedTree : Marked {
  explicit MarkedTree(std::string_view marked) : Marked(marked), tree(files, file) {}

  // The largest node with exactly the marked text: `T` as a parameter, not as a name.
  [[nodiscard]] syntax::Node marked_node() const {
    syntax::Node node = tree.node_at(held.value);
    while (node.parent().parent() && node.parent().span() == node.span()) node = node.parent();
    return node;
  }
  // Empty when there are no edits.
  [[nodiscard]] std::string after(const std::vector<base::Edit>& edits) const {
    if (edits.empty()) return {};
    const auto text = base::apply_edits(files, file, edits);
    return text ? *text : "the edits overlap";
  }

  syntax::Tree tree;
};

}  // namespace jaa::rewrite
