// Gives a session what it asks for: files, MIR from a second compiler run, and
// trials. The part that the wrapper and `jaa` have in common.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fixit/trial.h"
#include "plugin/rustc/facts_store_unix.h"
#include "plugin/rustc/settings.h"
#include "plugin/rustc/unit.h"
#include "plugin/rustc/workspace_crates.h"
#include "session/session.h"

namespace jaa::plugin {

struct SessionHost {
  Unit unit;
  // All source files that the unit read, absolute, sorted.
  std::vector<std::string> crate_sources;
  // All that its compiler says of itself; empty: it is asked where that matters.
  std::string identity;
  // Records of the other units of the workspace; may be empty.
  std::string units_directory;
  // The workspace's targets, of which not all have a record: what needs the unit is not compiled
  // before that compiles.
  std::vector<WorkspaceCrate> crates = {};
  // Where facts are kept; empty: nowhere.
  std::string facts_directory;
  std::function<fixit::TrialOutcome(const fixit::Trial&)> run_trial;
  // A private folder for compiling the unit by itself.
  std::string scratch;
  // Seconds after which alternatives are left untried; leads are always tried, up
  // to ten times that.
  double budget_seconds = 60;
  // One run of the compiler for facts or a probe that takes longer is given up.
  double timeout_seconds = 600;
  // Leave alternatives untried altogether.
  bool leads_only = false;
  // Texts that stand for files: unsaved ones. Where there are any, no facts are kept.
  std::vector<fixit::EditedFile> texts;
  // Called once when there are findings whose fixes are about to be tried.
  std::function<void()> on_found;
};

// What a session is told of a unit. `identity` is all that its compiler says of itself; MIR
// is not asked of one that is not proven, and lints are off then.
[[nodiscard]] session::Input session_input(const Unit& unit, const Settings& settings,
                                           const std::string& identity,
                                           std::vector<rustc::Diagnostic> diagnostics);

// How long the parts took, for `--stats`.
struct SessionTimes {
  double facts_seconds = 0;
  double facts_cpu_seconds = 0;
  bool facts_from_store = false;
  double trial_seconds = 0;
  int trials = 0;
  int trials_from_store = 0;
};

// Runs the session to its end.
SessionTimes drive(session::Session& session, const SessionHost& host);

// What a unit read by its dep-info, as absolute paths; empty when there is none.
[[nodiscard]] std::vector<std::string> sources_of(const Unit& unit);

}  // namespace jaa::plugin
