// Every pitfall of the catalogue, over the facts of one unit.
#pragma once

#include <vector>

#include "base/finding.h"

namespace jaa::flow {
class Facts;
}

namespace jaa::pitfalls {

// What they find, in the catalogue's order, joined.
[[nodiscard]] std::vector<base::Finding> run_all(const flow::Facts& facts);

// Findings that the same edit mends become one: a value that several errors meet at
// different places has one cause. The edit is the accepted one, else the lead.
void join_same_remedy(std::vector<base::Finding>& findings);

// An error that two findings explain stays with the one that says more of it. A finding
// that is left with none goes, and what it would do becomes an alternative of the other.
void keep_one_for_each_error(std::vector<base::Finding>& findings);

}  // namespace jaa::pitfalls
