// What took a lock or an atomic apart when nobody else had it, goes through a share of it
// instead, once it is in an `Arc`:
//
//   found.into_inner().unwrap()   ->   std::mem::take(&mut *found.lock().unwrap())
//   count.into_inner()            ->   count.load(Ordering::SeqCst)
//
// That is the same where those who have the other shares are done with it. What a lock
// protects needs a `Default`, which is left behind.
#pragma once

#include <string_view>
#include <vector>

#include "base/finding.h"
#include "rewrite/imports.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// The calls of `into_inner` on the variable that is bound at `binding`, in source order.
[[nodiscard]] std::vector<syntax::Node> calls_of_into_inner(syntax::Node binding);

// For one of them, on a value of this type, as the compiler writes it; empty for another
// type, and where what the call gives is not unpacked at once.
[[nodiscard]] std::vector<base::Edit> take_through_share(syntax::Node into_inner,
                                                         std::string_view type,
                                                         ImportEdits& imports);

}  // namespace jaa::rewrite
