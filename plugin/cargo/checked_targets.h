// Which targets of the workspace a run of `cargo check` compiles, as cargo's own rules have
// it: from its flags and the folder it runs in. Where that is told wrong, a fix that edits a
// target which no trial compiles is not accepted.
#pragma once

#include <string>
#include <vector>

#include "plugin/cargo/workspace.h"

namespace jaa::plugin {

// The root files of those targets, without build scripts; libraries come first. `arguments`
// are cargo's, `cwd` is where it runs.
[[nodiscard]] std::vector<std::string> checked_roots(const Workspace& workspace,
                                                     const std::vector<std::string>& arguments,
                                                     const std::string& cwd);

}  // namespace jaa::plugin
