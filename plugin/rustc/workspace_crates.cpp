#include "plugin/rustc/workspace_crates.h"

#include <algorithm>

namespace jaa::plugin {
namespace {

bool uses(const WorkspaceCrate& crate, const WorkspaceCrate& library) {
  return library.is_library && &crate != &library &&
         std::find(crate.dependencies.begin(), crate.dependencies.end(), library.name) !=
             crate.dependencies.end();
}

// What is reached from `start` by steps from a crate to one that `leads_to` says yes to.
template <typename LeadsTo>
void reach(const std::vector<WorkspaceCrate>& crates, const WorkspaceCrate& start, LeadsTo leads_to,
           std::set<std::string>& roots) {
  std::vector<const WorkspaceCrate*> todo{&start};
  std::set<const WorkspaceCrate*> seen{&start};
  while (!todo.empty()) {
    const WorkspaceCrate* const from = todo.back();
    todo.pop_back();
    roots.insert(from->root);
    for (const WorkspaceCrate& to : crates) {
      if (leads_to(*from, to) && seen.insert(&to).second) {
        todo.push_back(&to);
      }
    }
  }
}

}  // namespace

std::set<std::string> related_roots(const std::vector<WorkspaceCrate>& crates,
                                    const std::string& root) {
  std::set<std::string> roots;
  for (const WorkspaceCrate& crate : crates) {
    if (crate.root == root) {
      reach(crates, crate, [](const auto& from, const auto& to) { return uses(from, to); }, roots);
      reach(crates, crate, [](const auto& from, const auto& to) { return uses(to, from); }, roots);
    }
  }
  if (roots.empty()) {
    for (const WorkspaceCrate& crate : crates) {
      roots.insert(crate.root);
    }
  }
  return roots;
}

}  // namespace jaa::plugin
