// Runs a call wherever a variable would be dropped, as an explicit `close` has to be run
// that a destructor cannot do: at the end of the block that owns it, and before each
// `return`, `break` and `continue` that leaves it. Where `?` leaves it, the rest of the
// function goes into an async block, whose result is kept until the call was made.
//
//     let conn = open().await;                 let conn = open().await;
//     conn.send("hello").await?;               let result = async {
//     Ok(())                                       conn.send("hello").await?;
//                                                  Ok(())
//                                              }
//                                              .await;
//                                              conn.close().await;
//                                              result
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

struct OwnedValue {
  syntax::Node name;         // where it is bound
  syntax::Node since;        // the `let`, condition or parameter; it lives from its end on
  syntax::Node block;        // to the end of this block
  std::string call;          // "conn.close().await"
  bool is_optional = false;  // the variable is an `Option` of it
};

struct ScopeEnds {
  std::vector<base::Edit> edits;
  // Places where a value may be dropped and nothing could be added.
  std::vector<syntax::Node> missed;
};

// All of `values` belong to `body`, the block of one async function or block. A value that
// is moved as a whole at the top of its block is its new owner's to close if `takes_over`
// says so of the mention, or if it is what the block gives.
[[nodiscard]] ScopeEnds run_at_ends(const syntax::Tree& tree, syntax::Node body,
                                    std::vector<OwnedValue> values,
                                    llvm::function_ref<bool(syntax::Node)> takes_over);

}  // namespace jaa::rewrite
