#include "flow/told_type.h"

#include <vector>

namespace jaa::flow {

std::string told_type(const rustc::Diagnostic& error, std::string_view name) {
  const auto read = [name](const std::string& text) {
    const std::vector<std::string> quoted = rustc::quoted_parts(text);
    const size_t count = quoted.size();
    const bool is_told =
        count > 2 && quoted.back() == "Copy" && (name.empty() || quoted[count - 3] == name);
    return is_told ? quoted[count - 2] : std::string();
  };
  for (const rustc::DiagnosticSpan& span : error.spans)
    if (std::string type = read(span.label); !type.empty()) return type;
  for (const rustc::Diagnostic& child : error.children)
    if (std::string type = read(child.message); !type.empty()) return type;
  return {};
}

}  // namespace jaa::flow
