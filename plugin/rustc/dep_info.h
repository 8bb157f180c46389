// rustc's dep-info: which source files one compilation read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jaa::plugin {

// The files that the rules' right sides name, sorted, each once, as the compiler
// named them. Spaces are written `\ `; `# env-dep:` lines are not about files.
[[nodiscard]] std::vector<std::string> parse_dep_info(std::string_view text);

}  // namespace jaa::plugin
