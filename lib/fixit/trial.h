// A trial of edits by the compiler, and what its outcome means.
//
// The library plans trials and judges outcomes; a driver runs them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "rustc/diagnostic.h"

namespace jaa::fixit {

// The whole new text of one file, at its original absolute path.
struct EditedFile {
  std::string path;
  std::string text;
  friend bool operator==(const EditedFile&, const EditedFile&) = default;
};

// Makes such texts when they are needed.
using EditedFiles = std::function<std::vector<EditedFile>()>;

// Files sorted by path; `key` is a hash of them and the tool's version, the same
// for the same edits.
struct Trial {
  std::string key;
  std::vector<EditedFile> files;
};

// One compilation within a trial: a crate target, as a test or not.
struct UnitOutcome {
  std::string package;      // cargo's package id; the file's path for a single file
  std::string target;       // "app"
  std::string target_kind;  // "lib", "bin", "test", ..
  bool is_test = false;
  // Not compiled in this trial, but taken from an earlier one.
  bool is_fresh = false;
  bool succeeded = false;
  // Absolute paths of all sources the compiler read, from dep-info, as the
  // compiler named them; empty when there is no dep-info.
  std::vector<std::string> sources;
  std::vector<rustc::Diagnostic> diagnostics;
};

struct TrialOutcome {
  enum class State : uint8_t {
    Ran,       // the compiler ran to its end; `units` tells
    NotRun,    // could not be started, was killed or ran out of time
    Unproven,  // ran, but it is not certain that it saw the edits
  };
  State state = State::NotRun;
  std::string why;  // for NotRun and Unproven
  std::vector<UnitOutcome> units;
  double seconds = 0;
  // Not compiled now: an earlier trial of the same texts had this outcome.
  bool is_remembered = false;
  // Edited files that nothing compiled, where a unit before them has errors: what that unit
  // says is known for certain, and no more.
  std::vector<std::string> unread = {};
};

}  // namespace jaa::fixit
