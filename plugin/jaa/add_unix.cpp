// `jaa add` and `jaa remove`: one file, and the modules that it reads.
#include <algorithm>
#include <optional>

#include "llvm/ADT/StringRef.h"
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

// The unit as rustc compiles its tests; none where no source has some, or where it is compiled
// so already.
std::optional<Unit> tests_of(const Unit& unit, const std::vector<session::Source>& sources) {
  const bool has_tests = std::any_of(sources.begin(), sources.end(), [](const auto& source) {
    const llvm::StringRef text(source.text);
    return text.contains("#[test]") || text.contains("cfg(test)");
  });
  if (!has_tests || parse_unit_args(unit.argv).is_test) {
    return std::nullopt;
  }
  Unit tests = unit;
  tests.argv.emplace_back("--test");
  return tests;
}

// Uses of marked functions are said whatever the program allows.
Unit marked(Unit unit) {
  unit.argv.insert(unit.argv.end(), propagate::UseMarks::Flags.begin(),
                   propagate::UseMarks::Flags.end());
  return unit;
}

}  // namespace

AsyncChangeHost change_host(const JaaArguments& arguments, const std::string& text,
                            const std::string& scratch) {
  const Unit unit = make_unit(arguments, arguments.file, text, scratch + "/out");
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
  struct Tests {
    std::optional<Unit> unit;
  };
  const auto tests = std::make_shared<Tests>(Tests{tests_of(unit, host.sources)});
  host.run_trial = [unit, tests, scratch](const fixit::Trial& trial, bool is_marked) {
    const auto run = [&](const Unit& one, const std::string& dir) {
      return run_unit_trial(is_marked ? marked(one) : one, trial, scratch + dir, {});
    };
    fixit::TrialOutcome outcome = run(unit, "/trial");
    const auto succeeded = [](const fixit::TrialOutcome& of) {
      return of.state == fixit::TrialOutcome::State::Ran &&
             std::all_of(of.units.begin(), of.units.end(),
                         [](const auto& one) { return one.succeeded; });
    };
    // Tests have the errors of what they test as well: these are mended first.
    if (!tests->unit || !succeeded(outcome)) {
      return outcome;
    }
    fixit::TrialOutcome of_tests = run(*tests->unit, "/trial-tests");
    if (is_marked && !succeeded(of_tests)) {
      tests->unit.reset();
      llvm::errs() << "note: the tests of the file do not compile as they are, and are left so\n";
      return outcome;
    }
    of_tests.units.insert(of_tests.units.begin(), outcome.units.begin(), outcome.units.end());
    of_tests.seconds += outcome.seconds;
    of_tests.is_remembered = of_tests.is_remembered && outcome.is_remembered;
    return of_tests;
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
