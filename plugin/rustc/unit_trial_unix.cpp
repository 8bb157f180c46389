// A trial of one recorded unit, and the record of cargo's invocation.
#include <algorithm>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "plugin/rustc/arguments.h"
#include "plugin/rustc/dep_info.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/incremental_unix.h"
#include "plugin/rustc/overlay_unix.h"
#include "plugin/rustc/process_unix.h"
#include "plugin/rustc/records.h"
#include "plugin/rustc/trial_proof.h"
#include "plugin/rustc/trial_runner_unix.h"

namespace jaa::plugin {
namespace {

// The folders a shadow tree needs for one unit.
std::vector<std::string> unit_roots(const Unit& unit, const UnitArgs& args) {
  std::vector<std::string> roots{unit.cwd};
  if (const auto manifest = environment_value(unit.env, "CARGO_MANIFEST_DIR")) {
    roots.push_back(*manifest);
  }
  const std::string source = absolute_from(unit.cwd, args.source);
  roots.push_back(llvm::sys::path::parent_path(source).str());
  return roots;
}

// Cargo's own names where the environment tells them, else what the file tells.
fixit::UnitOutcome describe(const Unit& unit, const UnitArgs& args) {
  fixit::UnitOutcome outcome;
  outcome.is_test = args.is_test;
  const auto variable = [&](const char* name) {
    return environment_value(unit.env, name).value_or(std::string());
  };
  const std::string folder = variable("CARGO_MANIFEST_DIR");
  const std::string name = variable("CARGO_PKG_NAME");
  outcome.package = absolute_from(unit.cwd, args.source);
  if (!folder.empty() && !name.empty()) {
    const bool is_named_so = llvm::sys::path::filename(folder) == name;
    outcome.package = "path+file://" + folder + "#" + (is_named_so ? "" : name + "@") +
                      variable("CARGO_PKG_VERSION");
  }
  const std::string program = variable("CARGO_BIN_NAME");
  outcome.target = program.empty() ? args.crate_name : program;
  const std::string type = args.crate_types.empty() ? "bin" : args.crate_types.front();
  outcome.target_kind = args.is_build_script() ? "custom-build"
                        : args.is_test && program.empty() && args.crate_types.empty() ? "test"
                                                                                      : type;
  return outcome;
}

std::vector<std::string> read_sources(const std::string& out_folder, const std::string& cwd) {
  std::vector<std::string> sources;
  std::error_code code;
  for (llvm::sys::fs::directory_iterator it(out_folder, code), end; it != end && !code;
       it.increment(code)) {
    if (llvm::sys::path::extension(it->path()) != ".d") continue;
    llvm::Expected<std::string> text = read_file(it->path());
    if (!text) {
      llvm::consumeError(text.takeError());
      continue;
    }
    for (const std::string& name : parse_dep_info(*text)) {
      sources.push_back(absolute_from(cwd, name));
    }
  }
  return sources;
}

llvm::Expected<fixit::TrialOutcome> try_unit(const Unit& unit, const fixit::Trial& trial,
                                             const std::string& scratch,
                                             const TrialLimits& limits) {
  if (llvm::Error error = make_directories(scratch)) return error;
  llvm::Expected<FileLock> lock = FileLock::take(scratch + "/lock", limits.timeout_seconds);
  if (!lock) return lock.takeError();
  const UnitArgs args = parse_unit_args(unit.argv);
  if (args.source.empty() || args.source == "-") return sentence("the unit names no source file");

  OverlayRequest request{.files = trial.files,
                         .scratch = scratch + "/overlay",
                         .roots = [&] { return unit_roots(unit, args); },
                         .only = std::nullopt};
  llvm::Expected<std::unique_ptr<Overlay>> overlay = make_overlay(request);
  if (!overlay) return overlay.takeError();

  // What an earlier trial wrote must not be taken for this one's.
  const std::string out_folder = scratch + "/out";
  if (const std::error_code code = llvm::sys::fs::remove_directories(out_folder, false)) {
    return file_error("empty", out_folder, code.value());
  }
  if (llvm::Error error = make_directories(out_folder)) return error;
  Redirection redirection{.out_dir = out_folder, .incremental = std::nullopt, .emit = std::nullopt};
  if (!args.incremental.empty()) {
    redirection.incremental = scratch + "/incremental";
    if (llvm::Error error = make_directories(*redirection.incremental)) return error;
    seed_incremental(absolute_from(unit.cwd, args.incremental), *redirection.incremental,
                     args.crate_name);
  }
  Command command;
  command.argv = redirect(unit.argv, redirection);
  if (!args.has_json) command.argv.push_back("--error-format=json");
  if (std::ranges::count(args.emit, "dep-info") == 0) {
    // Another `--emit` leaves the ones there; none at all means a program.
    command.argv.push_back(args.emit.empty() ? "--emit=dep-info,link" : "--emit=dep-info");
  }
  command.cwd = unit.cwd;
  command.env = unit.env;
  command.timeout_seconds = limits.timeout_seconds;
  (*overlay)->apply(command);
  const std::string cwd = command.cwd;
  llvm::Expected<ProcessResult> result = run(command);
  if (!result) return result.takeError();
  if (result->timed_out) return sentence("the compiler ran out of time");
  if (result->signal != 0) {
    return sentence("the compiler was killed by signal " + llvm::Twine(result->signal));
  }

  fixit::UnitOutcome outcome = describe(unit, args);
  outcome.diagnostics = rustc::read_messages(result->err, unit.argv[0]).diagnostics;
  outcome.sources = read_sources(out_folder, cwd);
  const bool has_error =
      std::ranges::any_of(outcome.diagnostics, [](const auto& d) { return d.is_error(); });
  if (result->exit_code != 0 && !has_error) {
    return sentence("the compiler ended with code " + llvm::Twine(result->exit_code) +
                    " without an error: " + first_lines(result->err));
  }
  outcome.succeeded = result->exit_code == 0 && !has_error;
  fixit::TrialOutcome trial_outcome;
  trial_outcome.seconds = result->seconds;
  trial_outcome.units.push_back(std::move(outcome));
  check_evidence(**overlay, trial, trial_outcome);
  return trial_outcome;
}

llvm::json::Array to_json(const std::vector<WorkspaceCrate>& crates) {
  llvm::json::Array result;
  for (const WorkspaceCrate& crate : crates) {
    result.push_back(llvm::json::Object{{"root", bytes_to_json(crate.root)},
                                        {"name", bytes_to_json(crate.name)},
                                        {"dependencies", bytes_to_json(crate.dependencies)},
                                        {"is_library", crate.is_library},
                                        {"is_checked", crate.is_checked}});
  }
  return result;
}

}  // namespace

fixit::TrialOutcome run_unit_trial(const Unit& unit, const fixit::Trial& trial,
                                   const std::string& scratch, const TrialLimits& limits) {
  llvm::Expected<fixit::TrialOutcome> outcome = try_unit(unit, trial, scratch, limits);
  return outcome ? std::move(*outcome) : not_run(llvm::toString(outcome.takeError()));
}

llvm::Error write_invocation(const std::string& path, const Invocation& invocation) {
  const llvm::json::Value record =
      llvm::json::Object{{"cargo", bytes_to_json(invocation.cargo)},
                         {"arguments", bytes_to_json(invocation.arguments)},
                         {"cwd", bytes_to_json(invocation.cwd)},
                         {"env", bytes_to_json(invocation.env)},
                         {"workspace_root", bytes_to_json(invocation.workspace_root)},
                         {"target_dir", bytes_to_json(invocation.target_dir)},
                         {"crates", to_json(invocation.crates)}};
  return write_file_atomically(path, llvm::formatv("{0:2}\n", record).str());
}

llvm::Expected<Invocation> read_invocation(const std::string& path) {
  llvm::Expected<std::string> text = read_file(path);
  if (!text) return text.takeError();
  llvm::Expected<RecordReader> reader = RecordReader::parse(*text, path);
  if (!reader) return reader.takeError();
  Invocation invocation{.cargo = reader->bytes("cargo"),
                        .arguments = reader->list("arguments"),
                        .cwd = reader->bytes("cwd"),
                        .env = reader->list("env"),
                        .workspace_root = reader->bytes("workspace_root"),
                        .target_dir = reader->bytes("target_dir"),
                        .crates = {}};
  for (RecordReader& crate : reader->records("crates")) {
    invocation.crates.push_back({.root = crate.bytes("root"),
                                 .name = crate.bytes("name"),
                                 .dependencies = crate.list("dependencies"),
                                 .is_library = crate.flag("is_library"),
                                 .is_checked = crate.flag("is_checked")});
    if (llvm::Error error = crate.finish()) return error;
  }
  if (llvm::Error error = reader->finish()) return error;
  return invocation;
}

}  // namespace jaa::plugin
