#include "rewrite/temporaries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// The block's last expression ends with the statement around the block.
bool passes_temporaries(Node block) {
  return !block.parent().is_any({"function_item", "async_block", "closure_expression",
                                 "loop_expression", "while_expression", "for_expression",
                                 "if_expression", "else_clause", "match_arm"});
}

}  // namespace

Node temporary_scope(Node place) {
  Node at = place;
  while (true) {
    const Node parent = at.parent();
    if (!parent || parent.is_any({"function_item", "async_block"})) return at;
    const bool is_plain_condition = !at.is_any({"let_condition", "let_chain"}) &&
                                    parent.is_any({"if_expression", "while_expression"}) &&
                                    parent.field("condition") == at;
    if (is_plain_condition || parent.is("match_arm") ||
        (parent.is("closure_expression") && parent.field("body") == at))
      return at;
    if (parent.is("block")) {
      const bool is_tail = !at.is_any({"expression_statement", "let_declaration"});
      if (!is_tail || !passes_temporaries(parent)) return at;
    }
    at = parent;
  }
}

}  // namespace jaa::rewrite
