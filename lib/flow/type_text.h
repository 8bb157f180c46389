// Types as text: rustc's messages trim paths, MIR does not, and neither may decide
// what a finding says.
#pragma once

#include <string>
#include <string_view>

namespace jaa::flow {

// Equal up to lifetimes and path prefixes: how types in messages compare with types in
// MIR and in the source.
[[nodiscard]] bool same_type_text(std::string_view a, std::string_view b);

// Without path prefixes: which of them rustc shows differs between a library and its
// tests, and one finding has to read the same in both.
[[nodiscard]] std::string short_type_text(std::string_view type);

// The same as a message shows it: what is nested too deep to be read is left out.
[[nodiscard]] std::string shown_type_text(std::string_view type);

}  // namespace jaa::flow
