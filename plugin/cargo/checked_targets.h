// The targets of the workspace as the wrapper needs them, with which of them a run of
// `cargo check` compiles, as cargo's own rules have it: from its flags and the folder it
// runs in. Where that is told wrong, a fix that edits a target which no trial compiles is
// not accepted.
#pragma once

#include <string>
#include <vector>

#include "plugin/cargo/workspace.h"
#include "plugin/rustc/workspace_crates.h"

namespace jaa::plugin {

// All but build scripts, libraries first. `arguments` are cargo's, `cwd` is where it runs.
[[nodiscard]] std::vector<WorkspaceCrate> workspace_crates(
    const Workspace& workspace, const std::vector<std::string>& arguments, const std::string& cwd);

}  // namespace jaa::plugin
