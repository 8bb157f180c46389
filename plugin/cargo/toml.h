// The part of TOML that settings need: tables, and keys with a string, a number or
// a truth value on one line. Whatever else a file holds (arrays, inline tables,
// texts over several lines) is reported and passed over, so that a file written for
// another program, such as cargo's own configuration, can be searched for one key.
#pragma once

#include <string_view>

#include "base/problem.h"
#include "llvm/Support/JSON.h"

namespace jaa::plugin {

[[nodiscard]] llvm::json::Object read_toml(std::string_view text, std::string_view input_name,
                                           base::Problems& problems);

}  // namespace jaa::plugin
