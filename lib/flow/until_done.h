// Whether a future that is handed to a call again and again is left alone once it has given
// its output: to poll it then is a panic.
//
//   if let Some(output) = turn(future).await { return output; }
//
// The callee's signature says which of its values has the output (`Option<F::Output>`), and
// the branch for that value leaves the loop, or the function.
#pragma once

#include "flow/facts.h"
#include "syntax/tree.h"

namespace jaa::flow {

// `argument` is what a call is given; `loop` runs it again, none where it is another call
// that comes after it.
[[nodiscard]] bool ends_when_done(const Facts& facts, syntax::Node argument, syntax::Node loop);

}  // namespace jaa::flow
