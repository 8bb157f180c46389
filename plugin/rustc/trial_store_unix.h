// Outcomes of cargo trials, kept by content: what was tried once is not compiled again,
// neither in the next round of a crate that is partly fixed, nor in the next run, nor
// for a second target of a crate whose first has asked the same.
//
// An outcome depends on the texts that its compilers read, however they came to be: an
// edit that is on trial and one that was written since are the same. So an entry names
// all of them by a hash, those of dependencies of this machine included, and the
// manifests, cargo's configuration, and which files stand beside the sources. All else
// is the context: the compiler, the command, the environment. An entry is as fresh as
// cargo finds a unit fresh, and the same things escape both: what a macro reads behind
// the compiler's back.
//
// Of a package with a build script an entry names every file, and what the script says
// that it reads elsewhere; where that is a folder or too much, there is no entry.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "fixit/trial.h"
#include "plugin/rustc/trial_runner_unix.h"

namespace jaa::plugin {

class TrialStore {
 public:
  // `compiler` is all that it says of itself. Entries stand in `directory`, which is
  // made when it is needed.
  TrialStore(std::string directory, const Invocation& invocation, const std::string& compiler);

  // The outcome that this trial would have. An entry that is damaged is none.
  [[nodiscard]] std::optional<fixit::TrialOutcome> find(const fixit::Trial& trial) const;
  // Keeps an outcome that ran, unless it depends on something that cannot be named or
  // that changed since `started_ns`. Failing to keep it is no error.
  void keep(const fixit::Trial& trial, const fixit::TrialOutcome& outcome,
            int64_t started_ns) const;

 private:
  [[nodiscard]] std::vector<std::string> entries() const;

  std::string directory_;
  std::string cwd_;
  std::string workspace_root_;
  std::string target_dir_;
  std::string cargo_home_;  // empty: where it is by default
  std::string context_;     // 16 hex digits
};

}  // namespace jaa::plugin
