// Closures whose futures are refused because of the bound that the closure has to meet:
// one group for each such bound, whatever rustc says of it and however many closures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flow/closure_errors.h"
#include "flow/facts.h"
#include "pitfalls/sink.h"
#include "rewrite/callback.h"

namespace jaa::pitfalls {

struct ClosureGroup {
  // Of all closures, in order of the diagnostics.
  std::vector<flow::ClosureError> errors;
  // Errors of the same bound that are about no closure: a function is given for it.
  std::vector<uint32_t> others;
  // The bounds that change together, the closures' own first; empty where the callee is
  // not of the workspace or takes the future in another way.
  std::vector<rewrite::Callback> callbacks;

  [[nodiscard]] bool has(flow::ClosureFault fault) const;
  // Each closure once.
  [[nodiscard]] std::vector<syntax::Node> closures() const;
};

// Of what one bound refuses because calls of the closure must not lend anything to their
// future. What a closure gives away is not among it, unless it also changes that.
[[nodiscard]] std::vector<ClosureGroup> lending_closures(const flow::Facts& facts);

// Closures that give away what they have captured, one group for each closure.
[[nodiscard]] std::vector<ClosureGroup> giving_closures(const flow::Facts& facts);

// The closure's future is what the error is about: it is async, gives an async block, or
// is asked for one.
[[nodiscard]] bool makes_future(const flow::Facts& facts, syntax::Node closure);

// The arguments that `closure` is handed on as: itself, or the variable that it is bound to.
[[nodiscard]] std::vector<syntax::Node> given_as(syntax::Node closure);

// The variables from outside of `closure` that `part` of it names, where they are bound.
[[nodiscard]] std::vector<syntax::Node> captures(syntax::Node closure, syntax::Node part);

// `AsyncFn` in the bounds, and async closures where they are given.
[[nodiscard]] std::vector<base::FixIt> ask_for_async(const flow::Facts& facts,
                                                     const ClosureGroup& group);
// The bound says that the closure gives a box, which may borrow its argument.
[[nodiscard]] std::vector<base::FixIt> ask_for_box(const flow::Facts& facts,
                                                   const ClosureGroup& group);
// Each call's block takes clones of what it borrows of a closure that changes nothing.
[[nodiscard]] std::vector<base::FixIt> clone_for_block(const flow::Facts& facts,
                                                       const ClosureGroup& group);

// What the group's errors are, where they come from, and the bound.
void explain(FindingBuilder& finding, const ClosureGroup& group);

}  // namespace jaa::pitfalls
