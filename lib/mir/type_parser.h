// Reads one type, or the path of a value, from its text.
#pragma once

#include <string_view>

#include "mir/type.h"

namespace jaa::mir {

// Uncached; `TypeTable::parse` is what callers want.
[[nodiscard]] TypeId parse_type(std::string_view text, TypeTable& types);

}  // namespace jaa::mir
