#include "propagate/waiting.h"

#include "llvm/ADT/StringRef.h"

#include "propagate/blocking.h"
#include "propagate/find_function.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

std::string Waiting::call_at(Node place) {
  const base::FileId file = place.span().file;
  const base::FileId root = facts_.root_of(file);
  const std::vector<Blocking> ways = ways_to_block(facts_, place);
  if (!ways.empty() && ways.front().definition.empty()) {
    return ways.front().call;
  }
  // One in another file of the crate.
  for (const Node& function : facts_.items().functions("block_on")) {
    if (facts_.root_of(function.span().file) == root && function.span().file != file &&
        function.has_child("visibility_modifier") && !syntax::impl_of(function)) {
      return "crate::" + path_of(facts_, function);
    }
  }
  std::string name = "block_on";
  if (ways.empty()) {
    name = "wait_for_future";
  }
  std::string& definition = definitions_[root];
  if (definition.empty()) {
    definition = own_definition(name);
  }
  const bool is_at_root = file == root && !syntax::enclosing(place, {"mod_item"});
  return is_at_root ? name : "crate::" + name;
}

bool Waiting::starts_runtime(Node place) const {
  const std::vector<Blocking> ways = ways_to_block(facts_, place);
  return !ways.empty() && llvm::StringRef(ways.front().name).contains("Runtime::new");
}

std::vector<base::Edit> Waiting::definitions() const {
  std::vector<base::Edit> edits;
  for (const auto& [root, definition] : definitions_) {
    const auto end = static_cast<uint32_t>(facts_.files().text(root).size());
    edits.push_back({{root, end, end}, definition});
  }
  return edits;
}

}  // namespace jaa::propagate
