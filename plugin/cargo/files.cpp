#include "plugin/cargo/files.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace jaa::plugin {

std::optional<std::string> read_text(const std::string& path) {
  if (!llvm::sys::fs::is_regular_file(path)) {
    return std::nullopt;
  }
  // A copy, since a mapping would follow a file that is written meanwhile.
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false, /*IsVolatile=*/true);
  if (!buffer) {
    return std::nullopt;
  }
  return (*buffer)->getBuffer().str();
}

std::string join_path(llvm::StringRef directory, llvm::StringRef name) {
  llvm::SmallString<256> path(directory);
  llvm::sys::path::append(path, name);
  return path.str().str();
}

std::optional<std::string> find_upward(llvm::StringRef directory,
                                       llvm::function_ref<bool(const std::string&)> is_it) {
  for (; !directory.empty(); directory = llvm::sys::path::parent_path(directory)) {
    if (std::string here = directory.str(); is_it(here)) {
      return here;
    }
  }
  return std::nullopt;
}

}  // namespace jaa::plugin
