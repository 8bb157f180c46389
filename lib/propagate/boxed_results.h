// Function types that are written out and give a bare future, `dyn Fn(A) -> impl Future<..>` or
// `fn(A) -> dyn Future<..>`: no value can be of such a type. They give boxed futures instead
// (propagate/callables.h), and so does all that is put there. Its calls are awaited already.
#pragma once

#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "syntax/tree.h"

namespace jaa::propagate {

// The written types that give a bare future, in source order.
[[nodiscard]] std::vector<syntax::Node> types_of_bare_futures(const flow::Facts& facts);

// `type` and those that are spelled like it. Empty where what is put there cannot be told to
// give a box.
[[nodiscard]] std::vector<base::FixIt> box_results(const flow::Facts& facts, syntax::Node type);

}  // namespace jaa::propagate
