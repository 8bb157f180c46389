// Async locks that the crate declares itself.
//
// Such a lock is told by what it can do: its `new` takes a value, and its `lock`, which has
// no more than `&self`, gives a future of a guard that dereferences to that value, mutably.
// Whoever has such a guard without `unsafe` has the value alone, so it excludes as a mutex
// does. A read-write lock has `read` and `write` instead.
#pragma once

#include <vector>

#include "flow/facts.h"
#include "rewrite/guard_scope.h"

namespace jaa::pitfalls {

// Those of the crate that `file` belongs to, by paths that are good everywhere in it.
[[nodiscard]] std::vector<rewrite::ProjectView::AsyncLock> own_async_locks(const flow::Facts& facts,
                                                                           base::FileId file);

}  // namespace jaa::pitfalls
