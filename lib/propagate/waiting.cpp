#include "propagate/waiting.h"

#include "llvm/ADT/StringRef.h"

#include "propagate/blocking.h"
#include "propagate/find_function.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

// Only tests are compiled with what `place` is in.
bool is_in_tests(Node place) {
  for (Node at = place; at; at = at.parent()) {
    for (Node before = at.previous(); before.is_comment() || before.is("attribute_item");
         before = before.previous()) {
      const llvm::StringRef text(before.text());
      if (text == "#[cfg(test)]" || text == "#[test]") {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

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
  Definition& definition = definitions_[root];
  definition.text = own_definition(name);
  definition.is_for_tests = definition.is_for_tests && is_in_tests(place);
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
    std::string text = definition.text;
    if (definition.is_for_tests) {
      text.insert(text.find_first_not_of('\n'), "#[cfg(test)]\n");
    }
    edits.push_back({{root, end, end}, std::move(text)});
  }
  return edits;
}

}  // namespace jaa::propagate
