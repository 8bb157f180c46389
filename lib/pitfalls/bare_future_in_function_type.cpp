// Reports a function type that is written out and gives a future as such: `dyn Fn(A) -> impl
// Future<..>`, `fn(A) -> dyn Future<..>`.
//
// Detected by rustc: at the `impl` (E0562), or, of `dyn Future`, wherever such a value is made
// or awaited, as a type without a size (E0277), together with the functions that do not fit
// the type (E0308). The types are found in the source.
// Ignored on purpose: the bound of a type parameter, which may ask for an async closure.
#include <algorithm>
#include <string>

#include "diag/catalogue.h"
#include "flow/future_text.h"
#include "llvm/ADT/StringRef.h"
#include "pitfalls/sink.h"
#include "propagate/boxed_results.h"
#include "propagate/callables.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

std::string without_blanks(std::string_view text) {
  std::string result;
  std::copy_if(text.begin(), text.end(), std::back_inserter(result),
               [](char c) { return c != ' ' && c != '\n'; });
  return result;
}

// The error is about the future that `type` gives.
bool is_about(const flow::Facts& facts, const rustc::Diagnostic& error, Node type) {
  const Node result = propagate::result_of(type);
  // Of `impl Future + Send`, rustc also says that the `+` is ambiguous.
  if (error.code == "E0562" || error.code.empty()) {
    return std::any_of(error.spans.begin(), error.spans.end(), [&](const auto& span) {
      const auto place = facts.names().span(span);
      return span.is_primary && place && place->file == result.span().file &&
             place->begin >= result.begin() && place->begin < result.end();
    });
  }
  if (!result.is("dynamic_type") || (error.code != "E0277" && error.code != "E0308")) return false;
  const std::string bare =
      "dynFuture<Output=" + without_blanks(propagate::bare_output(result).text());
  const std::vector<std::string> quoted = flow::quoted_texts(error);
  return std::any_of(quoted.begin(), quoted.end(), [&](const std::string& one) {
    const std::string text = without_blanks(one);
    const llvm::StringRef rest(text);
    return rest.starts_with(bare) || rest.contains("->(" + bare) || rest.contains("->" + bare);
  });
}

// A function that does not fit one put there before: its type is that function's own then.
bool is_of_other_function(const rustc::Diagnostic& error) {
  const std::vector<std::string> quoted = flow::quoted_texts(error);
  return error.code == "E0308" &&
         std::any_of(quoted.begin(), quoted.end(), [](llvm::StringRef text) {
           return text.starts_with("fn(") && text.contains("-> impl Future<");
         });
}

}  // namespace

void bare_future_in_function_type(const flow::Facts& facts, Sink& sink) {
  std::vector<std::string> seen;
  const std::vector<Node> types = propagate::types_of_bare_futures(facts);
  for (const Node& type : types) {
    std::string text = without_blanks(type.text());
    if (std::find(seen.begin(), seen.end(), text) != seen.end()) continue;
    const auto is_alike = [&](const Node& other) { return without_blanks(other.text()) == text; };
    std::vector<uint32_t> explained;
    const bool is_dyn = propagate::result_of(type).is("dynamic_type");
    bool is_found = false;
    for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
      const rustc::Diagnostic& error = facts.diagnostics()[index];
      if (!error.is_error()) continue;
      const bool is_ours = std::any_of(types.begin(), types.end(), [&](const Node& other) {
        return is_alike(other) && is_about(facts, error, other);
      });
      is_found |= is_ours;
      if (is_ours || (is_dyn && is_of_other_function(error))) explained.push_back(index);
    }
    if (!is_found) continue;
    seen.push_back(std::move(text));
    auto finding =
        sink.report(propagate::result_of(type).span(),
                    diag::bare_future_in_function_type{.type = std::string(type.text())});
    finding.label(is_dyn ? "a future of no known size" : "a future of one type for each function");
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t index : explained) finding.explains(index);
    finding.fixes(propagate::box_results(facts, type));
  }
}

}  // namespace jaa::pitfalls
