// The way from the place that demands `Send` inwards to the value that denies it.
#pragma once

#include <optional>
#include <vector>

#include "flow/facts.h"

namespace jaa::flow {

// From the demand inwards; empty when the value's own future is the one that is demanded.
// By the awaits in MIR where the error labels the value, else by the bodies it lists.
[[nodiscard]] std::vector<ChainLink> chain_to(const HeldValue& value, const Denial& denial,
                                              const FactsInput& input, const Facts& facts);

// The whole async body that a place on the chain stands for: the block of a function, or
// the async block or closure whose head it is. None for any other place.
[[nodiscard]] std::optional<base::Span> async_body(const NamedPlace& place, const Facts& facts);

}  // namespace jaa::flow
