// Types of which rustc says that they have to outlive a lifetime, and where that is said.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "flow/future_lifetimes.h"

namespace jaa::pitfalls {

// A type parameter or a written `impl Trait`.
struct TypeParameter {
  syntax::Node item;   // that declares it: a function, an `impl`, a trait
  syntax::Node owner;  // what its bounds belong to; none where there is no such parameter
  std::string name;
};

// The one of that name that can be used at `place`.
[[nodiscard]] TypeParameter type_parameter(syntax::Node place, const std::string& name);

// The bound in the signature, where a predicate of its own is in the `where` clause there.
[[nodiscard]] std::vector<base::Edit> bound_of(const TypeParameter& parameter,
                                               const std::string& lifetime);

// A type that has to be `'static` and may borrow (E0310).
struct StaticLack {
  uint32_t diagnostic = 0;
  std::string type;
  syntax::Node place;
  TypeParameter parameter;
  // For an associated type, `<S as Service>::Future`: the item that may ask more of it.
  syntax::Node item;
  // What this workspace declares and where one bound would do for all who use it: traits
  // that bound the parameter, or the associated type in its trait.
  std::vector<syntax::Node> declared;
  // A future in a function keeps the value; that is `future_parameter_lifetime`.
  bool is_of_future = false;
};

// Those of one declaration that several items lack; `declared` is none for the others.
struct StaticGroup {
  syntax::Node declared;
  std::vector<StaticLack> lacks;
};

// In the order of the diagnostics, by what one edit can mend: the trait where three items
// or more use it, else the parameter.
[[nodiscard]] std::vector<StaticGroup> static_groups(const flow::Facts& facts);

// The function keeps a value of the type in a future, or its generics speak of futures or
// of other threads.
[[nodiscard]] bool concerns_future(const flow::Facts& facts, const flow::LifetimeError& error);

}  // namespace jaa::pitfalls
