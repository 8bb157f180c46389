// Every pitfall of the catalogue, over the facts of one unit.
#pragma once

#include <vector>

#include "base/finding.h"

namespace jaa::flow {
class Facts;
}

namespace jaa::pitfalls {

// What they find, in the catalogue's order. Findings that the same edit mends are one:
// a value that several errors meet at different places has one cause.
[[nodiscard]] std::vector<base::Finding> run_all(const flow::Facts& facts);

}  // namespace jaa::pitfalls
