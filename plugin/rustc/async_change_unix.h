// `add`, `remove`, and what `fix` completes: a change of which functions are async, tried as
// a whole.
//
// One run of the compiler over marked sources tells who uses what (propagate/use_marks.h);
// the plan is made from that, all at once, and the compiler runs over the result. What is
// still wrong there has causes and remedies like any other program's (session/session.h),
// which are tried and taken, until the program compiles. All of it in memory: the driver
// writes the texts or does not.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fixit/trial.h"
#include "project/package.h"
#include "session/session.h"

namespace jaa::plugin {

// A place in a file: that of a function's name.
struct FunctionPlace {
  std::string file;  // absolute
  uint32_t offset = 0;
};

struct AsyncChangeRequest {
  std::string path;     // what the user calls the function
  std::string ends_at;  // `--to`: another such path; empty: as far as it goes
  bool keeps_sync = false;
  // In place of `path`, where the function was pointed at.
  std::optional<FunctionPlace> place = std::nullopt;
};

struct AsyncChangeHost {
  // All that may be edited, and other sources of the workspace's crates.
  std::vector<session::Source> sources;
  project::Package package;
  std::map<std::string, std::string> crate_names;  // by root file
  std::string cwd;                                 // that names in messages are relative to
  // The compiler is not run any more once it has run for as long; 0: no limit.
  double budget_seconds = 0;
  // With `is_marked` the compiler gets `propagate::UseMarks::Flags` as well.
  std::function<fixit::TrialOutcome(const fixit::Trial&, bool is_marked)> run_trial;
};

// A function that was made async by hand.
struct BegunFunction {
  std::string name;    // "parse::Parser::next"
  std::string path;    // of its file, absolute
  uint32_t begin = 0;  // its name's place there
  uint32_t end = 0;
};

struct AsyncChange {
  // 0: `files` may be written. Else the exit code, and `error` says why.
  int exit_code = 0;
  std::string error;
  // The compiler's own words, where it is the compiler that refuses.
  std::string compiler_text;
  // What changes and why, a line each.
  std::string plan;
  std::vector<std::string> notes;
  std::vector<fixit::EditedFile> files;
  // Of a change that was begun by hand; the first is where the errors lead to.
  std::vector<BegunFunction> begun;
  // How often the compiler ran, and for how long.
  uint32_t runs = 0;
  double seconds = 0;
};

[[nodiscard]] AsyncChange add_async(const AsyncChangeHost& host, const AsyncChangeRequest& request);
// The change that was begun by hand: functions became async, and not yet what calls them.
// `messages` is what the compiler says of the program as it is, its names of files relative
// to the host's `cwd`. Nothing of the kind is wrong: no file, and no error.
[[nodiscard]] AsyncChange complete_async(const AsyncChangeHost& host,
                                         const std::vector<rustc::Diagnostic>& messages);
[[nodiscard]] AsyncChange remove_async(const AsyncChangeHost& host,
                                       const AsyncChangeRequest& request);

}  // namespace jaa::plugin
