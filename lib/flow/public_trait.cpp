#include "flow/public_trait.h"

namespace jaa::flow {

std::vector<LintedPlace> read_public_async_fns(const std::vector<rustc::Diagnostic>& diagnostics,
                                               const UnitSources& sources) {
  std::vector<LintedPlace> result;
  for (uint32_t index = 0; index < diagnostics.size(); ++index) {
    const rustc::Diagnostic& message = diagnostics[index];
    if (message.code != "async_fn_in_trait") {
      continue;
    }
    for (const rustc::DiagnosticSpan& span : message.spans) {
      if (span.is_primary && !span.is_from_macro()) {
        result.push_back({index, message.is_error(), place_of(span, sources)});
      }
    }
  }
  return result;
}

}  // namespace jaa::flow
