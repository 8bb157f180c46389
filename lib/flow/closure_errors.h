// What rustc says against closures whose calls give futures, read by error codes and by
// where labels stand: on the head of a closure (`move |x|`), on the bar that closes its
// parameters, on a parameter, on a use in its body.
//
// Whether a call gives a future is the source's part: the closure is async, returns an
// async block, or the bound that it has to meet says so.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rustc/diagnostic.h"
#include "syntax/tree.h"

namespace jaa::flow {

class Facts;

enum class ClosureFault : uint8_t {
  ArgumentEscapes,  // the future borrows an argument of the call
  CaptureEscapes,   // the future borrows what the closure has captured
  Mutates,          // it changes a captured variable, and `Fn` is asked for
  Moves,            // it gives a captured variable away, and more than one call is asked for
  LendsState,       // an async closure whose future borrows from it, where `Fut` is one type
};

struct ClosureError {
  uint32_t diagnostic = 0;
  ClosureFault fault = ClosureFault::ArgumentEscapes;
  syntax::Node closure;
  syntax::Node returned;  // what rustc points at: the future, or the closure's head
  std::string variable;   // the argument, or what is captured: "x", "options.label"
  // What an argument that escapes borrows: "str" of `&str`; empty for a `&mut` and where
  // rustc does not say.
  std::string borrowed;
  std::string moved_type;  // of what is moved, where rustc says it
  syntax::Node use;        // in the closure; may be none
  syntax::Node declared;   // a captured variable, where rustc shows it
  syntax::Node bound;      // a bound that rustc shows, in its source
};

// In order of the diagnostics. An error about a closure that was read before (a borrow
// that outlives the call, a variable that is used after it was moved into the closure) is
// a `ClosureError` of that closure too.
[[nodiscard]] std::vector<ClosureError> read_closure_errors(const Facts& facts);

// The closure that begins at `span` with its parameters: `move |x|`; none for other spans.
[[nodiscard]] syntax::Node closure_headed(const Facts& facts, const rustc::DiagnosticSpan& span);

// The `Fn(..) -> ..` or `AsyncFn(..) -> ..` that `span` covers or lies in.
[[nodiscard]] syntax::Node bound_at(const Facts& facts, const rustc::DiagnosticSpan& span);

}  // namespace jaa::flow
