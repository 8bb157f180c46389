// Adds an auto trait where a type, parameter or trait says what it can do.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// The bounds of `owner` name `trait` already. `owner` is a type parameter, a `where`
// predicate, an associated type, a trait (its supertraits), or a written `dyn A + B` or
// `impl A + B`.
[[nodiscard]] bool has_bound(syntax::Node owner, std::string_view trait);

// The edits that make the bounds of `owner` name each of `traits`: before the first
// lifetime, else at the end, in parentheses where a reference to it needs them. Empty
// when it has them all, or is in a macro.
[[nodiscard]] std::vector<base::Edit> add_bounds(syntax::Node owner,
                                                 const std::vector<std::string>& traits);

// The same for `type`, a type that `item` (a function or `impl`) does not declare, such
// as `S::Future`: to its `where` predicate, or as a new predicate.
[[nodiscard]] std::vector<base::Edit> add_predicate(syntax::Node item, const std::string& type,
                                                    const std::vector<std::string>& traits);

}  // namespace jaa::rewrite
