// A shared reference becomes a unique one: `&T` goes to another thread when `T` may be
// shared, `&mut T` when `T` may be sent.
#pragma once

#include <vector>

#include "base/finding.h"
#include "syntax/items.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// `reference` is the `&T` written for a parameter, or a `&self`. The parameter takes
// `&mut`, each call of the function in the crate passes it, and a variable that is
// passed becomes `mut`; where a caller passes on a reference of its own, that one
// changes too. Empty when a call cannot be followed.
[[nodiscard]] std::vector<base::FixIt> borrow_uniquely(const syntax::Items& items,
                                                       syntax::Node reference);

}  // namespace jaa::rewrite
