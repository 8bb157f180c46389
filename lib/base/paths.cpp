#include "base/paths.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

namespace jaa::base {

std::string absolute_path(std::string_view cwd, std::string_view name) {
  llvm::SmallString<256> path;
  if (!llvm::sys::path::is_absolute(name)) {
    path = cwd;
  }
  llvm::sys::path::append(path, llvm::StringRef(name));
  llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
  return std::string(path);
}

}  // namespace jaa::base
