// How long a temporary lives (Reference, "Temporary scopes").
#pragma once

#include "syntax/tree.h"

namespace jaa::rewrite {

// What ends when temporaries end that are made where `place` is evaluated: its statement, the
// value of an arm, a condition, the body of a function, loop or branch. The last expression of
// another block passes them on, as it does before edition 2024.
[[nodiscard]] syntax::Node temporary_scope(syntax::Node place);

}  // namespace jaa::rewrite
