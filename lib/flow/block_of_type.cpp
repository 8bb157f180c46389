#include "flow/block_of_type.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "syntax/queries.h"

namespace jaa::flow {

syntax::Node block_of_type(const Facts& facts, std::string_view type) {
  const auto [path, rest] = llvm::StringRef(type).split('@').second.split(':');
  const auto [line_text, columns] = rest.split(':');
  uint32_t line = 0;
  uint32_t column = 0;
  if (line_text.getAsInteger(10, line) ||
      columns.take_while([](char c) { return llvm::isDigit(c); }).getAsInteger(10, column)) {
    return {};
  }
  const NamedPlace place{facts.names().absolute(path.str()), line, column, line, column + 1};
  const auto span = span_of(place, facts.files());
  const syntax::Node node = span ? facts.tree(span->file).smallest_node(*span) : syntax::Node();
  return syntax::enclosing(node, {"async_block"});
}

}  // namespace jaa::flow
