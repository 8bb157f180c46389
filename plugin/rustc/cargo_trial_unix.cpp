// A trial by cargo itself, over the overlay, in the tool's own target directory.
#include <time.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "plugin/rustc/cargo_report_unix.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/overlay_unix.h"
#include "plugin/rustc/process_unix.h"
#include "plugin/rustc/records.h"
#include "plugin/rustc/trial_proof.h"
#include "plugin/rustc/trial_runner_unix.h"
#include "plugin/rustc/trial_store_unix.h"
#include "plugin/rustc/trial_target_unix.h"

namespace jaa::plugin {
namespace {

constexpr llvm::StringRef CacheTag =
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# Build results of trials; may be deleted at any time.\n";

// The clock that the kernel stamps files with.
int64_t file_clock_ns() {
  struct timespec now{};
  ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

// All folders of packages that cargo builds from source on this machine: path
// dependencies and members may lie outside the workspace's folder.
std::vector<std::string> package_folders(const Invocation& invocation) {
  std::vector<std::string> folders{invocation.workspace_root};
  Command command;
  command.argv = {invocation.cargo, "metadata", "--format-version=1", "--offline"};
  command.cwd = invocation.workspace_root;
  command.env = invocation.env;
  command.timeout_seconds = 60;
  llvm::Expected<ProcessResult> result = run(command);
  if (!result) {
    llvm::consumeError(result.takeError());
    return folders;
  }
  llvm::Expected<llvm::json::Value> value = parse_json(result->out);
  if (!value) {
    llvm::consumeError(value.takeError());
    return folders;
  }
  const llvm::json::Object* root = value->getAsObject();
  const llvm::json::Array* packages = root != nullptr ? root->getArray("packages") : nullptr;
  if (packages == nullptr) return folders;
  for (const llvm::json::Value& element : *packages) {
    const llvm::json::Object* package = element.getAsObject();
    if (package == nullptr || package->getString("source")) continue;  // from a registry
    if (const auto manifest = package->getString("manifest_path")) {
      std::string folder = llvm::sys::path::parent_path(*manifest).str();
      if (!is_within(folder, invocation.workspace_root)) folders.push_back(std::move(folder));
    }
  }
  return folders;
}

// The user's command with our options before any `--`.
std::vector<std::string> trial_arguments(const Invocation& invocation, const std::string& target) {
  const std::vector<std::string>& given = invocation.arguments;
  const auto separator = std::ranges::find(given, "--");
  std::vector<std::string> result{invocation.cargo};
  result.insert(result.end(), given.begin(), separator);
  const auto add_once = [&](const char* flag) {
    if (std::ranges::count(result, flag) == 0) result.push_back(flag);
  };
  result.push_back("--target-dir");
  result.push_back(target);
  // A configured build directory would take the intermediate files, and it is the
  // user's. The last `--config` wins. JSON's quoting is good TOML.
  result.push_back("--config");
  result.push_back(llvm::formatv("build.build-dir={0}", llvm::json::Value(target)).str());
  result.push_back("--message-format=json");
  add_once("--keep-going");
  if (stamp_of(invocation.workspace_root + "/Cargo.lock")) add_once("--offline");
  result.insert(result.end(), separator, given.end());
  return result;
}

// The trial's files, and the present text of all others that were ever edited here.
llvm::Expected<std::vector<fixit::EditedFile>> files_to_overlay(const fixit::Trial& trial,
                                                                TrialTarget& target) {
  std::vector<fixit::EditedFile> files = trial.files;
  std::set<std::string> own;
  for (const fixit::EditedFile& file : trial.files) {
    const std::optional<std::string> path = canonical_path(file.path);
    if (!path) return file_error("edit", file.path, errno);
    own.insert(*path);
  }
  // Beyond here the directory's artifacts may be built from the edited texts.
  if (llvm::Error error = target.remember(own)) return error;
  for (const std::string& path : target.edited()) {
    if (own.contains(path) || !stamp_of(path)) continue;  // cargo notices a file that is gone
    llvm::Expected<std::string> text = read_file(path);
    if (!text) return text.takeError();
    files.push_back({path, std::move(*text)});
  }
  return files;
}

// A shadow tree changes where packages seem to be.
void name_original_packages(const Overlay& overlay, std::vector<fixit::UnitOutcome>& units) {
  for (fixit::UnitOutcome& unit : units) {
    const size_t start = unit.package.find("file://");
    const size_t end = unit.package.find('#');
    if (start == std::string::npos || end == std::string::npos) continue;
    const size_t from = start + 7;
    unit.package = unit.package.substr(0, from) +
                   overlay.outside(unit.package.substr(from, end - from)) +
                   unit.package.substr(end);
  }
}

llvm::Expected<fixit::TrialOutcome> try_with_cargo(const Invocation& invocation,
                                                   const fixit::Trial& trial,
                                                   const TrialLimits& limits,
                                                   const TrialStore* store) {
  const std::string own = invocation.target_dir + "/just-async";
  if (llvm::Error error = make_directories(own)) return error;
  llvm::Expected<FileLock> lock = FileLock::take(own + "/trial.lock", limits.timeout_seconds);
  if (!lock) return lock.takeError();
  // Only now: another target of the crate may have tried the same while we waited.
  if (store != nullptr) {
    if (auto known = store->find(trial)) return std::move(*known);
  }
  if (llvm::Error error = write_file(own + "/CACHEDIR.TAG", CacheTag)) return error;
  llvm::Expected<TrialTarget> target = TrialTarget::open(own + "/trial");
  if (!target) return target.takeError();
  if (llvm::Error error = target->seed(invocation.target_dir)) return error;
  llvm::Expected<std::vector<fixit::EditedFile>> files = files_to_overlay(trial, *target);
  if (!files) return files.takeError();

  OverlayRequest request{.files = std::move(*files),
                         // One place always, so that a shadow tree stays warm.
                         .scratch = own + "/overlay",
                         .roots = [&] { return package_folders(invocation); },
                         .only = std::nullopt};
  llvm::Expected<std::unique_ptr<Overlay>> overlay = make_overlay(request);
  if (!overlay) return overlay.takeError();

  Command command;
  command.argv = trial_arguments(invocation, target->folder());
  command.cwd = invocation.cwd;
  command.env = invocation.env;
  std::erase_if(*command.env, [](const std::string& v) { return v.starts_with("JAA_MODE="); });
  command.env->push_back("JAA_MODE=trial");
  command.timeout_seconds = limits.timeout_seconds;
  (*overlay)->apply(command);
  const int64_t started_ns = file_clock_ns();
  llvm::Expected<ProcessResult> result = run(command);
  if (!result) return result.takeError();
  if (result->timed_out) return sentence("cargo ran out of time");
  if (result->stopped_early) return sentence("the trial was stopped");
  if (result->signal != 0) {
    return sentence("cargo was killed by signal " + llvm::Twine(result->signal));
  }

  CargoReport report = read_cargo_report(result->out, (*overlay)->inside(invocation.workspace_root),
                                         target->profile_folders(), started_ns);
  const bool has_failed_unit =
      std::ranges::any_of(report.units, [](const auto& unit) { return !unit.succeeded; });
  const bool succeeded = report.succeeded && result->exit_code == 0;
  if (!report.is_finished || (!succeeded && !has_failed_unit)) {
    return sentence("cargo ended with code " + llvm::Twine(result->exit_code) +
                    " without compiling: " + first_lines(result->err));
  }
  fixit::TrialOutcome outcome;
  outcome.seconds = result->seconds;
  outcome.units = std::move(report.units);
  name_original_packages(**overlay, outcome.units);
  check_evidence(**overlay, trial, outcome);
  for (const fixit::UnitOutcome& unit : outcome.units) {
    // A package of this machine whose sources are unknown may be built from anything.
    if (outcome.why.empty() && unit.is_fresh && unit.sources.empty() &&
        unit.package.starts_with("path+")) {
      outcome.state = fixit::TrialOutcome::State::Unproven;
      outcome.why = "no dep-info for " + unit.target + ", which cargo took from before";
    }
  }
  if (store != nullptr) store->keep(trial, outcome, started_ns);
  return outcome;
}

}  // namespace

fixit::TrialOutcome run_cargo_trial(const Invocation& invocation, const fixit::Trial& trial,
                                    const TrialLimits& limits, const TrialStore* store) {
  llvm::Expected<fixit::TrialOutcome> outcome = try_with_cargo(invocation, trial, limits, store);
  return outcome ? std::move(*outcome) : not_run(llvm::toString(outcome.takeError()));
}

}  // namespace jaa::plugin
