// Async methods of traits that are used as `dyn`: they return boxed futures instead.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/finding.h"
#include "flow/facts.h"

namespace jaa::propagate {

// `where Self: Sized`: nobody calls it through `dyn`.
[[nodiscard]] bool is_only_of_sized(syntax::Node method);

// The edits of all these methods, named by trait and method, in texts in which they are
// async already. With `is_typed` a value that has to become a `dyn` says so.
[[nodiscard]] std::vector<base::Edit> box_dyn_methods(
    const flow::Facts& facts, const std::vector<std::pair<std::string, std::string>>& methods,
    bool is_typed = false);

}  // namespace jaa::propagate
