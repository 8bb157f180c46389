// What an error of types is about, by its code and the place it points at.
#pragma once

#include <string_view>
#include <vector>

#include "syntax/tree.h"

namespace jaa::flow {

// The expressions whose type an error with this code at `node` speaks of, in order of
// likelihood: the operands of an operator, the receiver of a method or field, the
// scrutinee of a pattern; else `node` itself.
[[nodiscard]] std::vector<syntax::Node> operands_at(syntax::Node node, std::string_view code);

}  // namespace jaa::flow
