// What a fix still lacks, from what the compiler said of the program with it.
//
// A change of one signature or type often needs another: the bound of a function has to
// be met by its callers, a future that is `Send` needs a `Self` that is `Sync`. The
// program with the fix is looked at as any other: its new errors have causes and
// remedies of their own. Where rustc itself offers a harmless insertion (`mut`, a
// bound), that is taken. The compiler then judges the longer fix as a whole.
#pragma once

#include <vector>

#include "base/finding.h"
#include "fixit/judge.h"
#include "fixit/trial.h"
#include "flow/facts.h"
#include "project/package.h"

namespace jaa::session {

struct FollowContext {
  const base::SourceFiles& sources;
  const fixit::Baseline& baseline;
  const std::vector<flow::CrateFiles>& crates;
  const project::Package& package;
};

// Makes `fix`, one of `finding`'s, longer by what the errors in `outcome` ask for. False when some
// new error has no remedy, or none that keeps the program's meaning, or enough was tried.
[[nodiscard]] bool follow_up(const FollowContext& context, const fixit::TrialOutcome& outcome,
                             const base::Finding& finding, base::FixIt& fix);

}  // namespace jaa::session
