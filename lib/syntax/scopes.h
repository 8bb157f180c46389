// What a local name means at a place: the pattern that binds it, and where its value
// comes from. Blocks, loops, closures, arms and conditions have their scopes; what a
// macro declares is not seen.
#pragma once

#include <string_view>

#include "syntax/tree.h"

namespace jaa::syntax {

// The name in the pattern that binds `name` as it is read at `at`, or the
// `self_parameter` for `self`; none when it is no variable of the function around `at`.
[[nodiscard]] Node binding_of(std::string_view name, Node at);

// The expression that the pattern around `binding` takes its value from: of a `let`, a
// `for`, an arm or a condition; for a closure's parameter what its method is called on.
// None for a parameter of a function.
[[nodiscard]] Node source_of(Node binding);

// The loops and closures around `at` that may run it again for one value of `binding`:
// the innermost of them, or none.
[[nodiscard]] Node repeater_of(Node at, Node binding);

}  // namespace jaa::syntax
