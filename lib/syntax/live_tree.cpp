#include "syntax/live_tree.h"

namespace jaa::syntax {

void LiveTree::edit(uint32_t begin, uint32_t end, std::string_view text) {
  const std::string removed = text_.substr(begin, end - begin);
  text_.replace(begin, end - begin, text);
  tree_ = Tree(tree_, text_, {begin, removed, begin + static_cast<uint32_t>(text.size())});
}

}  // namespace jaa::syntax
