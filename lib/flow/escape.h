// Values that a task keeps although they do not live as long as it, or that are moved
// into a task and wanted again.
//
// rustc says so once for each borrow, each parameter and each later use; what concerns
// one value is one `Escape` here. Read by the codes of its errors and by what their
// spans point at: the call that asks for `'static` (its label quotes that lifetime), the
// `async` of the block that moves or borrows, and the name of the value. An error is left
// alone where no future is given away, so sync code and returned blocks are not read.
#pragma once

#include <vector>

#include "flow/captures.h"
#include "flow/facts.h"
#include "syntax/tree.h"

namespace jaa::flow {

enum class EscapeKind : uint8_t {
  Local,      // E0373 and E0597, with E0499, E0502, E0505 and E0506 for the same borrow
  Temporary,  // E0716
  Parameter,  // E0521: what a parameter refers to
  Receiver,   // E0521: `self`
  Moved,      // E0382
};

// What runs on its own.
struct Task {
  syntax::Node call;    // that takes it; none where it is not given away at once
  syntax::Node future;  // an async block, a closure, or a call that gives a future
};

struct Escape {
  EscapeKind kind = EscapeKind::Local;
  std::vector<uint32_t> diagnostics;
  // Where the values are bound; empty for a temporary.
  std::vector<syntax::Node> owners;
  // Those of them that refer to what a caller owns (E0521).
  std::vector<syntax::Node> lent;
  syntax::Node borrow;  // the expression in question
  // Those of the errors, and others of the same kind that the error would come up for
  // next; in source order.
  std::vector<Task> tasks;
};

// In source order of their first tasks.
[[nodiscard]] std::vector<Escape> read_escapes(const Facts& facts);

}  // namespace jaa::flow
