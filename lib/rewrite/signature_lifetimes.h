// The lifetimes in a function's signature, those that are left out among them.
#pragma once

#include <string>
#include <vector>

#include "rewrite/edit_list.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

struct WrittenLifetimes {
  // A reference or `&self` without one, or a `'_`.
  std::vector<syntax::Node> elided;
  // Without `'static`; each name once.
  std::vector<std::string> named;
};

// Within `part`, a parameter or a type, but for the types of functions in it.
[[nodiscard]] WrittenLifetimes lifetimes_in(syntax::Node part);

// A name that neither the function nor what is around it declares: `'a`, else `'b`, ..
[[nodiscard]] std::string unused_lifetime(syntax::Node function, size_t from = 0);

// Writes the lifetime `name` where `place` leaves it out.
void write_lifetime(syntax::Node place, const std::string& name, EditList& edits);

// Declares new lifetimes in front of the generics of `item`, and new types, with their
// bounds, behind them.
void declare(syntax::Node item, const std::vector<std::string>& lifetimes,
             const std::vector<std::string>& types, EditList& edits);

// With `edits`, the head of `function` may no longer fit in its line: then each parameter
// gets a line of its own.
[[nodiscard]] std::vector<base::Edit> fit_in_width(const syntax::Tree& tree, syntax::Node function,
                                                   std::vector<base::Edit> edits);

}  // namespace jaa::rewrite
