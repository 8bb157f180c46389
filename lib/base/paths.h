// Paths as compilers print them.
#pragma once

#include <string>
#include <string_view>

namespace jaa::base {

// The absolute path of `name`, which is relative to `cwd` unless it is absolute, without
// `.` and `..`.
[[nodiscard]] std::string absolute_path(std::string_view cwd, std::string_view name);

}  // namespace jaa::base
