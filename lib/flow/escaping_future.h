// Errors about a borrow that a returned future would keep beyond the function.
//
// E0373 and E0597 label the async block that captures the variable; E0515 the returned
// expression; E0597 and E0716 the borrowed value and what has to outlive it. That the
// future leaves its function is told by where it stands: in its result, or in a variable
// that its result names.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "flow/facts.h"

namespace jaa::flow {

struct EscapingBorrow {
  uint32_t diagnostic = 0;
  // The error's own place: what is borrowed, or the returned expression (E0515).
  syntax::Node place;
  // The expression that is borrowed, as the error labels it.
  syntax::Node borrowed;
  // The async block that captures it by reference; none where a reference is captured.
  syntax::Node block;
  syntax::Node function;  // that it leaves: a function item or closure
};

[[nodiscard]] std::vector<EscapingBorrow> read_escaping_borrows(const Facts& facts);

// The function item or closure whose result `node` is, goes into, or is named by; none for
// what another call takes, such as a spawn.
[[nodiscard]] syntax::Node returned_from(const Facts& facts, syntax::Node node);

// The call puts a value into another one and does nothing with it: `Box::pin`, `Some`.
[[nodiscard]] bool is_wrapper(syntax::Node call);

// The type of the function's result speaks of futures, so that a call in it gives one.
[[nodiscard]] bool returns_future(const Facts& facts, syntax::Node function);

// The function's result: its tail expression and what its `return`s give.
[[nodiscard]] std::vector<syntax::Node> results_of(syntax::Node function);

// The variable that a place begins with: `row` of `row.columns[0]`; else none.
[[nodiscard]] syntax::Node root_variable(syntax::Node expression);

}  // namespace jaa::flow
