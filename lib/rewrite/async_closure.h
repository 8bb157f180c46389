// Between `|x| async move { .. }` and `async |x| { .. }`, and what closures need to be
// called more than once.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// The async block whose future a call of `closure` returns, bare or in `Box::pin(..)`;
// none where it returns another expression's.
[[nodiscard]] syntax::Node returned_block(syntax::Node closure);
// The expression whose value a call of `closure` returns; none for `{ ..; }`.
[[nodiscard]] syntax::Node returned_value(syntax::Node closure);

// Statements run when the closure is called, before there is a future. As an async
// closure it runs them when its future is first polled.
[[nodiscard]] bool works_before_future(syntax::Node closure);

// `closure`, whose calls return a future, as an async closure; one that is async already
// needs no edit. With `moves` it takes what it captures. None where it says what type it
// returns, leaves early with a future, or is in a macro.
[[nodiscard]] bool can_be_async(syntax::Node closure);
void make_async(const syntax::Tree& tree, syntax::Node closure, bool moves,
                std::vector<base::Edit>& edits);

// A plain closure with a plain value, as one whose calls give a future of it.
void await_nothing(syntax::Node closure, std::vector<base::Edit>& edits);

// The future that a plain closure returns goes into a box; one that is there already stays.
void box_returned(syntax::Node closure, std::vector<base::Edit>& edits);

// `|a, b| Box::pin(f(a, b))` for the name of the function `f`, and `async |a, b| f(a, b)`.
[[nodiscard]] std::string boxing_closure(syntax::Node name, syntax::Node function);
[[nodiscard]] std::string async_closure(syntax::Node name, syntax::Node function);

// An async closure as a plain one that returns an `async move` block, in a box if `boxed`.
void return_block(syntax::Node closure, bool boxed, std::vector<base::Edit>& edits);

// `lets` as the first statements of what a call of `closure` runs before `place`, which
// is in the closure. A closure without a block gets one.
void run_first(const syntax::Tree& tree, syntax::Node closure, syntax::Node place,
               const std::vector<std::string>& lets, std::vector<base::Edit>& edits);

}  // namespace jaa::rewrite
