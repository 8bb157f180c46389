// What a `use` brings in.
#pragma once

#include <string>

#include "llvm/ADT/STLFunctionalExtras.h"

#include "syntax/tree.h"

namespace jaa::syntax {

// Calls `visit(name, path)` with each name that a `use_declaration` gives and the path it
// stands for, as written: `use a::{b, c as d};` gives `b` as `a::b` and `d` as `a::c`. Of a
// glob the name is `*`, and the path that of the module.
void each_use(Node declaration,
              llvm::function_ref<void(const std::string& name, const std::string& path)> visit);

}  // namespace jaa::syntax
