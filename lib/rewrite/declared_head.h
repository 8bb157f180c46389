// The head of a method of an `impl` as its trait declares it: lifetimes, types and `where`
// clause are the trait's, the names of the parameters stay its own.
//
// What the trait's head names is written as the `impl` sees it: the trait's parameters are
// what the `impl` gives for them, a lifetime whose name the `impl` has already gets another,
// and what is declared or imported beside the trait is imported, or spelled as the trait is.
#pragma once

#include <vector>

#include "base/finding.h"
#include "rewrite/imports.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// Takes `async` off `method` as well. Empty where the two differ in their parameters, or the
// method has type parameters under names of its own.
[[nodiscard]] std::vector<base::Edit> take_declared_head(const syntax::Tree& tree,
                                                         syntax::Node method, syntax::Node declared,
                                                         ImportEdits& imports);

}  // namespace jaa::rewrite
