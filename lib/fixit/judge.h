// What the outcome of a trial means.
//
// Accepted: every unit that read an edited file compiles it with the explained
// errors gone, no new error, and no new warning at the edits. Errors are compared
// by what they say and the text they point at, because lines move. An error far
// from fixes that stay inside one function was there before, hidden behind the
// ones that are gone: it remains. Where a fix goes further, such an error means
// that the answer is not known.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/finding.h"
#include "fixit/trial.h"
#include "rustc/diagnostic.h"

namespace jaa::fixit {

// What the compiler said before the edits.
struct Baseline {
  // Root source file, absolute, and kind of the unit that the findings are about.
  std::string root_source;
  bool is_test = false;
  // Directory that file names in messages are relative to.
  std::string cwd;
  std::vector<rustc::Diagnostic> diagnostics;
};

// The edits of one fix within a trial.
struct TriedFix {
  std::vector<base::Edit> edits;
  // As `FixIt::body`.
  base::Span body;
  // Indexes into `Baseline::diagnostics`: the errors it should remove.
  std::vector<uint32_t> explains;
};

struct Judgement {
  base::Verdict::Kind kind = base::Verdict::Kind::Unknown;
  std::string reason;
  uint32_t remaining_errors = 0;
  // Indexes of the tried fixes that a new error or warning points at.
  std::vector<size_t> blamed;
  // Not all that was edited was compiled, since something before it failed: never accepted.
  bool is_partial = false;
  // No further trial can do better here (the compiler could not be run).
  bool is_final = false;
};

[[nodiscard]] Judgement judge(const Baseline& baseline, const std::vector<TriedFix>& fixes,
                              const TrialOutcome& outcome, const base::SourceFiles& sources);

// Identity of a diagnostic across edits that move lines.
[[nodiscard]] std::string diagnostic_key(const rustc::Diagnostic& diagnostic);

}  // namespace jaa::fixit
