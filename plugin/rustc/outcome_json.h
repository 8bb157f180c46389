// Outcomes of trials as text, and back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fixit/trial.h"

namespace jaa::plugin {

// One line of JSON.
[[nodiscard]] std::string units_to_json(const std::vector<fixit::UnitOutcome>& units);
// None when the text is not what `units_to_json` writes.
[[nodiscard]] std::optional<std::vector<fixit::UnitOutcome>> units_from_json(
    const std::string& text);

}  // namespace jaa::plugin
