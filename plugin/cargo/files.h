// Small readings of the file system that several parts of the driver share.
#pragma once

#include <optional>
#include <string>

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

namespace jaa::plugin {

// The text of a regular file; none for anything else, which could block.
[[nodiscard]] std::optional<std::string> read_text(const std::string& path);

[[nodiscard]] std::string join_path(llvm::StringRef directory, llvm::StringRef name);

// Asks about `directory` and each folder above it until one answer is yes; that
// folder, or none.
[[nodiscard]] std::optional<std::string> find_upward(
    llvm::StringRef directory, llvm::function_ref<bool(const std::string&)> is_it);

}  // namespace jaa::plugin
