// The text of `--help` and of `cargo async help [VERB]`.
#pragma once

#include <string_view>

namespace jaa::plugin {

// Help on one verb, or with an empty topic on the whole; empty for an unknown one.
[[nodiscard]] std::string_view help_text(std::string_view topic);

}  // namespace jaa::plugin
