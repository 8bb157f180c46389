// The values of expressions that branch.
#pragma once

#include <vector>

#include "syntax/tree.h"

namespace jaa::flow {

// The first part of an expression that is an expression itself: the operand of a unary one.
[[nodiscard]] syntax::Node first_expression(syntax::Node node);

// Adds the values that `expression` may have: the ends of its branches, or itself.
void add_branch_values(syntax::Node expression, std::vector<syntax::Node>& values);

// The outermost `if` or `match` that has `expression` as one of its values; `expression`
// where there is none.
[[nodiscard]] syntax::Node whole_branch(syntax::Node expression);

}  // namespace jaa::flow
