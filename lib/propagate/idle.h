// Functions that became async and await nothing in the end.
//
// What they call waits where it stands, in closures that cannot await. So they can stay as
// they are, and so can all that calls them.
#pragma once

#include <vector>

#include "flow/facts.h"
#include "propagate/spread.h"

namespace jaa::propagate {

// `before` has the functions that `plan` is made of, `after` what became of them in the end.
[[nodiscard]] std::vector<syntax::Node> idle_functions(const flow::Facts& before,
                                                       const SpreadPlan& plan,
                                                       const flow::Facts& after);

}  // namespace jaa::propagate
