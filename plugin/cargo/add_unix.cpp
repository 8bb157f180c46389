#include "plugin/cargo/add_unix.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "plugin/cargo/files.h"
#include "plugin/cargo/inner_wrapper.h"
#include "plugin/cargo/signals_unix.h"
#include "plugin/cargo/version_control_unix.h"
#include "plugin/cargo/write_files_unix.h"
#include "plugin/rustc/async_change_unix.h"
#include "plugin/rustc/crate_sources_unix.h"
#include "plugin/rustc/trial_runner_unix.h"
#include "render/diff.h"

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
      const bool has_program = std::any_of(package.targets.begin(), package.targets.end(),
                                           [](const Target& target) { return target.is_program; });
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

class Change {
 public:
  Change(const CargoContext& context, const Workspace& workspace, const Arguments& arguments,
         const Settings& settings, const Console& console)
      : workspace_(workspace),
        arguments_(arguments),
        console_(console),
        invocation_(invocation_for(context, workspace, arguments)) {
    limits_.timeout_seconds = settings.trial_timeout_seconds;
  }

  int run() {
    AsyncChangeHost host;
    // Libraries first: what a program declares as modules of its own stays the library's.
    for (const bool is_program : {false, true}) {
      for (const Package& package : workspace_.packages) {
        for (const Target& target : package.targets) {
          if (!target.is_build_script && target.is_program == is_program) {
            add_crate_sources(target.source, workspace_.root, host.sources);
            host.crate_names[target.source] = target.name;
          }
        }
      }
    }
    host.package = package_of(workspace_);
    host.cwd = workspace_.root;
    host.run_trial = [this](const fixit::Trial& trial) { return try_texts(trial); };
    const AsyncChangeRequest request{arguments_.function, arguments_.ends_at,
                                     arguments_.keeps_sync};
    const AsyncChange change =
        arguments_.verb == Verb::Add ? add_async(host, request) : remove_async(host, request);
    if (pending_signal() != 0) {
      console_.note("interrupted; nothing was changed");
      return 128 + pending_signal();
    }
    return tell(change, host);
  }

 private:
  // The first run is over marked sources: uses of the marks are said whatever the project
  // allows.
  fixit::TrialOutcome try_texts(const fixit::Trial& trial) {
    Invocation invocation = invocation_;
    if (std::exchange(is_first_, false)) {
      invocation.env.push_back("JAA_MARKS=1");
    }
    return run_cargo_trial(invocation, trial, limits_);
  }

  int tell(const AsyncChange& change, const AsyncChangeHost& host) {
    if (!console_.quiet) {
      console_.err << change.plan;
      for (const std::string& note : change.notes) {
        console_.note(note);
      }
    }
    int code = change.exit_code;
    if (code != 0) {
      console_.err << change.compiler_text;
      console_.error(change.error);
      console_.note("nothing was changed");
    } else if (arguments_.fix.dry_run) {
      show(change, host);
    } else {
      code = write(change, host);
    }
    console_.status("Finished", std::to_string(change.runs) +
                                    (change.runs == 1 ? " run" : " runs") + " of the compiler");
    return code;
  }

  std::map<std::string, FileChange> files_of(const AsyncChange& change,
                                             const AsyncChangeHost& host) const {
    std::map<std::string, FileChange> files;
    for (const fixit::EditedFile& file : change.files) {
      for (const session::Source& source : host.sources) {
        if (source.path == file.path) {
          files[file.path] = {source.text, file.text, 1};
        }
      }
    }
    return files;
  }

  void show(const AsyncChange& change, const AsyncChangeHost& host) const {
    const auto has_git = [](const std::string& folder) {
      return llvm::sys::fs::exists(join_path(folder, ".git"));
    };
    const std::string root = find_upward(workspace_.root, has_git).value_or(workspace_.root) + "/";
    for (const auto& [path, file] : files_of(change, host)) {
      StringRef name = path;
      name.consume_front(root);
      console_.out << render::unified_diff(name, file.old_text, file.new_text);
    }
    console_.out.flush();
  }

  int write(const AsyncChange& change, const AsyncChangeHost& host) const {
    std::vector<std::string> written;
    llvm::Error error =
        write_files(files_of(change, host), written, [] { return pending_signal() != 0; });
    std::sort(written.begin(), written.end());
    for (const std::string& path : written) {
      StringRef shown = path;
      if (shown.consume_front(workspace_.root)) {
        shown.consume_front("/");
      }
      console_.status("Changed", shown.str());
    }
    if (error) {
      console_.error(llvm::toString(std::move(error)));
      return pending_signal() != 0 ? 128 + pending_signal() : exit_cargo_failed;
    }
    return 0;
  }

  const Workspace& workspace_;
  const Arguments& arguments_;
  const Console& console_;
  Invocation invocation_;
  TrialLimits limits_;
  bool is_first_ = true;
};

}  // namespace

int change_async(const CargoContext& context, const Arguments& arguments, const Console& console) {
  const SignalWatch watch;
  auto workspace = find_workspace(context, arguments, console);
  if (!workspace) {
    return report_failure(workspace.takeError(), console);
  }
  if (!arguments.fix.dry_run) {
    if (llvm::Error error = check_version_control(workspace->root, arguments.fix, context.env)) {
      return report_failure(std::move(error), console);
    }
  }
  const Settings settings = read_settings(*workspace, arguments, console);
  return Change(context, *workspace, arguments, settings, console).run();
}

}  // namespace jaa::plugin
