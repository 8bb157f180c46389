// A unified diff, as `patch -p1` and `git apply` read it.
#pragma once

#include <string>
#include <string_view>

namespace jaa::render {

// Three lines of context; line ends are kept as they are. Empty when the texts
// are the same. `path` is relative to where the patch will be applied.
[[nodiscard]] std::string unified_diff(std::string_view path, std::string_view before,
                                       std::string_view after);

}  // namespace jaa::render
