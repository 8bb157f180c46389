// A method of a trait and what implements it, in all crates of the workspace.
#pragma once

#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "rewrite/boxed_method.h"

namespace jaa::pitfalls {

// Every `impl` of `trait`. Where another trait has the same name, only those that are
// known to mean this one.
[[nodiscard]] std::vector<syntax::Node> implementations(const flow::Facts& facts,
                                                        syntax::Node trait);

// `method` of a trait, and after it the methods that implement it.
[[nodiscard]] std::vector<syntax::Node> with_implementations(const flow::Facts& facts,
                                                             syntax::Node method);

// The method that `method`, of an `impl`, implements; none when its trait is not loaded.
[[nodiscard]] syntax::Node declared_method(const flow::Facts& facts, syntax::Node method);

// Adds to `fix` that `method` of a trait returns a boxed future, everywhere. False when
// one of its implementations has to be changed by hand.
bool box_everywhere(const flow::Facts& facts, syntax::Node method, rewrite::BoxedForm form,
                    rewrite::ImportEdits& imports, base::FixIt& fix);

}  // namespace jaa::pitfalls
