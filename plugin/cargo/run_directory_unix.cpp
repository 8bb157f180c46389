#include "plugin/cargo/run_directory_unix.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include "plugin/cargo/files.h"

namespace jaa::plugin {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

constexpr llvm::StringLiteral name_prefix = "run-";
constexpr llvm::StringLiteral lock_name = "lock";

// The lock's descriptor, or -1. It closes on exec, so it lives as long as we do and
// no longer.
int take_lock(const std::string& directory, int flags) {
  const int lock = open(join_path(directory, lock_name).c_str(), O_RDWR | O_CLOEXEC | flags, 0600);
  if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) != 0) {
    const bool is_held = errno == EWOULDBLOCK;
    close(lock);
    errno = is_held ? EWOULDBLOCK : ENOLCK;
    return -1;
  }
  return lock;
}

// A missing process and no lock held. Where locks do not work the process decides.
bool is_over(const std::string& directory, pid_t pid) {
  if (kill(pid, 0) == 0 || errno != ESRCH) {
    return false;
  }
  const int lock = take_lock(directory, 0);
  if (lock < 0) {
    return errno != EWOULDBLOCK;
  }
  close(lock);
  return true;
}

// Cargo marks a target directory it makes, so that backups leave it out. We may be
// first, and then it is for us to do.
void create_target_dir(const std::string& target_dir) {
  if (fs::exists(target_dir) || fs::create_directories(target_dir)) {
    return;
  }
  std::error_code error;
  llvm::raw_fd_ostream tag(join_path(target_dir, "CACHEDIR.TAG"), error);
  if (!error) {
    tag << "Signature: 8a477f597d28d172789f06886806bc55\n"
           "# This file marks a cache directory (https://bford.info/cachedir/).\n";
    tag.close();
    tag.clear_error();
  }
}

llvm::Expected<std::string> create_unique(const std::string& parent) {
  const std::string prefix = join_path(
      parent, name_prefix.str() + std::to_string(llvm::sys::Process::getProcessId()) + "-");
  constexpr int attempts = 16;
  std::error_code error;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    const std::string name = prefix + std::to_string(llvm::sys::Process::GetRandomNumber());
    // Others have no business in it: the invocation holds the whole environment.
    error = fs::create_directory(name, /*IgnoreExisting=*/false, fs::owner_all);
    if (!error) {
      return name;
    }
    if (error != std::errc::file_exists) {
      break;
    }
  }
  return llvm::createStringError(error, "%s: %s", parent.c_str(), error.message().c_str());
}

llvm::Expected<std::string> create_below(const std::string& target_dir) {
  create_target_dir(target_dir);
  const std::string parent = join_path(target_dir, "just-async");
  if (const std::error_code error = fs::create_directories(parent)) {
    return llvm::createStringError(error, "%s: %s", parent.c_str(), error.message().c_str());
  }
  remove_stale_runs(parent);
  return create_unique(parent);
}

}  // namespace

llvm::Expected<RunDirectory> RunDirectory::create(const std::string& target_dir,
                                                  std::string& warning) {
  llvm::Expected<std::string> made = create_below(target_dir);
  if (!made) {
    warning = "the target directory cannot be written: " + llvm::toString(made.takeError());
    llvm::SmallString<128> temporary;
    path::system_temp_directory(/*ErasedOnReboot=*/true, temporary);
    made = create_unique(temporary.str().str());
    if (!made) {
      return made.takeError();
    }
  }
  const int lock = take_lock(*made, O_CREAT | O_EXCL);
  return RunDirectory(std::move(*made), lock);
}

RunDirectory::RunDirectory(RunDirectory&& other) noexcept
    : path_(std::exchange(other.path_, std::string())), lock_(std::exchange(other.lock_, -1)) {}

RunDirectory::~RunDirectory() {
  if (path_.empty()) {
    return;
  }
  fs::remove_directories(path_);
  if (lock_ >= 0) {
    close(lock_);
  }
}

void remove_stale_runs(const std::string& directory) {
  std::vector<std::string> stale;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error, /*follow_symlinks=*/false), end;
       !error && entry != end; entry.increment(error)) {
    llvm::StringRef name = path::filename(entry->path());
    pid_t pid = 0;
    if (name.consume_front(name_prefix) && !name.consumeInteger(10, pid) && pid > 0 &&
        name.starts_with("-") && entry->type() == fs::file_type::directory_file &&
        is_over(entry->path(), pid)) {
      stale.push_back(entry->path());
    }
  }
  for (const std::string& run : stale) {
    // LLVM's own does not remove named pipes.
    std::filesystem::remove_all(run, error);
  }
}

}  // namespace jaa::plugin
