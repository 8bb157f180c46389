// What rustc's lint `async_fn_in_trait` points at.
#pragma once

#include <vector>

#include "flow/denial.h"

namespace jaa::flow {

struct LintedPlace {
  uint32_t diagnostic = 0;
  bool is_error = false;  // the lint is denied
  NamedPlace place;       // the `async` of the method
};

[[nodiscard]] std::vector<LintedPlace> read_public_async_fns(
    const std::vector<rustc::Diagnostic>& diagnostics, const UnitSources& sources);

}  // namespace jaa::flow
