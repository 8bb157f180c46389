// A closure that awaits becomes an async closure, and its calls are awaited.
#pragma once

#include <vector>

#include "base/finding.h"
#include "syntax/items.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// The function whose value the closure is, as the last expression of its body; none for
// another closure.
[[nodiscard]] syntax::Node returning_function(syntax::Node closure);

// For a closure that a `let` gives a name, that a function returns as `impl Fn(..)`, or that
// is passed to a function of these items which calls its parameter: then the bound becomes
// `AsyncFn(..)`, and the other closures that are passed there become async too; where it asks
// for a future, it stays. A chain of iterator methods that calls
// the closure becomes a loop; of several candidates, that differ in the type of the
// chain's value, one compiles. Empty when the closure is used in any other way, or by the
// module that polls the futures.
[[nodiscard]] std::vector<std::vector<base::Edit>> make_closure_async(const syntax::Tree& tree,
                                                                      const syntax::Items& items,
                                                                      syntax::Node closure);

}  // namespace jaa::rewrite
