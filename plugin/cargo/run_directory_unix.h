// The folder of one run, where the wrapper finds the invocation and leaves its
// reports: `<target>/just-async/run-<pid>-<random>`. It goes when the run ends; one
// that a killed run left behind goes when the next run starts.
//
// A run holds a lock in its folder as long as it lives. A process id alone would
// not do: a target directory may be shared with a container, where the same numbers
// mean other processes.
#pragma once

#include <string>

#include "llvm/Support/Error.h"

namespace jaa::plugin {

class RunDirectory {
 public:
  // Makes the folder below `target_dir`; when that cannot be written, in the
  // system's place for temporary files, and `warning` says so.
  [[nodiscard]] static llvm::Expected<RunDirectory> create(const std::string& target_dir,
                                                           std::string& warning);
  RunDirectory(RunDirectory&& other) noexcept;
  RunDirectory(const RunDirectory&) = delete;
  RunDirectory& operator=(RunDirectory&&) = delete;
  RunDirectory& operator=(const RunDirectory&) = delete;
  ~RunDirectory();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  RunDirectory(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}

  std::string path_;  // empty: moved from
  int lock_ = -1;
};

// Removes the folders of runs that are over.
void remove_stale_runs(const std::string& directory);

}  // namespace jaa::plugin
