// What a called function calls its arguments.
#pragma once

#include <string>
#include <vector>

#include "flow/facts.h"
#include "syntax/tree.h"

namespace jaa::flow {

// In the order of the arguments of `call`, `self` not counted; empty for one that is taken
// apart. None where more than one function has the name that is called.
[[nodiscard]] std::vector<std::string> parameter_names(const Facts& facts, syntax::Node call);

}  // namespace jaa::flow
