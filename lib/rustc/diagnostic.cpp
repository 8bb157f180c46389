#include "rustc/diagnostic.h"

#include <algorithm>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

namespace jaa::rustc {

bool ExpansionFrame::is_desugaring() const {
  return std::string_view(macro_name).starts_with("desugaring of ");
}

bool DiagnosticSpan::is_from_macro() const {
  return !std::all_of(expansion.begin(), expansion.end(),
                      [](const ExpansionFrame& frame) { return frame.is_desugaring(); });
}

bool DiagnosticSpan::is_await() const {
  return std::any_of(expansion.begin(), expansion.end(), [](const ExpansionFrame& frame) {
    return frame.macro_name == "desugaring of `await` expression";
  });
}

bool Diagnostic::is_summary() const {
  if (level == Level::FailureNote) {
    return true;
  }
  if (!spans.empty() || !code.empty()) {
    return false;
  }
  // "1 warning emitted", "3 warnings emitted"
  const auto is_digit = [](char byte) { return llvm::isDigit(byte); };
  const llvm::StringRef rest = message;
  const bool is_count =
      !rest.take_while(is_digit).empty() && rest.drop_while(is_digit).ends_with(" emitted");
  return is_count || rest.starts_with("aborting due to ");
}

std::vector<std::string> quoted_parts(std::string_view message) {
  std::vector<std::string> parts;
  size_t open = message.find('`');
  while (open != std::string_view::npos) {
    const size_t close = message.find('`', open + 1);
    if (close == std::string_view::npos) {
      break;
    }
    parts.emplace_back(message.substr(open + 1, close - open - 1));
    open = message.find('`', close + 1);
  }
  return parts;
}

}  // namespace jaa::rustc
