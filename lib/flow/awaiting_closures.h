// Errors that come from closures of which nobody awaits anything: an await in one that
// is not async, and futures where the caller of one wants a value.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "flow/facts.h"
#include "syntax/opened_macros.h"
#include "syntax/tree.h"

namespace jaa::flow {

// Files that were read anew to look into the arguments of macros.
using OpenedFiles = std::vector<std::unique_ptr<syntax::OpenedFile>>;

// A closure that awaits and is not async (E0728).
struct AwaitingClosure {
  const syntax::Tree* tree = nullptr;  // that the nodes are of
  syntax::Node closure;
  std::vector<syntax::Node> awaits;
  std::vector<uint32_t> diagnostics;  // one for each await
};

// In source order. Only awaits whose innermost function is such a closure. The result
// must not outlive `opened`.
[[nodiscard]] std::vector<AwaitingClosure> awaiting_closures(const Facts& facts,
                                                             OpenedFiles& opened);

// A closure or function, given to a method, that returns futures where the method, or
// what comes behind it in the chain, wants what they yield.
struct FutureReturned {
  syntax::Node argument;
  syntax::Node method;  // the name of the method that finds a future
  std::vector<uint32_t> diagnostics;
  // The closure's value is a tuple, and these parts of it are the futures; empty where
  // the value is the future.
  std::vector<syntax::Node> parts;
};

[[nodiscard]] std::vector<FutureReturned> futures_returned(const Facts& facts);

}  // namespace jaa::flow
