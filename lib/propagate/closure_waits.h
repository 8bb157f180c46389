// Closures that await and cannot become async, because whoever is given them calls them
// as they are: they wait for the future where they stand.
#pragma once

#include <vector>

#include "base/finding.h"
#include "flow/facts.h"

namespace jaa::propagate {

struct ClosureWaits {
  std::vector<base::Edit> edits;
  std::vector<base::Span> places;
};

// For each await in a closure that is not async (E0728).
[[nodiscard]] ClosureWaits wait_in_closures(const flow::Facts& facts);

}  // namespace jaa::propagate
