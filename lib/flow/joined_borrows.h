// Async blocks of one function that are to run in turns, of which one changes a local that
// another names as well (E0499, E0502, E0506, E0524).
//
// Read by the codes and by where the spans stand: at the heads of two blocks, and at the
// variable within them. A block that is given to a task of its own is an `Escape` instead.
#pragma once

#include <cstdint>
#include <vector>

#include "flow/facts.h"
#include "syntax/tree.h"

namespace jaa::flow {

struct JoinedBorrow {
  std::vector<uint32_t> diagnostics;
  std::vector<syntax::Node> variables;  // their names in the patterns that bind them
  std::vector<syntax::Node> futures;    // in source order
};

// In the order of the first diagnostics.
[[nodiscard]] std::vector<JoinedBorrow> read_joined_borrows(const Facts& facts);

}  // namespace jaa::flow
