// Closures in which a thread may wait for a future, since nobody else's work waits for it
// there: those that a thread of its own runs, and those that make a value once.
#pragma once

#include <vector>

#include "base/finding.h"
#include "flow/awaiting_closures.h"
#include "flow/facts.h"

namespace jaa::pitfalls {

// `thread::spawn(|| ..)`, a builder's `spawn`, and `s.spawn(|| ..)` within `thread::scope`.
[[nodiscard]] bool is_for_thread(syntax::Node closure);

// `LazyLock::new(|| ..)`, `get_or_init(|| ..)`: whoever asks first runs it.
[[nodiscard]] bool is_for_first_use(syntax::Node closure);

// What the closure awaits is run to its end where it stands, in each way that the project
// has: `thread::spawn(move || block_on(work()))`. Empty for any other closure.
[[nodiscard]] std::vector<base::FixIt> block_in_closure(const flow::Facts& facts,
                                                        const flow::AwaitingClosure& closure);

// The same for `future`, the value of a closure that is for a thread.
[[nodiscard]] std::vector<base::FixIt> block_on_value(const flow::Facts& facts,
                                                      syntax::Node closure, syntax::Node future);

}  // namespace jaa::pitfalls
