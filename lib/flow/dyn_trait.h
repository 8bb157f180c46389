// Traits that have no `dyn` form, and what in them is the reason.
//
// E0038 comes once for each place that names such a trait object. Its note points at the
// trait, and with one primary span each at what keeps it from having one: a method's name,
// or what the method returns.
#pragma once

#include <vector>

#include "flow/denial.h"

namespace jaa::flow {

struct DynDenial {
  uint32_t diagnostic = 0;
  NamedPlace use;    // where the trait object is named or made
  NamedPlace trait;  // the trait's name
  std::vector<NamedPlace> reasons;
  bool is_in_macro = false;  // the trait is written by one
};

// In order of the diagnostics.
[[nodiscard]] std::vector<DynDenial> read_dyn_denials(
    const std::vector<rustc::Diagnostic>& diagnostics, const UnitSources& sources);

}  // namespace jaa::flow
