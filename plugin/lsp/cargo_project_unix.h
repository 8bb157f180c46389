// A cargo project, as the jobs see it: its settings, and its units as they were compiled
// last. For the `*_run(s)_unix.cpp` beside this.
#pragma once

#include <string>
#include <vector>

#include "fixit/trial.h"
#include "llvm/Support/Error.h"
#include "plugin/cargo/arguments.h"
#include "plugin/cargo/check_unix.h"
#include "plugin/cargo/workspace.h"
#include "plugin/lsp/project_runs_unix.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/unit.h"

namespace jaa::lsp {

// Ready to be run.
struct CargoProject {
  plugin::CargoContext context;
  plugin::Arguments arguments;
  plugin::Workspace workspace;
  plugin::Settings settings;

  [[nodiscard]] std::string store() const { return workspace.target_dir + "/just-async"; }
  [[nodiscard]] plugin::Invocation invocation() const {
    return plugin::make_invocation(context, workspace, settings, arguments);
  }
};
// The error says what cargo said.
[[nodiscard]] llvm::Expected<CargoProject> open_project(const RunContext& run,
                                                        const std::string& root,
                                                        const ClientSettings& settings);

// A folder for one job. Its name is that of a run, so that the next one takes it away should
// we die.
[[nodiscard]] llvm::Expected<plugin::TemporaryFolder> own_folder(const CargoProject& project,
                                                                 const std::string& what);

struct KnownUnit {
  plugin::Unit unit;
  plugin::UnitArgs args;
  std::string root_source;
  std::vector<std::string> sources;  // sorted
};
// Libraries and programs before their tests.
[[nodiscard]] std::vector<KnownUnit> known_units(const CargoProject& project);

// Of the compiler that they were compiled by; empty when it is not known.
[[nodiscard]] std::string identity_of(const std::vector<KnownUnit>& units);

// The last lines that somebody printed, as one text.
[[nodiscard]] std::string last_words(llvm::StringRef text);

}  // namespace jaa::lsp
