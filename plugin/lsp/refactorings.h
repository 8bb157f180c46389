// Rewrites of code that compiles, offered where the cursor is: none mends an error, each is
// tried by the compiler before it is given out.
#pragma once

#include <string>
#include <vector>

#include "plugin/lsp/document.h"
#include "plugin/rustc/report.h"

namespace jaa::lsp {

struct Refactoring {
  std::string name;  // stable: for the action's data
  std::string title;
  std::vector<plugin::ReportedEdit> edits;
};

[[nodiscard]] std::vector<Refactoring> refactorings_at(const Document& document, TextRange place);

}  // namespace jaa::lsp
