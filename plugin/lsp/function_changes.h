// A function that becomes async, or is no longer, with all that calls it: offered where its
// head is, by its syntax alone. Which edits that takes is for the compiler to say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "plugin/lsp/document.h"

namespace jaa::lsp {

struct FunctionChange {
  static constexpr const char* Name = "change_async";  // for the action's data

  bool adds = true;   // `async`; else takes it away
  uint32_t name = 0;  // where the function's name begins
  std::string title;
};

// None in bodies, and where it would be refused at once: of what is `const`, `extern`, `main`
// or a test, of methods of others' traits as far as this file tells whose a trait is, and of
// an `async fn` that awaits.
[[nodiscard]] std::optional<FunctionChange> function_change_at(const Document& document,
                                                               TextRange place);

}  // namespace jaa::lsp
