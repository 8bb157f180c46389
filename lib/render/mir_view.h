// What was understood of MIR bodies, for a reader's eyes: suspend points and what each
// saves, held guards, calls; as text, or as graphs that Graphviz draws.
#pragma once

#include <string>
#include <vector>

#include "llvm/ADT/ArrayRef.h"

#include "flow/call_graph.h"
#include "flow/summary.h"
#include "mir/module.h"

namespace jaa::render {

// One function or coroutine. `summary` is its own.
[[nodiscard]] std::string mir_text(const flow::CallGraph& graph, flow::FunctionId function,
                                   const flow::Summary& summary);

// The body's control flow: a node a block with its code, suspend points marked, the ways of
// a panic dashed.
[[nodiscard]] std::string control_flow_dot(const mir::Body& body);

// Calls among these functions and to what they call: awaits bold, closures and futures that
// are made dashed.
[[nodiscard]] std::string call_graph_dot(const flow::CallGraph& graph,
                                         llvm::ArrayRef<flow::FunctionId> functions);

}  // namespace jaa::render
