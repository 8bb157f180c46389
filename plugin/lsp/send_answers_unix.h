// Which futures of a file are `Send`, asked of the compiler itself (flow/probe.h).
#pragma once

#include <functional>
#include <string>

#include "plugin/lsp/host.h"
#include "plugin/rustc/unit.h"
#include "syntax/tree.h"

namespace jaa::lsp {

// Fills in `is_send` and `why` of the functions' futures, as far as the compiler says;
// what was known before stays where it does not. `scratch` is a private folder.
void ask_whether_send(const plugin::Unit& unit, const syntax::Tree& tree,
                      const base::SourceFiles& sources, const std::string& scratch,
                      double timeout_seconds, FactsResult& facts);

}  // namespace jaa::lsp
