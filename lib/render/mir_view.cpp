#include "render/mir_view.h"

#include <algorithm>
#include <set>

#include "llvm/ADT/StringRef.h"

#include "flow/guard_types.h"
#include "flow/saved.h"
#include "mir/printer.h"

namespace jaa::render {
namespace {

std::string place(const mir::Body& body, const mir::MirSpan& span) {
  if (!span.is_valid() || span.line == 0) {
    return {};
  }
  return std::string(body.text(span.file)) + ":" + std::to_string(span.line) + ":" +
         std::to_string(span.column);
}

void add_line(std::string& out, size_t indent, const std::string& text, const std::string& where) {
  out.append(indent, ' ');
  out += text;
  if (!where.empty()) {
    out += "  (";
    out += where;
    out += ')';
  }
  out += '\n';
}

std::string named(const mir::Body& body, mir::LocalId local) {
  const std::string_view name = body.variable_name(local);
  return name.empty() ? "_" + std::to_string(local.index()) : std::string(name);
}

std::string saved_line(const mir::Body& body, const flow::SuspendPoint& suspend,
                       mir::LocalId local) {
  const mir::TypeId type = body.locals[local].type;
  std::string text = "saves " + named(body, local) + ": " + body.types().print(type);
  if (local == suspend.awaitee) {
    text += ", the future itself";
  }
  if (const auto guard = flow::find_guard(body.types(), type)) {
    text += ", a guard of ";
    text += guard->guard->lock;
  }
  return text;
}

// What every `.await` is made of; the await itself says more.
bool belongs_to_await(llvm::StringRef path) {
  return path.ends_with("IntoFuture>::into_future") || path.ends_with("Future>::poll") ||
         path == "std::future::get_context" || path == "std::pin::Pin::new_unchecked";
}

void add_edges(const flow::CallGraph& graph, const flow::Function& function,
               flow::CallEdge::Kind kind, std::string_view word, std::string& out) {
  std::set<std::string> seen;
  for (const flow::CallEdge& edge : function.edges) {
    const flow::Function& callee = graph[edge.callee];
    const std::string& path = callee.name;
    const bool is_shown = edge.kind == kind && !belongs_to_await(path);
    if (is_shown && seen.insert(path).second) {
      add_line(out, 2, std::string(word) + path + (callee.body == nullptr ? ", elsewhere" : ""),
               place(*function.body, function.body->span(edge.point)));
    }
  }
}

// As a label of Graphviz, its lines aligned at the left.
std::string dot_text(llvm::StringRef text) {
  std::string out;
  for (const char byte : text) {
    if (byte == '\n') {
      out += "\\l";
    } else if (byte == '"' || byte == '\\') {
      out += '\\';
      out += byte;
    } else {
      out += byte;
    }
  }
  return out;
}

// The code of each block, from the printed body: `bb0: {` to its brace.
std::vector<std::string> block_texts(const mir::Body& body) {
  std::string printed;
  mir::print_body(body, printed);
  std::vector<std::string> texts;
  bool is_in_block = false;
  llvm::StringRef rest = printed;
  while (!rest.empty()) {
    const auto [line, after] = rest.split('\n');
    rest = after;
    if (line.starts_with("    bb") && line.ends_with(": {")) {
      texts.emplace_back(line.trim().drop_back(2).str() + "\n");
      is_in_block = true;
    } else if (line == "    }") {
      is_in_block = false;
    } else if (is_in_block && !line.trim().starts_with("//")) {
      // Without its comment.
      texts.back() += line.substr(0, line.find("// scope ")).trim().str();
      texts.back() += '\n';
    }
  }
  return texts;
}

}  // namespace

std::string mir_text(const flow::CallGraph& graph, flow::FunctionId id,
                     const flow::Summary& summary) {
  const flow::Function& function = graph[id];
  const mir::Body& body = *function.body;
  std::string out = function.name;
  const std::string_view pass = body.text(body.pass);
  if (!pass.empty()) {
    out += ", ";
    out += pass;
  }
  out += ": " + std::to_string(body.blocks.size()) + " blocks, " +
         std::to_string(body.locals.size()) + " locals\n";
  if (body.has_opaque) {
    add_line(out, 2, "not all of it is understood", "");
  }
  if (body.is_stub()) {
    add_line(out, 2, "a stub: the compiler did not get to build it", "");
  }
  if (summary.returns_future) {
    add_line(out, 2, "returns a future", "");
  }
  if (summary.is_send) {
    add_line(out, 2, *summary.is_send ? "its future is Send" : "its future is not Send", "");
    for (const std::string& reason : summary.why) {
      add_line(out, 4, reason, "");
    }
  }
  if (!summary.blocks_by.empty()) {
    std::string chain;
    for (const std::string& step : summary.blocks_by) {
      chain += (chain.empty() ? "" : ", by ") + step;
    }
    add_line(out, 2, "may block the thread: " + chain, "");
  }
  size_t number = 0;
  for (const flow::SuspendPoint& suspend : flow::suspend_points(body)) {
    add_line(out, 2,
             "suspend point " + std::to_string(++number) + ", bb" +
                 std::to_string(suspend.block.index()),
             place(body, suspend.await_span));
    for (const mir::LocalId local : suspend.saved) {
      add_line(out, 4, saved_line(body, suspend, local), place(body, body.span(local)));
    }
  }
  add_edges(graph, function, flow::CallEdge::Kind::Await, "awaits ", out);
  add_edges(graph, function, flow::CallEdge::Kind::Make, "makes ", out);
  add_edges(graph, function, flow::CallEdge::Kind::Call, "calls ", out);
  return out;
}

std::string control_flow_dot(const mir::Body& body) {
  const std::vector<std::string> texts = block_texts(body);
  std::string out = "digraph \"" + dot_text(std::string(body.text(body.name))) + "\" {\n";
  out += "  node [shape=box, fontname=monospace];\n";
  for (size_t index = 0; index < body.blocks.size(); ++index) {
    const mir::BlockId block(index);
    const std::string name = "bb" + std::to_string(index);
    const bool suspends = body.terminator(block).kind == mir::Terminator::Kind::Yield;
    out += "  " + name + " [label=\"" + (index < texts.size() ? dot_text(texts[index]) : name) +
           "\"" + (suspends ? ", style=filled, fillcolor=lightyellow" : "") +
           (body.blocks[block].is_cleanup ? ", color=gray" : "") + "];\n";
    const mir::BlockId unwind = body.terminator(block).unwind_target;
    for (const mir::BlockId next : body.successors(block, /*with_unwind=*/false)) {
      out += "  " + name + " -> bb" + std::to_string(next.index()) + ";\n";
    }
    if (unwind.is_valid()) {
      out += "  " + name + " -> bb" + std::to_string(unwind.index()) + " [style=dashed];\n";
    }
  }
  return out + "}\n";
}

std::string call_graph_dot(const flow::CallGraph& graph,
                           llvm::ArrayRef<flow::FunctionId> functions) {
  using Kind = flow::CallEdge::Kind;
  std::string out = "digraph calls {\n  node [shape=box];\n";
  std::set<flow::FunctionId> nodes(functions.begin(), functions.end());
  std::set<std::string> edges;
  for (const flow::FunctionId id : functions) {
    for (const flow::CallEdge& edge : graph[id].edges) {
      nodes.insert(edge.callee);
      const std::string_view style = edge.kind == Kind::Await  ? " [style=bold]"
                                     : edge.kind == Kind::Make ? " [style=dashed]"
                                                               : "";
      edges.insert("  f" + std::to_string(id.index()) + " -> f" +
                   std::to_string(edge.callee.index()) + std::string(style) + ";\n");
    }
  }
  for (const flow::FunctionId id : nodes) {
    out += "  f" + std::to_string(id.index()) + " [label=\"" + dot_text(graph[id].name) + "\"" +
           (graph[id].body == nullptr ? ", color=gray" : "") + "];\n";
  }
  for (const std::string& edge : edges) {
    out += edge;
  }
  return out + "}\n";
}

}  // namespace jaa::render
