// Writes a set of files so that each has either its old or its new text, whatever
// happens, and so that none is touched unless all could be prepared.
#pragma once

#include <map>
#include <string>

#include "llvm/Support/Error.h"
#include "plugin/cargo/fix_plan_unix.h"

namespace jaa::plugin {

// `written` gets the paths that have their new text, also when an error comes
// halfway. A file whose text is no longer `old_text` stops everything beforehand.
[[nodiscard]] llvm::Error write_files(const std::map<std::string, FileChange>& files,
                                      std::vector<std::string>& written);

}  // namespace jaa::plugin
