// How far a fix may be applied unasked: a function of what the compiler said of
// it and of what its author claims.
#pragma once

#include <string_view>
#include <vector>

#include "base/finding.h"

namespace jaa::render {

[[nodiscard]] base::Applicability applicability(const base::FixIt& fix);

// One for each fix of the finding. Only the first that may be applied by a machine
// is said to be so: a tool that applies every such fix would apply two remedies of
// the same fault.
[[nodiscard]] std::vector<base::Applicability> applicabilities(const base::Finding& finding);

// The compiler's names: "MachineApplicable".
[[nodiscard]] std::string_view applicability_name(base::Applicability applicability);
// "accepted"
[[nodiscard]] std::string_view verdict_name(base::Verdict::Kind kind);

}  // namespace jaa::render
