// One run of `cargo check` with our wrapper in it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "llvm/Support/Error.h"
#include "plugin/cargo/arguments.h"
#include "plugin/cargo/console.h"
#include "plugin/cargo/fix_export.h"
#include "plugin/cargo/workspace.h"
#include "plugin/rustc/report.h"
#include "plugin/rustc/settings.h"
#include "plugin/rustc/trial_runner_unix.h"

namespace jaa::plugin {

// The exit codes of our own; every other is cargo's. Cargo itself uses both the same
// way: 101 for anything that failed while building.
constexpr int exit_usage = 1;
constexpr int exit_cargo_failed = 101;

// How the user's cargo is called: what does not change between runs.
struct CargoContext {
  std::string cargo;
  std::string self;  // the absolute path of this program, which is also the wrapper
  std::string cwd;
  // Ours without anything that an enclosing run of this program has put into it.
  std::vector<std::string> env;
};
[[nodiscard]] CargoContext cargo_context(const std::string& self, std::vector<std::string> env);

// Asks cargo about the workspace. When cargo refuses it has said why on stderr, and
// the error is empty; else the error names cargo.
[[nodiscard]] llvm::Expected<Workspace> find_workspace(const CargoContext& context,
                                                       const Arguments& arguments,
                                                       const Console& console);

// The settings that hold for a run; says what was not understood of them.
[[nodiscard]] Settings read_settings(const Workspace& workspace, const Arguments& arguments,
                                     const Console& console);

// The run of cargo that a check is, and that trials repeat; without what is of one run.
[[nodiscard]] Invocation make_invocation(const CargoContext& context, const Workspace& workspace,
                                         const Settings& settings, const Arguments& arguments);

struct CheckRun {
  const CargoContext& context;
  const Workspace& workspace;
  const Settings& settings;
  const Arguments& arguments;
  // The values of `--message-format` for this run.
  std::vector<std::string> message_formats;
  // Called for each line of cargo's stdout; when absent the child has ours.
  std::function<void(std::string_view)> on_line;
  // Our stdin is for our own questions.
  bool keeps_stdin = false;
  // Only what would be applied unasked has to be tried.
  bool automatic_only = false;
  // Called for each piece of cargo's stderr; when absent the child has ours.
  std::function<void(std::string_view)> on_stderr = nullptr;
};

struct CheckResult {
  int exit_code = 0;
  Reports reports;
  double seconds = 0;
};

// Fails only if there is no cargo to run or no place for the run's files.
[[nodiscard]] llvm::Expected<CheckResult> run_check(const CheckRun& run, const Console& console);

// What `--export-fixes` asks for; says when it cannot be written.
[[nodiscard]] bool export_fixes(const FixExport& fixes, const Arguments& arguments,
                                const Console& console);

// Prints an error, unless it is empty, and gives the exit code that goes with it.
[[nodiscard]] int report_failure(llvm::Error error, const Console& console);

// `cargo async check`; returns the exit code.
[[nodiscard]] int check(const CargoContext& context, const Arguments& arguments,
                        const Console& console);

}  // namespace jaa::plugin
