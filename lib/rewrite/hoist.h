// Taking an await out of the statement it is in, to a `let` before it.
#pragma once

#include <optional>
#include <string>

#include "syntax/tree.h"

namespace jaa::rewrite {

// The expression to hoist from `statement`: its only await, with a `?` behind it.
// None unless everything evaluated before it is pure, but for the lock it is
// hoisted over: `temporary`, or the variable `name`, whose value must not be read
// on the way to the await. Mentions of the lock within the await are the caller's
// to look at.
[[nodiscard]] std::optional<syntax::Node> hoistable_await(syntax::Node statement,
                                                          syntax::Node temporary,
                                                          const std::string& name);

}  // namespace jaa::rewrite
