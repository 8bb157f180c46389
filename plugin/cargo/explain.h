// `cargo async explain`: the catalogue's pages, for reading in a terminal.
#pragma once

#include <string_view>

#include "plugin/cargo/console.h"

namespace jaa::plugin {

// Prints one page, or with an empty name the list of all. Returns the exit code: 1
// when there is no such page.
[[nodiscard]] int explain(std::string_view name, const Console& console);

}  // namespace jaa::plugin
