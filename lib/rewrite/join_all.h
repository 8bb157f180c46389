// The futures of a chain's items are awaited together.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// `iter.map(|x| f(x).await).collect()` becomes `join_all(iter.map(|x| f(x))).await`; the
// closure's own await, if there is one, goes. `join_all` is the function's path as it is
// spelled there. Empty when the chain is another.
[[nodiscard]] std::vector<base::Edit> join_chain(const syntax::Tree& tree, syntax::Node closure,
                                                 const std::string& join_all);

}  // namespace jaa::rewrite
