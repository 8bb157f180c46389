// Values of a function type that is written out, some of which have to await: the type becomes
// one whose calls give boxed futures (propagate/callables.h), with all closures and functions
// that become one of it, and each call is awaited. A function that boxes its parameter asks for
// one that gives a future, and boxes that as well.
#pragma once

#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "syntax/tree.h"

namespace jaa::propagate {

// `closure` awaits, is not async and becomes such a value. Candidates, in the order in which
// they are to be tried: the type of its place alone or all that are spelled alike, and futures
// that are `Send` as the type is or not. Where the type gives a future already, only the closure
// changes. Empty where it is given to something else, nothing is seen to call it, or what it
// changes outside of itself would be a copy.
[[nodiscard]] std::vector<base::FixIt> box_callables(const flow::Facts& facts,
                                                     syntax::Node closure);

}  // namespace jaa::propagate
