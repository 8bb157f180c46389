// Where values of a type are dropped: the variables of async functions that own one, as
// far as the source tells, and the places where one gets out of sight.
#pragma once

#include <string>
#include <vector>

#include "flow/facts.h"
#include "rewrite/scope_ends.h"

namespace jaa::pitfalls {

// The variables of one async function or block; `call` of each is still empty.
struct OwningBody {
  syntax::Node body;
  std::vector<rewrite::OwnedValue> values;
};

struct DroppedValues {
  std::vector<OwningBody> bodies;
  // A field, a collection, a temporary, a function that is not async: somebody else drops
  // the value there, or nobody who can wait.
  std::vector<syntax::Node> elsewhere;
};

// `item` is the type's `struct` or `enum`.
[[nodiscard]] DroppedValues dropped_values(const flow::Facts& facts, syntax::Node item);

// The mention of a variable passes the value on to a function that owns it from then on.
[[nodiscard]] bool is_taken_over(const flow::Facts& facts, syntax::Node item, syntax::Node mention);

}  // namespace jaa::pitfalls
