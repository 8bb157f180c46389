#include "rewrite/box_call.h"

#include "rewrite/evaluation.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// What is called: a method's name with its receiver's text, or the path.
std::string_view callee_of(Node await) {
  const Node operand = awaited_operand(await);
  return operand.is("call_expression") ? operand.field("function").text() : operand.text();
}

bool is_boxed(Node operand) {
  const Node function = operand.field("function");
  return syntax::last_name(function) == "pin" && syntax::last_name(function.field("path")) == "Box";
}

}  // namespace

std::vector<base::Edit> box_awaited(const std::vector<Node>& awaits) {
  std::vector<base::Edit> edits;
  for (const Node& await : awaits) {
    const Node operand = awaited_operand(await);
    if (!operand || syntax::is_in_macro(operand) || operand.has_error()) return {};
    const base::FileId file = operand.span().file;
    edits.push_back({{file, operand.begin(), operand.begin()}, "Box::pin("});
    edits.push_back({{file, operand.end(), operand.end()}, ")"});
  }
  return edits;
}

std::vector<Node> awaits_of_same_call(Node await) {
  std::vector<Node> result;
  const Node function = syntax::enclosing_function(await);
  for (const Node& other : await_expressions(function ? function : await))
    if (callee_of(other) == callee_of(await) && !is_boxed(awaited_operand(other)) &&
        !syntax::is_in_macro(other))
      result.push_back(other);
  return result;
}

}  // namespace jaa::rewrite
