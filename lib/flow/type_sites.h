// Where the source spells a type that a value has: from the value's declaration over
// the functions, fields, aliases and structs it comes through.
//
// Syntax only, by names, so it may reach too much; an edit that rests on it is tried
// by the compiler.
#pragma once

#include <string_view>
#include <vector>

#include "llvm/ADT/STLFunctionalExtras.h"
#include "syntax/items.h"
#include "syntax/tree.h"

namespace jaa::flow {

// The nodes that `matches`, nearest first, reached from `start`: a binding's name,
// `self`, an expression or a type.
[[nodiscard]] std::vector<syntax::Node> type_sites(const syntax::Items& items, syntax::Node start,
                                                   llvm::function_ref<bool(syntax::Node)> matches);

// The binding of a local `name` that is in reach at `use`: the name in a `let`,
// parameter, closure parameter or other pattern; none when there is no such binding.
[[nodiscard]] syntax::Node local_binding(syntax::Node use, std::string_view name);

// What a binding gets its value from, and the type written for it; either may be none.
struct Origin {
  syntax::Node type;
  syntax::Node value;
};
[[nodiscard]] Origin origin_of(syntax::Node binding);

}  // namespace jaa::flow
