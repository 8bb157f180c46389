// Which future takes a variable along: one that runs after the statement that made it.
//
// By syntax: an async block, a call that gives a future and is not awaited on the spot, a
// closure that makes a future, and what a spawning function is given. A closure alone is
// no future: threads and iterators run those.
#pragma once

#include "flow/facts.h"
#include "syntax/tree.h"

namespace jaa::flow {

// The first that names the variable bound at `binding`, within its scope; else none.
[[nodiscard]] syntax::Node taker_of(const Facts& facts, syntax::Node binding);
// The same, or names something that was taken from the variable.
[[nodiscard]] syntax::Node taker_of_derived(const Facts& facts, syntax::Node binding);
// It may run when its function has returned: it is spawned, returned, or put into a variable
// that is; or it is made in what is spawned, of a variable bound at `binding` that is not.
[[nodiscard]] bool outlives_function(const Facts& facts, syntax::Node future,
                                     syntax::Node binding = {});
// The one that is given the value of `expression`, as an argument or a part of one.
[[nodiscard]] syntax::Node receiver_of_value(const Facts& facts, syntax::Node expression);
// The async block, or the closure that makes a future, whose head is at `span`: so rustc
// points at what captures a variable.
[[nodiscard]] syntax::Node future_at(const Facts& facts, const rustc::DiagnosticSpan& span);

// What a finding about such a future points at: the head of a block or closure, the
// function of a call.
[[nodiscard]] base::Span head_of_future(syntax::Node future);

}  // namespace jaa::flow
