// What a caller must know of a function, without its body: kept in the facts store.
//
// A summary is true of what was seen. What is not known (a call through a pointer, a
// function without a body) blocks nothing and awaits nothing, so "may" here means "does on
// some path that we know of"; that is what a lint may say without crying wolf.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

#include "flow/call_graph.h"

namespace jaa::flow {

struct Summary {
  std::string crate;
  std::string path;
  // What the body was when this was found out.
  uint64_t body_hash = 0;
  bool is_async = false;        // an `async fn`, async block or async closure
  bool returns_future = false;  // its result's type is a future
  bool may_await = false;       // a suspend point in it, or in what it awaits
  // From what it calls or awaits itself to the function that blocks; empty: none.
  std::vector<std::string> blocks_by;
  // Whether its future is `Send`; none: no future, or not known. `why` is the chain
  // of reasons, outermost first.
  std::optional<bool> is_send;
  std::vector<std::string> why;
  // Locals saved across each await, as `name: Type`.
  std::vector<std::vector<std::string>> saved;

  friend bool operator==(const Summary&, const Summary&) = default;
};

// Of every body in the graph, by id. Those of `known` (an earlier run's, of the
// dependencies) answer for paths without a body.
[[nodiscard]] std::vector<Summary> summarise(const CallGraph& graph,
                                             llvm::ArrayRef<Summary> known = {});

// A function that keeps its thread waiting, by its path; std's, and the executors' that
// enter a runtime.
[[nodiscard]] bool is_blocking(llvm::StringRef path);

// One JSON object a summary.
[[nodiscard]] llvm::json::Value to_json(const Summary& summary);
// The error names what is missing.
[[nodiscard]] llvm::Expected<Summary> summary_from_json(const llvm::json::Value& value);

}  // namespace jaa::flow
