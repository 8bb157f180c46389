// A function that becomes async, or is no longer, with all that calls it: offered where its
// head is, by its syntax alone. Which edits that takes is for the compiler to say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "plugin/lsp/document.h"
#include "plugin/lsp/host.h"

namespace jaa::lsp {

struct FunctionChange {
  FunctionChangeKind kind = FunctionChangeKind::Add;
  uint32_t name = 0;  // where the function's name begins
  std::string title;
};

// None in bodies, and where it would be refused at once: of what is `const`, `extern`, `main`
// or a test, of methods of others' traits as far as this file tells whose a trait is, and of
// an `async fn` that awaits. Where the project `has_errors` that findings explain, what was
// begun by hand can be completed at any `async fn`.
[[nodiscard]] std::optional<FunctionChange> function_change_at(const Document& document,
                                                               TextRange place, bool has_errors);

// For the data of actions: stable, and back; none for another word.
[[nodiscard]] std::string name_of(FunctionChangeKind kind);
[[nodiscard]] std::optional<FunctionChangeKind> change_called(std::string_view name);

}  // namespace jaa::lsp
