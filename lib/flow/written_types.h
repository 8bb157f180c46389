// What the source writes about the type of an expression, for code without MIR.
#pragma once

#include <set>
#include <string>

#include "syntax/items.h"

namespace jaa::flow {

// The last names of a type as written, without references and smart pointers: `Store`
// for `&mut Arc<Store>`, `Handler` and `Send` for `Box<dyn Handler + Send>`.
[[nodiscard]] std::set<std::string> names_of_type(syntax::Node type);

// The `let` or parameter that binds the variable `name` where it is used; none when it is
// no local, or is bound by another pattern.
[[nodiscard]] syntax::Node binding_of(syntax::Node name);

// The names of types and traits that the value of `expression` may be of, as above; empty
// when nothing is written about it.
[[nodiscard]] std::set<std::string> written_types(syntax::Node expression,
                                                  const syntax::Items& items);

}  // namespace jaa::flow
