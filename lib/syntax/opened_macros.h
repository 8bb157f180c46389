// A file in which the arguments of some macros are expressions.
//
// The grammar has only tokens inside of `println!("{}", f(x))`. The common macros take
// their arguments as a function does, and with a blank for the `!` such a call reads as
// one of a function. All places stay where they are.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "syntax/tree.h"

namespace jaa::syntax {

// Owns a copy of the texts; files keep their ids.
struct OpenedFile {
  base::SourceFiles files;
  std::optional<Tree> tree;
};

// The macro calls around `token` that evaluate it exactly once, when their turn comes, as
// a call evaluates its argument; the outermost first. Empty when one of them is another.
// What stands in the arguments of these is only seen when they are open.
[[nodiscard]] std::vector<Node> plain_macros_around(Node token);

[[nodiscard]] std::unique_ptr<OpenedFile> open_macros(const base::SourceFiles& files,
                                                      base::FileId file,
                                                      const std::vector<Node>& macros);

}  // namespace jaa::syntax
