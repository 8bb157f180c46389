// A struct that refers to text and data becomes one that has them: `Query<'a> { from: &'a str }`
// is `Query { from: String }`, and can go where its lifetime could not.
//
// The struct loses its lifetime wherever it is named, each value of it copies what it is
// made from, and where a field is given away as the reference that it was, it becomes a
// reference again. How patterns take such a struct apart is for the compiler to say.
#pragma once

#include <string_view>
#include <vector>

#include "base/finding.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "syntax/items.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// `trees` are all of the struct's crate. `is_data` says of a type that a clone of a value
// cannot be told from the value. Empty where a field holds a reference in another way, the
// lifetime means more than the struct's, or the struct copies itself.
[[nodiscard]] std::vector<base::Edit> own_struct(
    const syntax::Items& items, const std::vector<const syntax::Tree*>& trees, syntax::Node item,
    llvm::function_ref<bool(std::string_view)> is_data);

}  // namespace jaa::rewrite
