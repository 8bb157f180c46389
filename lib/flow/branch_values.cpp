#include "flow/branch_values.h"

#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;

Node first_expression(Node node) {
  for (const Node& part : node.parts()) {
    if (part.is_named() && !part.is_any({"mutable_specifier", "label"})) {
      return part;
    }
  }
  return {};
}

void add_branch_values(Node expression, std::vector<Node>& values) {
  std::vector<Node> todo{expression};
  while (!todo.empty()) {
    const Node next = todo.back();
    todo.pop_back();
    if (next.is("if_expression")) {
      todo.push_back(next.field("alternative"));
      todo.push_back(next.field("consequence"));
    } else if (next.is("else_clause")) {
      todo.push_back(first_expression(next));
    } else if (next.is("match_expression")) {
      std::vector<Node> arms = next.field("body").named_children();
      for (auto arm = arms.rbegin(); arm != arms.rend(); ++arm) {
        todo.push_back(arm->field("value"));
      }
    } else if (next.is_any({"block", "unsafe_block"})) {
      const std::vector<Node> all = next.is("block") ? syntax::statements(next) : next.parts();
      if (!all.empty()) {
        todo.push_back(all.back());
      }
    } else if (next.is("parenthesized_expression") ||
               (next.is("expression_statement") && next.text().ends_with("}"))) {
      todo.push_back(first_expression(next));
    } else if (next) {
      values.push_back(next);
    }
  }
}

Node whole_branch(Node expression) {
  Node whole = expression;
  for (Node at = expression; at; at = at.parent()) {
    if (at.is_any({"if_expression", "match_expression"})) {
      whole = at;
    }
    const Node parent = at.parent();
    const bool is_value =
        parent.is_any({"else_clause", "parenthesized_expression"}) ||
        (parent.is("block") && !syntax::statements(parent).empty() &&
         syntax::statements(parent).back() == at) ||
        (parent.is("if_expression") && parent.field("condition") != at) ||
        (parent.is("match_arm") && parent.field("value") == at) || parent.is("match_block") ||
        (parent.is("match_expression") && parent.field("body") == at) ||
        (parent.is("expression_statement") && at.is_any({"if_expression", "match_expression"}));
    if (!is_value || parent.parent().is_any({"function_item", "async_block"})) {
      break;
    }
  }
  return whole;
}

}  // namespace jaa::flow
