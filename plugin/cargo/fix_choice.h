// Which fix of each finding `cargo async fix` applies. Pure: reports in, choice out.
#pragma once

#include <string>
#include <vector>

#include "plugin/cargo/arguments.h"
#include "plugin/rustc/report.h"

namespace jaa::plugin {

struct ChosenFix {
  ReportedFinding finding;  // without its fixes
  ReportedFix fix;
};

struct FixChoice {
  // In the order of the output: by file, place and name.
  std::vector<ChosenFix> chosen;
  // What the user can do about findings that get no fix, a line each.
  std::vector<std::string> advice;
};

// The findings that `arguments` lets through, in the order of the output. A finding
// that several units report is one.
[[nodiscard]] std::vector<ReportedFinding> distinct_findings(std::vector<ReportedFinding> findings,
                                                             const FixArguments& arguments);

// Accepted, and complete: the user may ask for it.
[[nodiscard]] bool is_pickable(const ReportedFix& fix);
// It keeps the meaning as well, so it may be applied unasked.
[[nodiscard]] bool is_automatic(const ReportedFix& fix);

// A picked alternative must have been accepted; any other fix must keep the meaning
// as well and have no placeholders.
[[nodiscard]] FixChoice choose_fixes(std::vector<ReportedFinding> findings,
                                     const FixArguments& arguments);

}  // namespace jaa::plugin
