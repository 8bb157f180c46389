// What a piece of Rust text looks like, for code that is put together from such pieces.
// By brackets and blanks only: the pieces are as rustfmt leaves them, and what is taken
// wrongly the compiler refuses.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace jaa::rewrite {

[[nodiscard]] bool is_several_lines(std::string_view text);
// Something stands outside of all brackets that binds weaker than a `?`.
[[nodiscard]] bool has_operator(std::string_view text);
// What is in `name(inside)`, when that is all of `text`.
[[nodiscard]] std::optional<std::string> inside_of(std::string_view text, std::string_view name);
// The halves of a pair that is written `(a, b)`.
[[nodiscard]] std::optional<std::pair<std::string, std::string>> split_pair(std::string_view text);
// A statement that needs no semicolon.
[[nodiscard]] bool ends_with_block(std::string_view text);
// `text`, a condition, the other way round.
[[nodiscard]] std::string negated(std::string text);

}  // namespace jaa::rewrite
