// Runs trials: the compiler over edited files.
//
// For a cargo project the trial is cargo itself, over the overlay, with the tool's
// own target directory seeded from the user's (never the user's own: the hashes
// collide, and the original would afterwards be wrongly fresh). For a single file
// it is the recorded unit with its outputs redirected.
//
// Every outcome that says `Ran` has been checked against dep-info: each edited
// file was compiled by a unit of this trial and read from the overlay. Only where a
// unit failed so early that it left no dep-info (a syntax error) is its failure
// taken as it is; a failure is never mistaken for acceptance.
#pragma once

#include <string>
#include <vector>

#include "fixit/trial.h"
#include "plugin/rustc/unit.h"
#include "plugin/rustc/workspace_crates.h"

namespace jaa::plugin {

// How the user called cargo, recorded by the cargo driver: what a trial repeats.
struct Invocation {
  std::string cargo;                   // the cargo to call
  std::vector<std::string> arguments;  // "check", flags; without --target-dir and --message-format
  std::string cwd;
  std::vector<std::string> env;  // as cargo was called, wrapper variables included
  std::string workspace_root;
  std::string target_dir;  // the user's, absolute
  std::vector<WorkspaceCrate> crates = {};
};
[[nodiscard]] llvm::Error write_invocation(const std::string& path, const Invocation& invocation);
[[nodiscard]] llvm::Expected<Invocation> read_invocation(const std::string& path);

struct TrialLimits {
  double timeout_seconds = 600;
};

// Runs one trial with cargo. Never throws, never accepts what it cannot prove:
// each failure to run is a `TrialOutcome` that says why. One at a time for a
// target directory (a lock file); others wait. `invocation.target_dir` is only read;
// all that is written stands in its `just-async` folder. Units that cargo did
// not reach, because one they need failed, are missing from the outcome. When a
// target is built twice (plain and as a test) and cargo does not keep a unit's
// messages, those that are no errors are given to both. With a store, nothing is run
// for an outcome that it knows.
class TrialStore;
[[nodiscard]] fixit::TrialOutcome run_cargo_trial(const Invocation& invocation,
                                                  const fixit::Trial& trial,
                                                  const TrialLimits& limits,
                                                  const TrialStore* store = nullptr);

// Runs one trial by replaying `unit` alone, outputs and incremental directory
// redirected to `scratch` (seeded from the last committed session where there is
// one). Right only when nothing else can see the change.
[[nodiscard]] fixit::TrialOutcome run_unit_trial(const Unit& unit, const fixit::Trial& trial,
                                                 const std::string& scratch,
                                                 const TrialLimits& limits);

}  // namespace jaa::plugin
