// Async blocks by the names that rustc gives to their types: `{async block@src/a.rs:3:5: 3:15}`.
#pragma once

#include "llvm/ADT/StringRef.h"

#include "flow/facts.h"
#include "syntax/tree.h"

namespace jaa::flow {

// The block that the type's name points at; none when there is none at that place.
[[nodiscard]] syntax::Node block_named(const Facts& facts, llvm::StringRef type);

// The same, if the block is the whole value of a closure that is given to a function called
// like one that makes threads: what joining the thread gives is that block.
[[nodiscard]] syntax::Node block_of_thread(const Facts& facts, llvm::StringRef type);

}  // namespace jaa::flow
