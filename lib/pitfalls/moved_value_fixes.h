// Ways to let a future have a value that is to stay where it is.
#pragma once

#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "flow/moved_value.h"

namespace jaa::pitfalls {

// A clone where the value is taken; a share of an `Arc`, or a borrow, of what is no `Clone`.
[[nodiscard]] std::vector<base::FixIt> keep_in_place(const flow::Facts& facts,
                                                     const flow::MovedValue& value);

}  // namespace jaa::pitfalls
