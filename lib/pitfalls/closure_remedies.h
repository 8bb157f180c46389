// What can be done about a closure that has to wait for something and is not async.
#pragma once

#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "pitfalls/sink.h"
#include "syntax/tree.h"

namespace jaa::pitfalls {

struct WaitingClosure {
  const syntax::Tree* tree = nullptr;
  // The first in its chain of method calls that waits.
  syntax::Node argument;
  // Those arguments of the chain that return futures, which nobody awaits yet.
  std::vector<syntax::Node> futures;
  // Futures within what such an argument returns, in place of its whole value.
  std::vector<syntax::Node> parts;
};

// The chain as a loop, the combinator as a `match`, the closure as an async one; the
// futures of all items awaited together comes last. Empty where none of them fits.
[[nodiscard]] std::vector<base::FixIt> closure_remedies(const flow::Facts& facts,
                                                        const WaitingClosure& closure);

// The method, function or variable that `argument` is given to, or the function that returns
// it; empty for none.
[[nodiscard]] std::string receiver_name(syntax::Node argument);

// Says in words what there is where no edit is offered.
void closure_words(FindingBuilder& finding, syntax::Node argument, bool has_fix);

}  // namespace jaa::pitfalls
