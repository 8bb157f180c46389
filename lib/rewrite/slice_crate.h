// A crate without what some of its functions have nothing to do with.
//
// The compiler takes the longest for what a wanted function never mentions: types, their
// `impl`s, other functions. So only what the function names is kept, what that names in
// turn, and the `impl`s whose trait and type are kept; of other functions the bodies go as
// well (rewrite/stub_bodies.h). All places stay where they are, as there.
//
// Names are compared as words, whatever module they are from, which keeps too much rather
// than too little. It may still leave out what is needed, where a macro makes it: then the
// compiler finds an error that the crate does not have, and the crate has to be compiled in
// another way. An `impl` is left out only where its trait or type is not there at all, so
// that the types of what is kept stay the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "llvm/ADT/ArrayRef.h"

namespace jaa::rewrite {

// For each of the crate's files its text, or none where all of it is kept. No texts when a
// function named in `wanted` is not found.
[[nodiscard]] std::vector<std::optional<std::string>> slice_crate(
    llvm::ArrayRef<std::string_view> files, llvm::ArrayRef<std::string> wanted);

}  // namespace jaa::rewrite
