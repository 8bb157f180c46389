// The rails of `cargo fix`: nothing is edited unless version control could undo it.
#pragma once

#include <string>
#include <vector>

#include "llvm/Support/Error.h"
#include "plugin/cargo/arguments.h"

namespace jaa::plugin {

// Succeeds when the workspace at `root` may be edited. Otherwise the error says what
// is in the way, names the files, and the flag that waives it. The rules are cargo's:
// `allow_no_vcs` waives everything.
[[nodiscard]] llvm::Error check_version_control(const std::string& root,
                                                const FixArguments& arguments,
                                                const std::vector<std::string>& env);

}  // namespace jaa::plugin
