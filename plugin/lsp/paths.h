// Questions about names of files.
#pragma once

#include "llvm/ADT/StringRef.h"

namespace jaa::lsp {

// The folder itself, or something in it.
[[nodiscard]] inline bool is_below(llvm::StringRef path, llvm::StringRef folder) {
  return path.starts_with(folder) &&
         (path.size() == folder.size() || folder.ends_with("/") || path[folder.size()] == '/');
}

[[nodiscard]] inline bool is_rust(llvm::StringRef path) {
  return path.ends_with(".rs");
}

}  // namespace jaa::lsp
