// The async block that a type's name tells by its place: `{async block@src/a.rs:3:5: 3:15}`.
#pragma once

#include <string_view>

#include "flow/facts.h"

namespace jaa::flow {

// None for another type, or where the place is not of a loaded file.
[[nodiscard]] syntax::Node block_of_type(const Facts& facts, std::string_view type);

}  // namespace jaa::flow
