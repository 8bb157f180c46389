// Methods of an `impl` that return something else than their trait says.
//
// Four errors say that of an async method: one without a code, at the head of a method
// that is not async while the trait's is; E0053, at what an async method returns where the
// trait's is not async; E0277, at what a method returns that is to be a future; and E0195,
// where a macro writes the futures. Each has a place in the trait, where that is not of
// another crate. What they are about
// is for the syntax at these places to say.
#pragma once

#include <vector>

#include "flow/denial.h"

namespace jaa::flow {

struct MethodClash {
  uint32_t diagnostic = 0;
  NamedPlace implemented;  // in the head of the method in the `impl`
  // What may be in that of the trait's; an error may point at more than that.
  std::vector<NamedPlace> declared;
  bool is_mistyped = false;    // E0053, E0195
  bool is_unmet = false;       // E0277
  bool is_whole_head = false;  // `implemented` is that from its first word on
};

// In order of the diagnostics. Other errors may have this shape too.
[[nodiscard]] std::vector<MethodClash> read_method_clashes(
    const std::vector<rustc::Diagnostic>& diagnostics, const UnitSources& sources);

}  // namespace jaa::flow
