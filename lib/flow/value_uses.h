// Where a body uses a value, and what borrows from it, before and after its awaits.
#pragma once

#include <vector>

#include "base/source_files.h"
#include "flow/sources.h"
#include "mir/body.h"

namespace jaa::flow {

// A use after creation; storage, drops at the end of scope and pattern reads are
// no uses.
struct ValueUse {
  base::Span span;
  bool is_move = false;
  bool after_await = false;  // may be reached after one of the value's awaits
  // Of something that borrows from the value, not of the value itself.
  bool through_borrow = false;
};

// In source order. `yields` are the blocks whose awaits are the value's.
[[nodiscard]] std::vector<ValueUse> uses_of(const mir::Body& body, const UnitSources& sources,
                                            mir::LocalId local, std::vector<mir::BlockId> yields);

}  // namespace jaa::flow
