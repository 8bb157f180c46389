#include "plugin/cargo/write_files_unix.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "plugin/cargo/files.h"

namespace jaa::plugin {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

constexpr llvm::StringLiteral staged_mark = ".just-async-";

llvm::Error failure(const std::string& file, std::error_code error) {
  return llvm::createStringError(error, "%s: %s", file.c_str(), error.message().c_str());
}

std::error_code last_error() {
  return {errno, std::generic_category()};
}

// A rename lasts once its folder is on disk.
void sync_folder(const std::string& file) {
  const int folder = open(path::parent_path(file).str().c_str(), O_RDONLY | O_CLOEXEC);
  if (folder >= 0) {
    fsync(folder);
    close(folder);
  }
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
    path::append(model, "." + path::filename(file) + staged_mark + "%%%%%%%%");
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
      sync_folder(file);
      written.push_back(file);
      staged_.pop_back();
    }
    return llvm::Error::success();
  }

 private:
  std::vector<std::pair<std::string, std::string>> staged_;
};

// Gives files their old texts again; `written` keeps those that could not get it.
void take_back(const std::map<std::string, FileChange>& files, std::vector<std::string>& written) {
  Staging staging;
  for (const std::string& file : written) {
    if (llvm::Error error = staging.add(file, files.at(file).old_text)) {
      llvm::consumeError(std::move(error));  // the first error is the one to tell
      return;
    }
  }
  std::vector<std::string> restored;
  llvm::consumeError(staging.commit(restored));
  std::erase_if(
      written, [&restored](const std::string& file) { return llvm::is_contained(restored, file); });
}

}  // namespace

llvm::Error write_files(const std::map<std::string, FileChange>& files,
                        std::vector<std::string>& written, llvm::function_ref<bool()> should_stop) {
  const auto stopped = [&should_stop] { return should_stop && should_stop(); };
  Staging staging;
  for (const auto& [file, change] : files) {
    if (stopped()) {
      return llvm::createStringError(std::errc::interrupted, "interrupted");
    }
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
  if (stopped()) {
    return llvm::createStringError(std::errc::interrupted, "interrupted");
  }
  llvm::Error error = staging.commit(written);
  if (error) {
    take_back(files, written);
  }
  return error;
}

bool is_staged_name(llvm::StringRef file) {
  const llvm::StringRef name = path::filename(file);
  return name.starts_with(".") && name.contains(staged_mark);
}

std::map<std::string, FileChange> reversed(const std::map<std::string, FileChange>& files) {
  std::map<std::string, FileChange> result;
  for (const auto& [file, change] : files) {
    result[file] = {change.new_text, change.old_text, change.fixes};
  }
  return result;
}

}  // namespace jaa::plugin
