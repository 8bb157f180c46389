// Async functions that contain their own future, and futures of which the compiler
// cannot decide an auto trait because the answer depends on itself.
//
// E0733 names the functions of the cycle, each with the await that leads to the next;
// it is read by its code and by spans from the desugaring of `await`. For generic
// functions the same comes as E0391, a cycle of layouts. E0283 and the
// uncoded kin quote an obligation on an opaque future (`Denial::undecided`).
#pragma once

#include <vector>

#include "flow/denial.h"

namespace jaa::flow {

struct RecursiveStep {
  NamedPlace function;  // the function's head, or the async block
  NamedPlace await;     // `call(..).await`, the call that leads to the next step
};

struct Recursion {
  uint32_t diagnostic = 0;
  // A method of a trait whose opaque future would have to name itself (E0792): a box at
  // the call does not help, the signature has to say what it returns.
  bool needs_signature = false;
  std::vector<RecursiveStep> steps;  // in the order of the calls; the last leads to the first
};

[[nodiscard]] std::vector<Recursion> read_recursions(
    const std::vector<rustc::Diagnostic>& diagnostics, const UnitSources& sources);

}  // namespace jaa::flow
