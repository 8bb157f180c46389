// How a held guard stands in its source: what keeps it alive at the await.
#pragma once

#include <cstdint>
#include <string>

#include "flow/held.h"
#include "syntax/tree.h"

namespace jaa::flow {

enum class GuardShape : uint8_t {
  // A `let` or pattern binding whose scope goes on past the await.
  Binding,
  // A binding that is moved out before each await; only its storage lives on.
  Dropped,
  // A temporary in what a `match`, `if let`, `while let` or `for` looks at, which
  // lives to the end of that expression.
  Scrutinee,
  // Any other temporary of a statement that awaits.
  Temporary,
};

[[nodiscard]] GuardShape guard_shape(const HeldValue& guard, const syntax::Tree& tree);

// For a scrutinee: the whole looked-at expression, and the keyword of the construct
// ("match", "if let", "while let", "for"). None otherwise.
struct Scrutinee {
  syntax::Node value;
  std::string construct;
};
[[nodiscard]] Scrutinee scrutinee_of(const HeldValue& guard, const syntax::Tree& tree);

}  // namespace jaa::flow
