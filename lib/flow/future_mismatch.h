// Errors about a future where another type is expected: a boxed one, or a different
// future. Told by the types that rustc quotes and by what stands at the labelled places.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/source_files.h"
#include "flow/facts.h"

namespace jaa::flow {

struct FutureMismatch {
  enum class Kind : uint8_t {
    BoxExpected,    // a future, where a `Pin<Box<..>>` is expected
    BoxNewInstead,  // `Box::new(future)` there
    FunctionGiven,  // a boxed function or closure, which returns such a future (E0271)
    ClosureBody,    // in the body of a closure that is boxed elsewhere (E0271)
    Distinct        // a future of another type than one before it
  };
  Kind kind = Kind::Distinct;
  uint32_t diagnostic = 0;
  // The expression; one in the arguments of a macro has no node, but tokens.
  base::Span place;
  syntax::Node node;      // it, or the smallest one around it
  std::string expected;   // as rustc quotes it; empty for a different future
  bool is_macro = false;  // the place is a macro's call, which gives the value
  // Where the first of the different types is, when rustc shows it.
  base::Span other;
};

[[nodiscard]] std::vector<FutureMismatch> read_future_mismatches(const Facts& facts);

// An async block, or a call of a function of the workspace that is `async` or returns an
// `impl Future`.
[[nodiscard]] bool is_future_expression(const Facts& facts, syntax::Node expression);
// The same for an argument of a macro, which is tokens.
[[nodiscard]] bool is_future_in_tokens(const Facts& facts, const base::Span& place);

// `Box::pin(argument)`; none where the argument is another call's.
[[nodiscard]] syntax::Node pinning_call(syntax::Node argument);

}  // namespace jaa::flow
