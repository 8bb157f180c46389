// Futures that are used as if they were the values that they will have.
//
// A future's type shows in what the compiler quotes (`impl Future<Output = T>`), and the
// error's code and spans tell which expression has it: what a method is called on, an
// operand, an argument, what a pattern looks at, what a `for` goes over. Where rustc
// proposes an `.await` itself, its place is taken. A variable leads to the call that it
// was given.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "flow/call_sites.h"
#include "flow/facts.h"

namespace jaa::flow {

// One expression whose value is a future and was meant to be the future's output.
struct UnawaitedFuture {
  // The call, variable or other expression; in a macro's arguments the last token of it.
  syntax::Node expression;
  base::Span place;
  // Where the errors are: the value's uses.
  std::vector<base::Span> uses;
  // The `if` or `match` whose value it is, one arm of several; else the expression itself.
  syntax::Node whole;
  std::string type;  // of the future, as the compiler quotes it; may be empty
  // Nothing says that it is one but that an `.await` would mend the error.
  bool is_guess = false;
  bool is_iterated = false;  // a `for` goes over it
  // The `let` whose value the expression is, where the errors are about the variable.
  syntax::Node binding;
  std::vector<uint32_t> diagnostics;
};

// In source order, one for each expression.
[[nodiscard]] std::vector<UnawaitedFuture> find_unawaited(const Facts& facts);

}  // namespace jaa::flow
