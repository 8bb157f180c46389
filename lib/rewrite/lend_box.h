// Boxed futures that may borrow: `Fn(&T) -> Pin<Box<dyn Future<Output = R> + '_>>`.
#pragma once

#include <vector>

#include "base/finding.h"
#include "syntax/items.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// Candidates that let the box which `bound` returns borrow its arguments, through an
// alias of the box's type if need be. Without a bound each callable type in the files of
// `closures` that returns such a box is one.
[[nodiscard]] std::vector<std::vector<base::Edit>> lend_box(
    const syntax::Items& items, syntax::Node bound, const std::vector<syntax::Node>& closures);

}  // namespace jaa::rewrite
