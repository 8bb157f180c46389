// Awaits where nothing can be awaited, seen in the tree alone: while somebody types, before
// any compiler runs (E0728).
#pragma once

#include <string>
#include <vector>

#include "plugin/lsp/text_map.h"
#include "syntax/tree.h"

namespace jaa::lsp {

struct MisplacedAwait {
  std::string code;  // the pitfall's name
  std::string message;
  std::string label;
  TextRange keyword;   // of the first await
  TextRange function;  // the function, or the closure, that is not async
};

// One for each function or closure, in source order. None where the tree has an error at
// the place, or an attribute may rewrite the function.
[[nodiscard]] std::vector<MisplacedAwait> misplaced_awaits(const syntax::Tree& tree);

}  // namespace jaa::lsp
