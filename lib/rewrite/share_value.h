// A value is put into an `Arc` where it is made, so that tasks can have a share of it.
//
// What uses the variable by reference goes on as before. A parameter `x: &T` becomes
// `x: &Arc<T>`, a `&self` becomes `self: &Arc<Self>`, and the change goes on to what the
// callers pass: to where their value is made, or to a parameter of their own. What is an
// `Arc` there already is left as it is.
#pragma once

#include <vector>

#include "base/finding.h"
#include "rewrite/already_shared.h"
#include "rewrite/imports.h"
#include "syntax/items.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// What happens to a caller's value of which it is not known whether it is an `Arc`. That the
// program compiles where such values were left alone says that they all are.
enum class UnknownValues : uint8_t { Leave, Wrap };

struct Sharing {
  // A variable's name in the pattern that binds it, or a `self_parameter`.
  syntax::Node place;
  // A `mut` variable is put into its `Arc` before the statement of this one, when what
  // changes it is over.
  syntax::Node first_task;
  TypeOfName type_of;
  UnknownValues unknown = UnknownValues::Wrap;
};

// Empty when the value cannot be followed to where it is made: a trait's method, a name that
// several functions have, a static. Imports that are needed are asked of `imports`.
[[nodiscard]] std::vector<base::Edit> share_value(const syntax::Items& items,
                                                  const Sharing& sharing, ImportEdits& imports);

}  // namespace jaa::rewrite
