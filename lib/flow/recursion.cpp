#include "flow/recursion.h"

namespace jaa::flow {
namespace {

constexpr std::string_view UnboxedRecursion = "E0733";
constexpr std::string_view QueryCycle = "E0391";
constexpr std::string_view OpaqueInItself = "E0792";

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

// The awaits that the message itself points at.
void read_awaits(const rustc::Diagnostic& message, const UnitSources& sources,
                 Recursion& recursion) {
  for (const rustc::DiagnosticSpan& span : message.spans) {
    if (span.is_primary && span.is_await()) {
      recursion.steps.push_back({place_of(span, sources), place_of(span, sources)});
    }
  }
}

// The layout of a generic function's future is asked for where it is used; the notes of
// the cycle point at the awaits.
void read_layout_cycle(const rustc::Diagnostic& error, const UnitSources& sources,
                       Recursion& recursion) {
  for (const rustc::Diagnostic& child : error.children) {
    if (child.spans.empty()) {
      return;  // the cycle is closed; what follows is who asked
    }
    read_awaits(child, sources, recursion);
  }
}

}  // namespace

std::vector<Recursion> read_recursions(const std::vector<rustc::Diagnostic>& diagnostics,
                                       const UnitSources& sources) {
  std::vector<Recursion> result;
  for (uint32_t index = 0; index < diagnostics.size(); ++index) {
    const rustc::Diagnostic& error = diagnostics[index];
    Recursion recursion;
    recursion.diagnostic = index;
    if (error.is_error() && error.code == QueryCycle) {
      read_layout_cycle(error, sources, recursion);
      if (!recursion.steps.empty()) {
        result.push_back(std::move(recursion));
      }
      continue;
    }
    if (error.is_error() && error.code == OpaqueInItself) {
      // The call is labelled, not its await.
      for (const rustc::DiagnosticSpan& span : error.spans) {
        if (span.is_primary) {
          recursion.steps.push_back({place_of(span, sources), place_of(span, sources)});
        }
      }
      recursion.needs_signature = true;
      if (!recursion.steps.empty()) {
        result.push_back(std::move(recursion));
      }
      continue;
    }
    if (!error.is_error() || error.code != UnboxedRecursion ||
        !read_step(error.spans, sources, recursion)) {
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
