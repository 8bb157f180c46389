#include "flow/recursion.h"

namespace jaa::flow {
namespace {

constexpr std::string_view UnboxedRecursion = "E0733";

// The function of one step and the labelled await in it.
bool read_step(const std::vector<rustc::DiagnosticSpan>& spans, const UnitSources& sources,
               Recursion& recursion) {
  RecursiveStep step;
  bool has_function = false;
  bool has_await = false;
  for (const rustc::DiagnosticSpan& span : spans) {
    if (span.is_await() && !span.label.empty() && !has_await) {
      step.await = place_of(span, sources);
      has_await = true;
    } else if (span.is_primary) {
      step.function = place_of(span, sources);
      has_function = true;
    }
  }
  if (has_function && has_await) {
    recursion.steps.push_back(std::move(step));
  }
  return has_function && has_await;
}

}  // namespace

std::vector<Recursion> read_recursions(const std::vector<rustc::Diagnostic>& diagnostics,
                                       const UnitSources& sources) {
  std::vector<Recursion> result;
  for (uint32_t index = 0; index < diagnostics.size(); ++index) {
    const rustc::Diagnostic& error = diagnostics[index];
    if (!error.is_error() || error.code != UnboxedRecursion) {
      continue;
    }
    Recursion recursion;
    recursion.diagnostic = index;
    if (!read_step(error.spans, sources, recursion)) {
      continue;
    }
    for (const rustc::Diagnostic& child : error.children) {
      read_step(child.spans, sources, recursion);
    }
    result.push_back(std::move(recursion));
  }
  return result;
}

}  // namespace jaa::flow
