// One async block around a branch in place of one in each arm of it.
#pragma once

#include <vector>

#include "base/finding.h"
#include "syntax/items.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// The values of the arms of an `if` or `match`: what stands last in each. Empty when an
// arm gives none, or for another expression.
[[nodiscard]] std::vector<syntax::Node> arm_values(syntax::Node branch);

// `if c { async { a } } else { async { b } }` -> `async { if c { a } else { b } }`. Each arm
// has to be an async block or a call that may be made later, and nothing else; what is
// branched on must be free of effects. Empty where that is not so.
[[nodiscard]] std::vector<base::Edit> block_around(const syntax::Tree& tree,
                                                   const syntax::Items& items, syntax::Node branch);

}  // namespace jaa::rewrite
