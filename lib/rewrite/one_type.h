// A method that takes any type takes one type instead, so that a trait object can have it.
//
// `fn run<T: Into<String>>(&self, input: T)` takes a `String`; what each implementation
// did with `.into()` is done by those that call it, or is not needed as they have a
// `String` already. A reference to any type becomes a reference to a trait object, and
// callers stay as they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

struct OneTypeInput {
  // The method in the trait, and the methods that implement it.
  std::vector<syntax::Node> methods;
  // The calls of it; where they are tokens of a macro, the method's name.
  std::vector<syntax::Node> calls;
};

struct OneType {
  std::vector<base::Edit> edits;
  std::string type;     // that it takes now
  std::string instead;  // of this parameter: `T`, or `impl Into<String>`
  // Where callers convert, nothing but memory can tell when they do.
  bool is_plain = true;
};

// With or without what that asks of callers. None when the method takes more than one
// type, or nothing tells which one it could take.
[[nodiscard]] std::optional<OneType> take_one_type(const OneTypeInput& input, bool changes_callers);

}  // namespace jaa::rewrite
