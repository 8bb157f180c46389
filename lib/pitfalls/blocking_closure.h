// Closures in which a thread may wait for a future, since nobody else's work waits for it
// there: those that a thread of its own runs, and those that make a value once. Where a
// future is given for such a closure, one is put around it.
#pragma once

#include <vector>

#include "base/finding.h"
#include "flow/awaiting_closures.h"
#include "flow/facts.h"

namespace jaa::pitfalls {

// `thread::spawn(|| ..)`, a builder's `spawn`, and `s.spawn(|| ..)` within `thread::scope`.
[[nodiscard]] bool is_for_thread(syntax::Node closure);

// `spawn_blocking(|| ..)` of whatever runtime: on a thread that it keeps for such work.
[[nodiscard]] bool is_for_blocking_work(syntax::Node closure);

// Either of these: the call that `argument` is given to wants a closure for a thread.
[[nodiscard]] bool is_for_some_thread(syntax::Node argument);

// `LazyLock::new(|| ..)`, `get_or_init(|| ..)`: whoever asks first runs it.
[[nodiscard]] bool is_for_first_use(syntax::Node closure);

// What the closure awaits is run to its end where it stands, in each way that the project
// has: `thread::spawn(move || block_on(work()))`. Empty for any other closure.
[[nodiscard]] std::vector<base::FixIt> block_in_closure(const flow::Facts& facts,
                                                        const flow::AwaitingClosure& closure);

// The same for `future`, the value of a closure that is for a thread.
[[nodiscard]] std::vector<base::FixIt> block_on_value(const flow::Facts& facts,
                                                      syntax::Node closure, syntax::Node future);

// The same for `future`, given in place of a closure: `thread::spawn(move || block_on(future))`.
[[nodiscard]] std::vector<base::FixIt> block_in_new_closure(const flow::Facts& facts,
                                                            syntax::Node future);

}  // namespace jaa::pitfalls
