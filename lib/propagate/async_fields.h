// A closure that a struct keeps as what its type parameter stands for, and that has to await:
// `struct Memo<F> where F: Fn(&str) -> u32 { compute: F }`. The parameter becomes an `AsyncFn`
// wherever it is bound, each closure that such a struct is made with an async closure, and
// each call of the field is awaited.
#pragma once

#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "syntax/tree.h"

namespace jaa::propagate {

// `closure` awaits, is not async, and is given to a function of the struct's own `impl`, or to
// the struct itself. Empty where something else than a closure is given in its place, or
// nothing calls the field.
[[nodiscard]] std::vector<base::FixIt> make_field_async(const flow::Facts& facts,
                                                        syntax::Node closure);

}  // namespace jaa::propagate
