// The tool's own target directory, and how it stays honest.
//
// After a trial its artifacts were built from edited text, and cargo, which knows
// times and not texts, would find them fresh for the original. So every path
// that was ever edited here is written down before the run, and in each later
// trial all of them are overlaid anew, with the present text and the present time.
// A directory without that list is not trusted and is emptied.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "llvm/Support/Error.h"

namespace jaa::plugin {

class TrialTarget {
 public:
  // The caller holds the lock that guards `folder`.
  [[nodiscard]] static llvm::Expected<TrialTarget> open(const std::string& folder);

  [[nodiscard]] const std::string& folder() const { return folder_; }
  // Canonical paths.
  [[nodiscard]] const std::set<std::string>& edited() const { return edited_; }
  [[nodiscard]] llvm::Error remember(const std::set<std::string>& paths);

  // Brings over what is new in the user's target directory since the last time,
  // times included. Libraries and incremental sessions are hard links (compilers
  // replace these files, they never write into them), all else is copied.
  [[nodiscard]] llvm::Error seed(const std::string& user_target);

  // Folders with a `deps` folder: `debug`, `x86_64-unknown-linux-gnu/release`, ..
  [[nodiscard]] std::vector<std::string> profile_folders() const;

 private:
  explicit TrialTarget(std::string folder) : folder_(std::move(folder)) {}
  std::string folder_;
  std::set<std::string> edited_;
};

}  // namespace jaa::plugin
