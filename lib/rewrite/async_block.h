// A block, or a body, that gives a future: with the `async` that makes it one.
#pragma once

#include <vector>

#include "base/finding.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// The innermost plain block around `place` whose value goes somewhere: an argument, the
// value of a `let`, what a function or closure gives. None when control flow or a body is
// all there is.
[[nodiscard]] syntax::Node value_block(syntax::Node place);

// `{ .. }` becomes `async { .. }` or `async move { .. }`, the shorter first; variants of one
// remedy.
[[nodiscard]] std::vector<base::FixIt> make_block_async(syntax::Node block);

// The body of a function that returns a future becomes that future: `async move { .. }`,
// in a box where the type says so. Empty when its return type is no future's.
[[nodiscard]] std::vector<base::FixIt> make_body_async(const syntax::Tree& tree,
                                                       syntax::Node function);

}  // namespace jaa::rewrite
