// `jaa add` and `jaa remove`: one file, and the modules that it reads.
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include "plugin/cargo/signals_unix.h"
#include "plugin/cargo/write_files_unix.h"
#include "plugin/jaa/jaa_unix.h"
#include "plugin/rustc/async_change_unix.h"
#include "plugin/rustc/crate_sources_unix.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/process_unix.h"
#include "plugin/rustc/session_driver_unix.h"
#include "plugin/rustc/trial_runner_unix.h"
#include "propagate/use_marks.h"
#include "render/diff.h"

namespace jaa::plugin {
namespace {

constexpr int ExitUsage = 1;
constexpr int ExitFailed = 101;

int fail(const std::string& why, int code) {
  llvm::errs() << "error: " << why << '\n';
  return code;
}

int write(const AsyncChange& change, const std::vector<session::Source>& sources) {
  std::map<std::string, FileChange> files;
  for (const fixit::EditedFile& file : change.files) {
    for (const session::Source& source : sources) {
      if (source.path == file.path) {
        files[file.path] = {source.text, file.text, 1};
      }
    }
  }
  const SignalWatch watch;
  std::vector<std::string> written;
  llvm::Error failed = write_files(files, written, [] { return pending_signal() != 0; });
  if (pending_signal() != 0) {
    llvm::consumeError(std::move(failed));
    llvm::errs() << "note: interrupted\n";
    return 128 + pending_signal();
  }
  return failed ? fail(llvm::toString(std::move(failed)), ExitFailed) : 0;
}

}  // namespace

AsyncChangeHost change_host(const JaaArguments& arguments, const std::string& text,
                            const std::string& scratch) {
  const Unit unit = make_unit(arguments, arguments.file, text, scratch + "/out");
  // Uses of marked functions are said whatever the program allows.
  Unit marked = unit;
  marked.argv.insert(marked.argv.end(), propagate::UseMarks::Flags.begin(),
                     propagate::UseMarks::Flags.end());
  AsyncChangeHost host;
  const std::string root = clean_path(absolute_from(unit.cwd, arguments.file));
  const bool is_whole = llvm::sys::path::is_absolute(parse_unit_args(unit.argv).source);
  add_crate_sources(root, is_whole ? "/" : unit.cwd, host.sources);
  host.package.crate_name = "case";
  host.package.edition = arguments.edition;
  for (const auto& [name, path] : parse_unit_args(unit.argv).externs) {
    host.package.dependencies.push_back(name);
  }
  host.cwd = unit.cwd;
  host.run_trial = [unit, marked, scratch](const fixit::Trial& trial, bool is_marked) {
    return run_unit_trial(is_marked ? marked : unit, trial, scratch + "/trial", {});
  };
  return host;
}

void tell_plan(const AsyncChange& change) {
  llvm::errs() << change.plan;
  for (const std::string& note : change.notes) {
    llvm::errs() << "note: " << note << '\n';
  }
}

int change_async(const JaaArguments& arguments, const std::string& scratch) {
  llvm::Expected<std::string> text = read_file(arguments.file);
  if (!text) {
    return fail(llvm::toString(text.takeError()), ExitUsage);
  }
  const AsyncChangeHost host = change_host(arguments, *text, scratch);
  const AsyncChangeRequest request{arguments.target, arguments.ends_at, arguments.keeps_sync};
  const AsyncChange change =
      arguments.verb == JaaVerb::Add ? add_async(host, request) : remove_async(host, request);
  tell_plan(change);
  int code = change.exit_code;
  if (code != 0) {
    llvm::errs() << change.compiler_text << "error: " << change.error << '\n';
    llvm::errs() << "note: nothing was written\n";
  } else if (arguments.dry_run) {
    for (const fixit::EditedFile& file : change.files) {
      for (const session::Source& source : host.sources) {
        if (source.path == file.path) {
          llvm::outs() << render::unified_diff(source.display, source.text, file.text);
        }
      }
    }
  } else {
    code = write(change, host.sources);
  }
  llvm::errs() << "note: " << change.runs
               << (change.runs == 1 ? " run of the compiler\n" : " runs of the compiler\n");
  return code;
}

}  // namespace jaa::plugin
