// What is no longer async when a function is not: the plan of `remove`.
//
// A function that awaits nothing need not be async. Its calls lose their `.await`; a
// caller that awaits nothing else then is such a function too, where all its own calls can
// lose theirs. What keeps its form is left: `main`, async closures and blocks, and
// functions whose futures are used as values.
#pragma once

#include <string>
#include <vector>

#include "propagate/spread.h"
#include "propagate/use_marks.h"

namespace jaa::propagate {

// `functions` are one function: a trait's method and its implementations.
[[nodiscard]] SpreadPlan shrink(const flow::Facts& facts, const std::vector<FunctionUse>& uses,
                                const std::vector<syntax::Node>& functions);

}  // namespace jaa::propagate
