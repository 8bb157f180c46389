#include "flow/guard_shape.h"

#include <algorithm>

namespace jaa::flow {
namespace {

// The looked-at expression of `node`, if `node` is such a construct.
Scrutinee looked_at(syntax::Node node) {
  if (node.is("match_expression")) {
    return {node.field("value"), "match"};
  }
  if (node.is("for_expression")) {
    return {node.field("value"), "for"};
  }
  if (node.is("if_expression") || node.is("while_expression")) {
    const bool has_let = node.field("condition").is_any({"let_condition", "let_chain"});
    return {node.field("condition"),
            std::string(node.is("if_expression") ? "if" : "while") + (has_let ? " let" : "")};
  }
  return {};
}

}  // namespace

Scrutinee scrutinee_of(const HeldValue& guard, const syntax::Tree& tree) {
  if (!guard.name.empty() || tree.file() != guard.value.file) {
    return {};
  }
  for (syntax::Node node = tree.smallest_node(guard.value); node; node = node.parent()) {
    Scrutinee found = looked_at(node);
    if (!found.value || !found.value.span().contains(guard.value)) {
      continue;
    }
    // The awaits in question are in the arms or the body, not in the looked-at part.
    const bool awaits_beyond =
        std::any_of(guard.awaits.begin(), guard.awaits.end(), [&](const HeldAwait& await) {
          return node.span().contains(await.whole) && !found.value.span().contains(await.whole);
        });
    if (awaits_beyond) {
      if (found.value.is("let_condition")) {
        found.value = found.value.field("value");
      }
      return found;
    }
  }
  return {};
}

GuardShape guard_shape(const HeldValue& guard, const syntax::Tree& tree) {
  if (!guard.name.empty()) {
    return guard.is_dropped_before_awaits() ? GuardShape::Dropped : GuardShape::Binding;
  }
  return scrutinee_of(guard, tree).value ? GuardShape::Scrutinee : GuardShape::Temporary;
}

}  // namespace jaa::flow
