// Reads one type from text; the way in is `TypeTable::parse`, which remembers
// what it has read.
#pragma once

#include <string_view>

#include "mir/type.h"

namespace jaa::mir {

// One `Opaque` when the text is not a type as rustc writes it, or nests deeper
// than `MaxTypeDepth`. The bound lets users of types recurse.
inline constexpr size_t MaxTypeDepth = 500;
[[nodiscard]] TypeId parse_type(std::string_view text, TypeTable& types);

}  // namespace jaa::mir
