// Methods of `Vec` that work on it in place and ask a closure about each element:
// `retain`, the sorts by key, and those by a comparison that asks the same of both sides. The
// answers are computed first, in a loop that can await.
#pragma once

#include <vector>

#include "base/finding.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// Empty when `closure` is no argument of such a method, or the method is called on
// something that is no plain place. `returns_future`: its value is to be awaited.
[[nodiscard]] std::vector<base::Edit> answer_first(const syntax::Tree& tree, syntax::Node closure,
                                                   bool returns_future);

}  // namespace jaa::rewrite
