// A source text in which only some functions keep their bodies.
//
// The compiler needs a function's body for nothing but that body itself, as long as
// its signature says the whole type. So when the MIR of one function is wanted, the
// bodies of the others may be left out, and the compiler is done in a fraction of
// the time. All places stay where they are: every line keeps its number, and every
// character that is left out becomes a blank.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/tree.h"

namespace jaa::rewrite {

// The body, with its braces, with `loop{}` where a line has room for it and blanks
// elsewhere. None where it has no room.
[[nodiscard]] std::optional<std::string> stub_of(std::string_view body);

// One blank a character, and the line ends.
[[nodiscard]] std::string blanks(std::string_view text);

// Bodies become `loop{}`, except those of functions named in `keep`, of functions
// around them, and of functions whose body the compiler may need for others: `const
// fn`, an `impl Trait` result, items of a wider reach within. None when that leaves
// nothing out.
[[nodiscard]] std::optional<std::string> stub_bodies(const syntax::Tree& tree,
                                                     const std::vector<std::string>& keep);

}  // namespace jaa::rewrite
