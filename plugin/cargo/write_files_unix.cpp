#include "plugin/cargo/write_files_unix.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "plugin/cargo/files.h"

namespace jaa::plugin {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

llvm::Error failure(const std::string& file, std::error_code error) {
  return llvm::createStringError(error, "%s: %s", file.c_str(), error.message().c_str());
}

std::error_code last_error() {
  return {errno, std::generic_category()};
}

// New texts under temporary names beside their files; those that were not moved to
// their place are removed.
class Staging {
 public:
  Staging() = default;
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;
  ~Staging() {
    for (const auto& [file, temporary] : staged_) {
      fs::remove(temporary);
    }
  }

  llvm::Error add(const std::string& file, const std::string& text) {
    struct stat status = {};
    if (stat(file.c_str(), &status) != 0) {
      return failure(file, last_error());
    }
    llvm::SmallString<256> model(path::parent_path(file));
    path::append(model, "." + path::filename(file) + ".%%%%%%%%");
    llvm::SmallString<256> temporary;
    int descriptor = -1;
    if (const std::error_code error = fs::createUniqueFile(model, descriptor, temporary)) {
      return failure(file, error);
    }
    staged_.emplace_back(file, temporary.str().str());
    // The owner can be kept only by those who may give files away; the rest keep
    // what matters to them, the mode.
    if (fchown(descriptor, status.st_uid, status.st_gid) != 0) {
      errno = 0;
    }
    llvm::raw_fd_ostream out(descriptor, /*shouldClose=*/true);
    out << text;
    out.flush();
    std::error_code error = out.error();
    out.clear_error();
    if (!error && (fchmod(descriptor, status.st_mode & 07777) != 0 || fsync(descriptor) != 0)) {
      error = last_error();
    }
    return error ? failure(file, error) : llvm::Error::success();
  }

  llvm::Error commit(std::vector<std::string>& written) {
    while (!staged_.empty()) {
      const auto& [file, temporary] = staged_.back();
      if (rename(temporary.c_str(), file.c_str()) != 0) {
        return failure(file, last_error());
      }
      written.push_back(file);
      staged_.pop_back();
    }
    return llvm::Error::success();
  }

 private:
  std::vector<std::pair<std::string, std::string>> staged_;
};

}  // namespace

llvm::Error write_files(const std::map<std::string, FileChange>& files,
                        std::vector<std::string>& written) {
  Staging staging;
  for (const auto& [file, change] : files) {
    if (llvm::Error error = staging.add(file, change.new_text)) {
      return error;
    }
  }
  // As late as can be: an editor may have saved since the texts were read.
  for (const auto& [file, change] : files) {
    if (read_text(file) != change.old_text) {
      return llvm::createStringError(std::errc::interrupted, "%s was changed meanwhile",
                                     file.c_str());
    }
  }
  return staging.commit(written);
}

}  // namespace jaa::plugin
