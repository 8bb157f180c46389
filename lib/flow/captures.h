// What the code of a future or closure takes from the function around it. Syntax only, so
// what a macro declares is not seen.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syntax/tree.h"

namespace jaa::flow {

// A variable of the function around a task that the task names.
struct Capture {
  std::string name;
  syntax::Node binding;  // its name in the pattern, or the `self` parameter
  std::vector<syntax::Node> mentions;
};

[[nodiscard]] std::vector<Capture> captures_of(syntax::Node future);

// What `binding` holds may refer to what is bound at `owner`, or to the temporary
// `owner`: its value is taken from there.
[[nodiscard]] bool is_derived(syntax::Node binding, syntax::Node owner);

}  // namespace jaa::flow
