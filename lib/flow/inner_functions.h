// Functions in the bodies of others: rustdoc does not list them, but their bodies hold
// coroutines, and what is Send there depends on the bounds of their parameters.
//
// Source: syntax. A bound counts only if its trait is known: by an import at the top of the
// file that begins at a crate, by a path, or by std's prelude. A function with any other
// bound is left out, so that nothing is said of it.
#pragma once

#include <string_view>
#include <vector>

#include "rustc/rustdoc.h"
#include "syntax/tree.h"

namespace jaa::flow {

// Those in `tree`, which is the file that the table's spans name `file`. Named
// `outer::inner`, in the impl or at the path of the outermost one.
[[nodiscard]] std::vector<rustc::RustdocFunction> inner_functions(const syntax::Tree& tree,
                                                                  std::string_view file,
                                                                  const rustc::RustdocTable& table);

}  // namespace jaa::flow
