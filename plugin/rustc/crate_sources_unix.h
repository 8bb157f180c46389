// The source files of a crate, found from its root file as the compiler does: through the
// modules that it declares. Needs no compiler run.
#pragma once

#include <string>
#include <vector>

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "plugin/rustc/file_tools_unix.h"
#include "session/session.h"

namespace jaa::plugin {

using ReadText = llvm::function_ref<llvm::Expected<std::string>(const std::string& path)>;

// Adds the file and its modules to `sources`, shown as seen from `cwd`. What is there
// already, or cannot be read, is passed over.
void add_crate_sources(const std::string& root, const std::string& cwd,
                       std::vector<session::Source>& sources, ReadText read = read_file);

}  // namespace jaa::plugin
