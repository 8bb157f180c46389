// Turns what a trial's compilers did into an outcome that can be relied on.
#pragma once

#include "fixit/trial.h"
#include "plugin/rustc/overlay_unix.h"

namespace jaa::plugin {

[[nodiscard]] fixit::TrialOutcome not_run(std::string why);

// `outcome` has all units, their sources absolute and as the compilers saw them.
// Makes it `Unproven` unless each edited file was compiled by a unit that is not
// fresh, read from the overlay, and is listed by no fresh unit. Then gives all paths
// their original names.
void check_evidence(const Overlay& overlay, const fixit::Trial& trial,
                    fixit::TrialOutcome& outcome);

// The first lines of what a program said, for an error's text.
[[nodiscard]] std::string first_lines(const std::string& text);

}  // namespace jaa::plugin
