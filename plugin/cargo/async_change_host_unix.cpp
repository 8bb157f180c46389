#include "plugin/cargo/async_change_host_unix.h"

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include "llvm/ADT/StringRef.h"
#include "plugin/cargo/inner_wrapper.h"
#include "plugin/rustc/crate_sources_unix.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/trial_runner_unix.h"

namespace jaa::plugin {

namespace {

using llvm::StringRef;

// The user says which packages or targets are checked.
bool selects(const std::vector<std::string>& arguments) {
  constexpr std::array flags = {"-p",      "--package", "--workspace", "--all",        "--lib",
                                "--bin",   "--bins",    "--example",   "--examples",   "--test",
                                "--tests", "--bench",   "--benches",   "--all-targets"};
  return std::any_of(arguments.begin(), arguments.end(), [&](const std::string& argument) {
    const StringRef name = StringRef(argument).split('=').first;
    return std::any_of(flags.begin(), flags.end(),
                       [name](const char* flag) { return name == flag; });
  });
}

Invocation invocation_for(const CargoContext& context, const Workspace& workspace,
                          const Arguments& arguments) {
  Invocation invocation;
  invocation.cargo = context.cargo;
  invocation.arguments = {"check"};
  invocation.arguments.insert(invocation.arguments.end(), arguments.cargo.begin(),
                              arguments.cargo.end());
  if (!selects(arguments.cargo)) {
    invocation.arguments.insert(invocation.arguments.end(), {"--workspace", "--all-targets"});
  }
  invocation.cwd = context.cwd;
  invocation.env = context.env;
  std::erase_if(invocation.env, [](const std::string& variable) {
    return StringRef(variable).starts_with("RUSTC_WORKSPACE_WRAPPER=");
  });
  // Units of trials are compiled as those of `check` are, so that either finds what the
  // other has compiled.
  invocation.env.push_back("RUSTC_WORKSPACE_WRAPPER=" + context.self);
  invocation.env.push_back("JAA_RUN_DIR=" + workspace.target_dir + "/just-async");
  const std::string inner = find_inner_wrapper({context.env, context.cwd, arguments.config});
  if (!inner.empty() && inner != context.self) {
    invocation.env.push_back("JAA_INNER_WRAPPER=" + inner);
  }
  invocation.workspace_root = workspace.root;
  invocation.target_dir = workspace.target_dir;
  return invocation;
}

// What every package with a program may use: that is where futures are run.
project::Package package_of(const Workspace& workspace) {
  project::Package result;
  bool is_first = true;
  for (const bool is_program : {true, false}) {
    for (const Package& package : workspace.packages) {
      const bool has_program =
          std::any_of(package.targets.begin(), package.targets.end(),
                      [](const Target& target) { return target.kind == "bin"; });
      if (has_program != is_program) {
        continue;
      }
      if (is_first) {
        result.dependencies = package.dependencies;
        result.crate_name = workspace.packages.size() == 1 ? package.name : "";
        std::replace(result.crate_name.begin(), result.crate_name.end(), '-', '_');
        result.edition = package.targets.empty() ? "2021" : package.targets.front().edition;
        is_first = false;
      } else {
        std::erase_if(result.dependencies, [&package](const std::string& name) {
          return !std::binary_search(package.dependencies.begin(), package.dependencies.end(),
                                     name);
        });
      }
    }
    if (!is_first) {
      break;
    }
  }
  return result;
}

// Runs cargo over texts, with the unsaved ones below them.
class Trials {
 public:
  Trials(Invocation invocation, TrialLimits limits, std::vector<fixit::EditedFile> unsaved)
      : invocation_(std::move(invocation)), limits_(limits), unsaved_(std::move(unsaved)) {}

  fixit::TrialOutcome run(const fixit::Trial& trial, bool is_marked) {
    Invocation invocation = invocation_;
    if (is_marked) {
      invocation.env.push_back("JAA_MARKS=1");
    }
    fixit::TrialOutcome outcome = run_cargo_trial(invocation, with_unsaved(trial), limits_);
    // A text that no target reads cannot be proven to be read: the file stays as it is.
    while (leave_out_unread(outcome, trial)) {
      outcome = run_cargo_trial(invocation, with_unsaved(trial), limits_);
    }
    return outcome;
  }

 private:
  static bool has_file(const std::vector<fixit::EditedFile>& files, const std::string& path) {
    return std::any_of(files.begin(), files.end(),
                       [&path](const auto& file) { return file.path == path; });
  }

  [[nodiscard]] fixit::Trial with_unsaved(const fixit::Trial& trial) const {
    fixit::Trial all = trial;
    for (const fixit::EditedFile& file : unsaved_) {
      if (!has_file(trial.files, file.path)) {
        all.files.push_back(file);
        all.key += file.path + '\0' + std::to_string(std::hash<std::string>()(file.text)) + '\0';
      }
    }
    std::sort(all.files.begin(), all.files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return all;
  }

  // True where it is worth another run: a text was left out that is not on trial itself.
  bool leave_out_unread(const fixit::TrialOutcome& outcome, const fixit::Trial& trial) {
    const bool is_whole = std::all_of(outcome.units.begin(), outcome.units.end(),
                                      [](const auto& unit) { return unit.succeeded; });
    if (outcome.state != fixit::TrialOutcome::State::Unproven || !is_whole) {
      return false;  // what would have been read is not known
    }
    bool is_other = false;
    std::erase_if(unsaved_, [&](const fixit::EditedFile& file) {
      const bool is_read =
          std::any_of(outcome.units.begin(), outcome.units.end(), [&file](const auto& unit) {
            return std::find(unit.sources.begin(), unit.sources.end(), file.path) !=
                   unit.sources.end();
          });
      is_other |= !is_read && !has_file(trial.files, file.path);
      return !is_read;
    });
    return is_other;
  }

  Invocation invocation_;
  TrialLimits limits_;
  std::vector<fixit::EditedFile> unsaved_;
};

}  // namespace

AsyncChangeHost async_change_host(const CargoContext& context, const Workspace& workspace,
                                  const Settings& settings, const Arguments& arguments,
                                  const std::vector<fixit::EditedFile>& unsaved) {
  const auto read = [&unsaved](const std::string& path) -> llvm::Expected<std::string> {
    const auto given = std::find_if(unsaved.begin(), unsaved.end(),
                                    [&path](const auto& file) { return file.path == path; });
    return given == unsaved.end() ? read_file(path) : given->text;
  };
  AsyncChangeHost host;
  // Libraries first: what a program declares as modules of its own stays the library's.
  for (const bool is_program : {false, true}) {
    for (const Package& package : workspace.packages) {
      for (const Target& target : package.targets) {
        if (target.kind != "custom-build" && (target.kind == "bin") == is_program) {
          add_crate_sources(target.source, workspace.root, host.sources, read);
          host.crate_names[target.source] = target.name;
        }
      }
    }
  }
  host.package = package_of(workspace);
  host.cwd = workspace.root;
  TrialLimits limits;
  limits.timeout_seconds = settings.trial_timeout_seconds;
  const auto trials =
      std::make_shared<Trials>(invocation_for(context, workspace, arguments), limits, unsaved);
  host.run_trial = [trials](const fixit::Trial& trial, bool is_marked) {
    return trials->run(trial, is_marked);
  };
  return host;
}

}  // namespace jaa::plugin
