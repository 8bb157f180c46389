// Whether a borrow is one that a future only counts as having.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "flow/facts.h"
#include "flow/overcapture.h"

namespace jaa::pitfalls {

// Those calls whose future does not hold on to what is lent, as far as the callee's body
// tells.
[[nodiscard]] std::vector<flow::Overcapture> overcaptures(const flow::Facts& facts);

}  // namespace jaa::pitfalls
