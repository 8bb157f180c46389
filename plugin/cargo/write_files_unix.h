// Writes a set of files so that each has either its old or its new text, whatever
// happens, and so that none is touched unless all could be prepared.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "plugin/cargo/fix_plan_unix.h"

namespace jaa::plugin {

// `written` gets the paths that have their new text, also when an error comes
// halfway: then those that were written get their old text back, and `written` keeps
// only what could not be. A file whose text is no longer `old_text` stops everything
// beforehand, as does `should_stop`, which is asked until the first file is replaced;
// from there on all are.
[[nodiscard]] llvm::Error write_files(const std::map<std::string, FileChange>& files,
                                      std::vector<std::string>& written,
                                      llvm::function_ref<bool()> should_stop = nullptr);

// The name of a file that a run keeps beside another one while it writes.
[[nodiscard]] bool is_staged_name(llvm::StringRef file);

// The same changes the other way round.
[[nodiscard]] std::map<std::string, FileChange> reversed(
    const std::map<std::string, FileChange>& files);

}  // namespace jaa::plugin
