// `option.map(|x| ..)` and its kin become the `match` that they stand for, so that what
// their closures compute can be awaited.
#pragma once

#include <vector>

#include "base/finding.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// Candidates for the chain in which `closure` is an argument, where that is a method of
// `Option`, `Result` or `bool`; they differ in which of these it is, and at most one of
// them compiles. `futures` are those of the chain's arguments that return futures, to be
// awaited. Empty when a method is not known.
[[nodiscard]] std::vector<std::vector<base::Edit>> match_for_combinator(
    const syntax::Tree& tree, syntax::Node closure, const std::vector<syntax::Node>& futures);

}  // namespace jaa::rewrite
