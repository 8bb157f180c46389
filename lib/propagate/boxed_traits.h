// Async methods of traits that are used as `dyn`: they return boxed futures instead.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/finding.h"
#include "flow/facts.h"

namespace jaa::propagate {

// The edits of all these methods, named by trait and method, in texts in which they are
// async already.
[[nodiscard]] std::vector<base::Edit> box_dyn_methods(
    const flow::Facts& facts, const std::vector<std::pair<std::string, std::string>>& methods);

}  // namespace jaa::propagate
