// Puts futures into boxes of one type.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "rewrite/edit_list.h"
#include "rewrite/imports.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// `f(x)` -> `Box::pin(f(x))`. A closure's body of several lines gets the braces that it
// then is laid out with. `place` may be of tokens in a macro's arguments. `type`, if not
// empty, is what the box is cast to.
void box_value(const syntax::Tree& tree, const base::Span& place, const std::string& type,
               EditList& edits);

// `Box::new(..)` -> `Box::pin(..)`.
void pin_box(syntax::Node call, EditList& edits);

// `Box::new(work)` -> `Box::new(|a, b| Box::pin(work(a, b)))`, for the function `callee`.
void box_result_of(syntax::Node call, syntax::Node callee, EditList& edits);

// `Pin<Box<dyn Future<Output = _>>>`, its names as they are written at `place`.
[[nodiscard]] std::string boxed_future_type(syntax::Node place, bool is_send,
                                            std::string_view edition, ImportEdits& imports);

}  // namespace jaa::rewrite
