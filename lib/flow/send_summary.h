// The part of summaries that says whether a future is `Send`.
#pragma once

#include <vector>

#include "llvm/ADT/ArrayRef.h"

#include "flow/call_graph.h"
#include "flow/summary.h"
#include "mir/module.h"
#include "rustc/rustdoc.h"

namespace jaa::flow {

// Fills in `is_send` and `why` of each coroutine's summary, by id as `summarise` gives them.
// Without a table of rustdoc's for a type's crate nothing is known of it, and nothing is said
// of a future that rests on it; what std's types decide is said all the same.
void add_send_verdicts(const CallGraph& graph, llvm::ArrayRef<const mir::Module*> modules,
                       llvm::ArrayRef<const rustc::RustdocTable*> tables,
                       std::vector<Summary>& summaries);

}  // namespace jaa::flow
