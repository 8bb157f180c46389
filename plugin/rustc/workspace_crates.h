// The targets of the user's workspace, as the cargo driver knows them and the wrapper needs
// them: also those that were never compiled, since what they need fails.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace jaa::plugin {

struct WorkspaceCrate {
  std::string root;                       // its root file, absolute
  std::string name;                       // as paths write it
  std::vector<std::string> dependencies;  // names of the libraries that it may use
  bool is_library = false;
  bool is_checked = false;  // the run compiles it

  friend bool operator==(const WorkspaceCrate&, const WorkspaceCrate&) = default;
};

// The roots of the crates that the one at `root` may need, and of those that may need it,
// with its own; of all, where it is not among them.
[[nodiscard]] std::set<std::string> related_roots(const std::vector<WorkspaceCrate>& crates,
                                                  const std::string& root);

}  // namespace jaa::plugin
