#include "flow/error_operands.h"

#include "flow/branch_values.h"
#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;

std::vector<Node> operands_at(Node node, std::string_view code) {
  const Node parent = node.parent();
  if (code == "E0599" || code == "E0609") {
    const Node field = syntax::enclosing(node, {"field_expression"});
    return {field.field("value")};
  }
  if (node.is_any({"binary_expression", "compound_assignment_expr"})) {
    return {node.field("left"), node.field("right")};
  }
  if (node.is("type_cast_expression")) {
    return {node.field("value")};
  }
  if (node.is_any({"unary_expression", "try_expression", "index_expression", "reference_expression",
                   "parenthesized_expression"})) {
    return {first_expression(node)};
  }
  if (parent.is("index_expression") || node.is("index_expression")) {
    return {first_expression(parent)};
  }
  return {node};
}

}  // namespace jaa::flow
