// A value is put into an `Arc` where it is made, so that tasks can have a share of it.
//
// What uses the variable by reference goes on as before. A parameter `x: &T` becomes
// `x: &Arc<T>`, a `&self` becomes `self: &Arc<Self>`, and the change goes on to what the
// callers pass: to where their value is made, or to a parameter of their own.
#pragma once

#include <vector>

#include "base/finding.h"
#include "rewrite/imports.h"
#include "syntax/items.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// `place` is a variable's name in the pattern that binds it, or a `self_parameter`.
// A `mut` variable is put into its `Arc` before the statement of `first_task`, when what
// changes it is over. Empty when the value cannot be followed to where it is made: a trait's
// method, a name that several functions have, a static. Imports that are needed are asked of
// `imports`.
[[nodiscard]] std::vector<base::Edit> share_value(const syntax::Items& items, syntax::Node place,
                                                  syntax::Node first_task, ImportEdits& imports);

}  // namespace jaa::rewrite
