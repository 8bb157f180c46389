// A second trait with boxed futures, beside one with async methods.
#pragma once

#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "pitfalls/dyn_remedies.h"

namespace jaa::pitfalls {

// `DynStore` for each `Store`, and `dyn DynStore` where the program writes `dyn Store`.
// The trait and what implements it stay as they are, so this suits implementations that
// are written by macros. Futures are not `Send`: nothing says that those of a `Store` are.
[[nodiscard]] std::vector<base::FixIt> box_beside(const flow::Facts& facts, const UndynTrait& one,
                                                  const std::vector<syntax::Node>& objects);

}  // namespace jaa::pitfalls
