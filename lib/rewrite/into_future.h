// What a function does before it returns a future, done by the future instead, so that
// the future owns what it borrows from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "rewrite/edit_list.h"
#include "syntax/items.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// A block in one line is given a line for each statement, after those of `lead`; `outer`
// is the indentation of the line it ends in.
void spread_block(syntax::Node block, const std::vector<std::string>& lead, std::string_view outer,
                  EditList& edits);

// Evaluating it makes a view of something and no more: a borrow, a field, or a method of
// the standard library that borrows (`as_str`, `iter`, `trim`).
[[nodiscard]] bool only_borrows(syntax::Node expression);

// `async {` -> `async move {`; empty where it is there, or in a macro.
[[nodiscard]] std::vector<base::Edit> own_captures(syntax::Node async_block);

// The `let` statements, in order, go to the beginning of the async block that uses them;
// of several blocks, of each. One whose variable is named elsewhere too is repeated there.
[[nodiscard]] std::vector<base::Edit> make_in_blocks(const syntax::Tree& tree,
                                                     const std::vector<syntax::Node>& lets,
                                                     const std::vector<syntax::Node>& async_blocks);

// `f(&x)` -> `async move { f(&x).await }`.
[[nodiscard]] std::vector<base::Edit> call_in_block(syntax::Node call);

// Calling it later does the same: it calls an `async fn`, which runs nothing of it until
// it is polled, with arguments that are borrowed, named, or formatted.
[[nodiscard]] bool may_be_called_later(const syntax::Items& items, syntax::Node call);

}  // namespace jaa::rewrite
