#include "flow/dyn_trait.h"

#include <algorithm>

namespace jaa::flow {
namespace {

constexpr std::string_view NotDynCompatible = "E0038";

// The note with the trait and the reasons. Suggestions have spans too.
bool read_reasons(const rustc::Diagnostic& child, const UnitSources& sources, DynDenial& denial) {
  bool has_trait = false;
  for (const rustc::DiagnosticSpan& span : child.spans) {
    if (span.suggested_replacement) {
      return false;
    }
    denial.is_in_macro |= span.is_from_macro();
    if (span.is_primary) {
      const NamedPlace reason = place_of(span, sources);
      // A method may be given two reasons.
      if (std::find(denial.reasons.begin(), denial.reasons.end(), reason) == denial.reasons.end()) {
        denial.reasons.push_back(reason);
      }
    } else {
      denial.trait = place_of(span, sources);
      has_trait = true;
    }
  }
  return has_trait && !denial.reasons.empty();
}

}  // namespace

std::vector<DynDenial> read_dyn_denials(const std::vector<rustc::Diagnostic>& diagnostics,
                                        const UnitSources& sources) {
  std::vector<DynDenial> result;
  for (uint32_t index = 0; index < diagnostics.size(); ++index) {
    const rustc::Diagnostic& error = diagnostics[index];
    if (!error.is_error() || error.code != NotDynCompatible) {
      continue;
    }
    for (const rustc::Diagnostic& child : error.children) {
      DynDenial denial;
      denial.diagnostic = index;
      for (const rustc::DiagnosticSpan& span : error.spans) {
        if (span.is_primary) {
          denial.use = place_of(span, sources);
        }
      }
      if (read_reasons(child, sources, denial)) {
        result.push_back(std::move(denial));
        break;
      }
    }
  }
  return result;
}

}  // namespace jaa::flow
