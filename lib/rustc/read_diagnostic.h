// From a parsed JSON object to a `Diagnostic`. Private to this layer: shared by
// the readers of rustc's and of cargo's lines.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "rustc/diagnostic.h"

namespace jaa::rustc {

// None when the object is no diagnostic. `problem` gets the first thing that was not
// as expected; a message of another kind ("artifact") is none and no problem.
[[nodiscard]] std::optional<Diagnostic> diagnostic_from(const nlohmann::json& object,
                                                        std::string& problem);

}  // namespace jaa::rustc
