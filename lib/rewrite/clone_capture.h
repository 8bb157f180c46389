// A closure that is called more than once, and gives away what it has captured, gives
// away a clone each time, or a reference.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// What a closure moves out of itself.
struct GivenAway {
  std::string variable;  // "label", "options.label"
  syntax::Node use;      // the use that moves it; may be none
};

// Candidates, the one with the fewest words first: the clone where the value is used, or
// in front of the block that takes it, under the same name.
[[nodiscard]] std::vector<std::vector<base::Edit>> clone_each_call(
    const syntax::Tree& tree, syntax::Node closure, const std::vector<GivenAway>& given);

// The async block of `closure` takes clones of what it borrowed of the closure: they are made in
// front of it, under the same names, and it is `async move`. Empty for a closure in a macro.
[[nodiscard]] std::vector<base::Edit> own_clones(const syntax::Tree& tree, syntax::Node closure,
                                                 syntax::Node block,
                                                 const std::vector<std::string>& names);

// `let names = &names;` before the statement that `closure` is in, which then has a reference
// to give away. Empty where that statement stands outside of what binds one of them, or the
// closure is in a macro.
[[nodiscard]] std::vector<base::Edit> lend_before(const syntax::Tree& tree, syntax::Node closure,
                                                  const std::vector<std::string>& names);

}  // namespace jaa::rewrite
