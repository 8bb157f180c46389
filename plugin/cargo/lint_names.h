// The names of the catalogue, as a user types them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jaa::plugin {

// `all` stands for the lints that are on by default, `warnings` for those that warn.
[[nodiscard]] bool is_lint_group(std::string_view name);

// The lints that a name in a level stands for; empty when there is no such lint.
[[nodiscard]] std::vector<std::string> lints_called(std::string_view name);

// The names that differ from `name` by little, nearest first.
[[nodiscard]] std::vector<std::string_view> close_names(std::string_view name);

}  // namespace jaa::plugin
