#include "flow/method_clash.h"

namespace jaa::flow {
namespace {

constexpr std::string_view WrongSignature = "E0053";
constexpr std::string_view UnmetBound = "E0277";
// What `#[async_trait]` writes for an async method has lifetimes that a plain one has not.
constexpr std::string_view OtherLifetimes = "E0195";

}  // namespace

std::vector<MethodClash> read_method_clashes(const std::vector<rustc::Diagnostic>& diagnostics,
                                             const UnitSources& sources) {
  std::vector<MethodClash> result;
  for (uint32_t index = 0; index < diagnostics.size(); ++index) {
    const rustc::Diagnostic& error = diagnostics[index];
    const bool may_clash = error.code.empty() || error.code == WrongSignature ||
                           error.code == UnmetBound || error.code == OtherLifetimes;
    if (!error.is_error() || error.is_summary() || !may_clash) {
      continue;
    }
    MethodClash clash;
    clash.diagnostic = index;
    clash.is_mistyped = error.code == WrongSignature || error.code == OtherLifetimes;
    clash.is_unmet = error.code == UnmetBound;
    clash.is_whole_head = error.code.empty();
    bool has_place = false;
    for (const rustc::DiagnosticSpan& span : error.spans) {
      if (span.is_primary &&
          (!span.is_from_macro() || error.code.empty() || error.code == OtherLifetimes)) {
        clash.implemented = place_of(span, sources);
        has_place = true;
      } else if (!span.is_primary && error.code == OtherLifetimes && !span.is_from_macro()) {
        clash.declared.push_back(place_of(span, sources));
      }
    }
    for (const rustc::Diagnostic& child : error.children) {
      for (const rustc::DiagnosticSpan& span : child.spans) {
        if (span.is_primary && !span.suggested_replacement) {
          clash.declared.push_back(place_of(span, sources));
        }
      }
    }
    if (has_place && (!clash.declared.empty() || clash.is_mistyped)) {
      result.push_back(std::move(clash));
    }
  }
  return result;
}

}  // namespace jaa::flow
