#include "rewrite/one_block.h"

#include <algorithm>

#include "rewrite/edit_list.h"
#include "rewrite/evaluation.h"
#include "rewrite/into_future.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// The expression that stands last in a block; none when a statement does.
Node tail_of(Node block) {
  const std::vector<Node> all = syntax::statements(block);
  if (all.empty()) return {};
  Node last = all.back();
  if (last.is("expression_statement")) {
    if (last.has_child(";") || last.parts().empty()) return {};
    last = last.parts().front();
  }
  return last.is("let_declaration") ? Node() : last;
}

Node inner_block(Node async_block) {
  const std::vector<Node> parts = async_block.named_children();
  return parts.empty() ? Node() : parts.back();
}

// What is branched on can be looked at later.
bool is_condition_pure(Node branch) {
  if (branch.is("match_expression")) {
    if (!is_pure(branch.field("value"))) return false;
    for (const Node& arm : branch.field("body").named_children()) {
      const Node guard = arm.field("pattern").field("condition");
      if (guard && !is_pure(guard)) return false;
    }
    return true;
  }
  std::vector<Node> todo{branch.field("condition")};
  while (!todo.empty()) {
    const Node node = todo.back();
    todo.pop_back();
    if (node.is("let_condition")) {
      todo.push_back(node.field("value"));
    } else if (node.is_any({"binary_expression", "unary_expression", "let_chain",
                            "parenthesized_expression"})) {
      for (const Node& part : node.named_children()) todo.push_back(part);
    } else if (!is_pure(node) && !only_borrows(node)) {
      return false;
    }
  }
  return true;
}

// One line after another goes deeper, but for those of a block that comes out of another.
void unwrap_arm(const syntax::Tree& tree, Node value, EditList& edits,
                std::vector<base::Span>& unmoved) {
  const Node inner = inner_block(value);
  const Node around =
      value.parent().is("expression_statement") ? value.parent().parent() : value.parent();
  const bool is_whole_block = around.is("block") && syntax::statements(around).size() == 1;
  if (is_whole_block && inner.text().find('\n') == std::string_view::npos &&
      !inner.named_children().empty()) {
    // The statements take the block's place.
    edits.replace(value.begin(), inner.named_children().front().begin(), "");
    edits.replace(inner.named_children().back().end(), value.end(), "");
    return;
  }
  if (is_whole_block) {
    edits.replace(around.begin(), inner.begin(), "");
    edits.replace(inner.end(), around.end(), "");
    unmoved.push_back(inner.span());
    return;
  }
  const std::vector<Node> all = syntax::statements(inner);
  const Node tail = tail_of(inner);
  if (all.size() == 1 && tail && !syntax::has_comment(tree, inner.span())) {
    edits.replace(value.begin(), tail.begin(), "");
    edits.replace(tail.end(), value.end(), "");
    return;
  }
  edits.replace(value.begin(), inner.begin(), "");
  const Node arm = value.parent();
  if (arm.is("match_arm") && value.next().is(",")) edits.replace(value.next(), "");
}

}  // namespace

std::vector<Node> arm_values(Node branch) {
  if (!branch.is_any({"if_expression", "match_expression"})) return {};
  // Arms may be branches again, an `else if` is one. Each is replaced by its own arms, the
  // first on top.
  std::vector<Node> values;
  std::vector<Node> todo{branch};
  while (!todo.empty()) {
    Node at = todo.back();
    todo.pop_back();
    if (at.is("block")) at = tail_of(at);
    if (!at) return {};
    if (at.is("match_expression")) {
      const std::vector<Node> arms = at.field("body").named_children();
      const size_t before = todo.size();
      for (auto arm = arms.rbegin(); arm != arms.rend(); ++arm) {
        if (arm->is("match_arm")) todo.push_back(arm->field("value"));
      }
      if (todo.size() == before) return {};
    } else if (at.is("if_expression")) {
      const std::vector<Node> otherwise = at.field("alternative").named_children();
      if (otherwise.empty()) return {};
      todo.push_back(otherwise.back());
      todo.push_back(at.field("consequence"));
    } else {
      values.push_back(at);
    }
  }
  return values;
}

std::vector<base::Edit> block_around(const syntax::Tree& tree, const syntax::Items& items,
                                     Node branch) {
  const std::vector<Node> values = arm_values(branch);
  if (values.empty() || syntax::is_in_macro(branch) || !is_condition_pure(branch)) return {};
  EditList edits(tree);
  std::vector<base::Span> unmoved;
  bool is_move = false;
  for (const Node& value : values) {
    const Node statement = value.parent().is("expression_statement") ? value.parent() : value;
    const bool is_alone =
        !statement.parent().is("block") || syntax::statements(statement.parent()).size() == 1;
    // A branch in an arm is looked at later too.
    for (Node at = value.parent(); at && at != branch; at = at.parent()) {
      if (at.is_any({"if_expression", "match_expression"}) && !is_condition_pure(at)) return {};
    }
    if (!is_alone) return {};
    if (value.is("async_block")) {
      is_move |= value.has_child("move");
      unwrap_arm(tree, value, edits, unmoved);
    } else if (may_be_called_later(items, value)) {
      edits.insert(value.end(), ".await");
    } else {
      return {};
    }
  }
  const std::string line = std::string(edits.layout().line_end) +
                           std::string(syntax::indentation(tree.text(), branch.begin()));
  const std::string& indent = edits.layout().indent;
  edits.insert(branch.begin(), (is_move ? "async move {" : "async {") + line + indent);
  for (const uint32_t at : syntax::movable_lines(tree, branch.span())) {
    const bool stays = std::any_of(unmoved.begin(), unmoved.end(), [at](const base::Span& span) {
      return span.begin < at && at < span.end;
    });
    if (!stays) edits.indent(at);
  }
  edits.insert(branch.end(), line + "}");
  return edits.take();
}

}  // namespace jaa::rewrite
