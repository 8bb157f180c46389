// What is done to a value through a temporary guard, up to the await, is done before the
// statement, by a closure that gives a copy of the value to the rest.
#include <algorithm>

#include "rewrite/evaluation.h"
#include "rewrite/guard_scope.h"
#include "rewrite/naming.h"
#include "rewrite/referent.h"
#include "syntax/layout.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// `if let Some(name) = value { first; .. rest; .. }`, where the rest begins with the await.
struct EarlyChange {
  Node construct;
  Node value;
  Node name;
  std::vector<Node> first;
  std::vector<Node> rest;
};

// In a closure `node` means something else, or its names do not come out.
bool is_bound_to_place(Node node) {
  bool found = false;
  syntax::walk(node, [&](Node at) {
    found |= at.is_any({"return_expression", "break_expression", "continue_expression",
                        "try_expression", "macro_invocation", "await_expression"});
    return found ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return found || !node.is_any({"let_declaration", "expression_statement"});
}

std::optional<EarlyChange> find_change(Node temporary) {
  EarlyChange result;
  result.value = postfix_chain(temporary, {});
  const Node condition = result.value.parent();
  result.construct = condition.parent();
  const Node pattern = condition.field("pattern");
  if (!condition.is("let_condition") || !result.construct.is("if_expression") ||
      condition.field("value") != result.value || !pattern.is("tuple_struct_pattern") ||
      pattern.field("type").text() != "Some" || pattern.parts().size() != 2)
    return std::nullopt;
  result.name = pattern.parts().back();
  if (!result.name.is("identifier")) return std::nullopt;
  for (const Node& statement : syntax::statements(result.construct.field("consequence"))) {
    const bool is_rest = !result.rest.empty() || !await_expressions(statement).empty();
    (is_rest ? result.rest : result.first).push_back(statement);
  }
  if (result.rest.empty() ||
      std::any_of(result.first.begin(), result.first.end(), is_bound_to_place))
    return std::nullopt;
  return result;
}

// The rest reads the value, and needs nothing that is declared before it.
bool may_stand_apart(const EarlyChange& change) {
  const std::string name(change.name.text());
  for (const Node& later : change.rest) {
    if (binds(later, name) || change_of(name, later) == Change::Yes) return false;
    for (const Node& earlier : change.first)
      for (const syntax::Binding& bound : syntax::bindings(earlier.field("pattern")))
        if (syntax::is_mentioned(later, bound.name.text())) return false;
  }
  return std::none_of(change.first.begin(), change.first.end(),
                      [&](const Node& earlier) { return binds(earlier, name); });
}

// From the comments above `statement` on that stand where it does.
uint32_t begin_of(const syntax::Tree& tree, Node statement) {
  uint32_t begin = statement.begin();
  const std::string_view indent = syntax::indentation(tree.text(), begin);
  const std::vector<Node> above = syntax::comments_above(tree, statement);
  for (auto comment = above.rbegin(); comment != above.rend(); ++comment) {
    if (syntax::indentation(tree.text(), comment->begin()) != indent) break;
    begin = comment->begin();
  }
  return begin;
}

// What gives the copy, in the place of the value.
std::string changed_value(const syntax::Tree& tree, const EarlyChange& change, Likeness likeness,
                          std::string_view line_end) {
  const std::string name(change.name.text());
  const std::string value(change.value.text());
  const bool is_copied = likeness == Likeness::Copied;
  if (change.first.empty()) return value + (is_copied ? ".copied()" : ".cloned()");
  const std::string_view text = tree.text();
  const uint32_t begin = begin_of(tree, change.first.front());
  const Node behind = syntax::comment_behind(tree, change.first.back());
  const uint32_t stop =
      behind ? syntax::line_stop(text, behind.begin()) : change.first.back().end();
  const std::string copy = is_copied ? "*" + name : name + ".clone()";
  const std::string done(text.substr(begin, stop - begin));
  if (!syntax::starts_line(text, begin))
    return value + ".map(|" + name + "| { " + done + " " + copy + " })";
  const std::string inner = std::string(line_end).append(syntax::indentation(text, begin));
  const std::string outer =
      std::string(line_end).append(syntax::indentation(text, change.construct.begin()));
  return value + ".map(|" + name + "| {" + inner + done + inner + copy + outer + "})";
}

}  // namespace

std::vector<base::FixIt> change_value_first(const syntax::Tree& tree, const Held& held) {
  const Node temporary = tree.node_at(held.value);
  const auto referent = referent_of(held.scrutinee_type);
  if (!held.name.empty() || !temporary || syntax::is_in_macro(temporary) || !referent ||
      !referent->is_option || !referent->is_mut)
    return {};
  const auto change = find_change(temporary);
  const Likeness likeness = likeness_of(held, *referent);
  if (!change || likeness == Likeness::Apart || !may_stand_apart(*change) ||
      change->construct.has_error() || syntax::has_comment(tree, change->value.span()))
    return {};
  const Node statement = syntax::enclosing_statement(change->construct);
  const auto before = evaluated_before(change->value, statement);
  if (!before || syntax::has_attributes(statement) ||
      !std::all_of(before->begin(), before->end(), [&](const Node& earlier) {
        return is_pure(earlier) && !may_change_names_of(change->value, earlier);
      }))
    return {};

  EditList edits(tree);
  const std::string name = FreshNames(statement).for_value(change->value);
  edits.insert_before(statement,
                      "let " + name + " = " +
                          changed_value(tree, *change, likeness, edits.layout().line_end) + ";");
  edits.replace(change->value, name);
  if (!change->first.empty())
    edits.replace(begin_of(tree, change->first.front()), begin_of(tree, change->rest.front()), "");
  bool is_locked_again = false;
  for (const Node& later : change->rest) {
    for (const Node& token : syntax::mentions(later, change->name.text())) refer(edits, token);
    is_locked_again |= may_lock_again(later, {}, temporary);
  }
  base::FixIt fix;
  fix.name = "bind_first";
  fix.title = "change the value first and go on with a copy of it, which releases the lock";
  fix.keeps_meaning = is_alike(likeness) && !is_locked_again;
  fix.trade_off = "works on a copy made while the lock was held";
  fix.edits = edits.take();
  return {fix};
}

}  // namespace jaa::rewrite
