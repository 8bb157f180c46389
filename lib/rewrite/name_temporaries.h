// Values without a name, which end with their statement, get a `let` of their own before it.
//
//   let sent = send(&format!("{n}"), next());
//   -> let text = format!("{n}");
//      let sent = send(&text, next());
//
// All is computed in the order that it was: what the statement computes before such a value is
// bound as well, unless nobody could notice.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

struct NamedTemporaries {
  // Of one statement. They may be nodes of a tree of the same places in which macros are open.
  std::vector<syntax::Node> values;
  // A good name for a value; may be empty.
  llvm::function_ref<std::string(syntax::Node value)> wish;
  // The call does nothing yet.
  llvm::function_ref<bool(syntax::Node call)> is_lazy;
};

// Empty where a value is only computed in some cases, or more than once, or where a `let`
// before the statement is none that reaches its end.
[[nodiscard]] std::vector<base::Edit> name_temporaries(const syntax::Tree& tree,
                                                       const NamedTemporaries& temporaries);

}  // namespace jaa::rewrite
