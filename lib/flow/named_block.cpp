#include "flow/named_block.h"

#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;

Node block_named(const Facts& facts, llvm::StringRef type) {
  const auto [path, rest] = type.split('@').second.split(':');
  const auto [line_text, columns] = rest.split(':');
  uint32_t line = 0;
  uint32_t column = 0;
  if (line_text.getAsInteger(10, line) ||
      columns.take_while([](char c) { return c >= '0' && c <= '9'; }).getAsInteger(10, column)) {
    return {};
  }
  const NamedPlace place{facts.names().absolute(path.str()), line, column, line, column + 1};
  const auto span = span_of(place, facts.files());
  const Node node = span ? facts.tree(span->file).smallest_node(*span) : Node();
  return syntax::enclosing(node, {"async_block"});
}

Node block_of_thread(const Facts& facts, llvm::StringRef type) {
  const Node block = type.starts_with("{async block@") ? block_named(facts, type) : Node();
  Node closure = block.parent();
  if (closure.is("block") && syntax::statements(closure).size() == 1) {
    closure = closure.parent();
  }
  const Node call = closure.parent().parent();
  if (!closure.is("closure_expression") || !closure.parent().is("arguments")) {
    return {};
  }
  const llvm::StringRef callee(call.field("function").text());
  return callee.ends_with("spawn") || callee.ends_with("spawn_scoped") ? block : Node();
}

}  // namespace jaa::flow
