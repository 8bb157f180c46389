#include "propagate/opened_trees.h"

#include <algorithm>

#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

void OpenedTrees::open(base::FileId file, const std::vector<base::Span>& places) {
  // A macro in a macro's arguments is one only when the outer one is open.
  constexpr int MostDepth = 8;
  for (int depth = 0; depth < MostDepth; ++depth) {
    std::vector<Node> macros;
    for (const base::Span& place : places) {
      const Node token = tree(file).smallest_node(place);
      for (const Node& macro :
           syntax::is_in_macro(token) ? syntax::plain_macros_around(token) : std::vector<Node>()) {
        if (std::find(macros.begin(), macros.end(), macro) == macros.end()) {
          macros.push_back(macro);
        }
      }
    }
    if (macros.empty()) {
      return;
    }
    const auto known = opened_.find(file);
    auto next = syntax::open_macros(known == opened_.end() ? facts_.files() : known->second->files,
                                    file, macros);
    opened_[file] = std::move(next);
  }
}

const syntax::Tree& OpenedTrees::tree(base::FileId file) const {
  const auto known = opened_.find(file);
  return known == opened_.end() ? facts_.tree(file) : *known->second->tree;
}

}  // namespace jaa::propagate
