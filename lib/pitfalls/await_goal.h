// What the pitfalls of missing and misplaced awaits share.
#pragma once

#include <vector>

#include "flow/facts.h"
#include "pitfalls/sink.h"
#include "propagate/carry.h"

namespace jaa::pitfalls {

// Errors that say that an `await` stands in code that is not async (E0728).
struct OutsideAwait {
  uint32_t diagnostic = 0;
  base::Span keyword;
  syntax::Node await;     // the expression; the keyword's token in a macro's arguments
  syntax::Node function;  // around it: an item or a closure; none for a constant
};
[[nodiscard]] std::vector<OutsideAwait> outside_awaits(const flow::Facts& facts);

// It is the `drop` of an `impl Drop`.
[[nodiscard]] bool is_destructor(syntax::Node function);

// All remedies that carry `goal` through, and in words what they need or stop at.
void offer_carrying(FindingBuilder& finding, const flow::Facts& facts, const propagate::Goal& goal,
                    const std::string& title);

}  // namespace jaa::pitfalls
