// The lock is taken after the await instead of before it.
#include <algorithm>

#include "rewrite/guard_let.h"
#include "rewrite/guard_scope.h"
#include "rewrite/hoist.h"
#include "rewrite/naming.h"
#include "syntax/layout.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

base::FixIt fix_of(EditList& edits, std::string title) {
  base::FixIt fix;
  fix.name = "acquire_after";
  fix.title = std::move(title);
  fix.keeps_meaning = true;
  fix.edits = edits.take();
  return fix;
}

std::vector<base::FixIt> acquire_named_after(const syntax::Tree& tree, const Held& held) {
  const auto guard = find_guard_let(tree, held);
  if (!guard || !guard->is_plain() || !is_lock_expression(guard->value())) return {};
  if (guard->awaits.size() != 1) return {};
  const size_t at = guard->awaits.front();
  const Node statement = guard->statements[at];
  if (guard->is_used_in(1, at) || !guard->is_used_in(at, guard->statements.size())) return {};
  if (syntax::has_attributes(statement)) return {};

  EditList edits(tree);
  const std::string title = "lock `" + held.name + "` after the await";
  if (guard->mentions[at].empty()) {
    if (!is_value_stable(*guard, at)) return {};
    edits.insert_behind(statement, edits.take_out(guard->let));
    return {fix_of(edits, title)};
  }
  if (!is_value_stable(*guard, at - 1)) return {};
  const auto hoist = hoistable_await(statement, {}, held.name);
  if (!hoist || syntax::is_mentioned(*hoist, held.name)) return {};
  FreshNames names(guard->let);
  const std::string value = names.unused("value");
  const std::string line = "let " + value + " = " + std::string(hoist->text()) + ";";
  edits.replace(*hoist, value);
  if (at == 1) {
    edits.insert_before(guard->let, line);
  } else {
    edits.insert_before(statement, line);
    edits.insert_before(statement, edits.take_out(guard->let));
  }
  return {fix_of(edits, title)};
}

// The smallest block that all of `tokens` are in, if control reaches it from
// `statement` at most once and in the same function.
Node block_of(const std::vector<Node>& tokens, Node statement) {
  Node block = syntax::enclosing_block(tokens.front());
  while (block && !std::all_of(tokens.begin(), tokens.end(),
                               [&](const Node& token) { return block.contains(token); }))
    block = syntax::enclosing_block(block);
  for (Node at = block; at && at != statement; at = at.parent())
    if (at.is_any({"loop_expression", "while_expression", "for_expression", "closure_expression",
                   "async_block", "function_item", "unsafe_block"}))
      return {};
  return block && block != statement && statement.contains(block) ? block : Node();
}

// Something between the start of `statement` and `place` binds a name that the
// initialiser spells.
bool is_rebound(Node statement, Node place, Node value) {
  bool found = false;
  syntax::walk(statement, [&](Node node) {
    if (node.begin() >= place.begin()) return syntax::Walk::Over;
    const Node pattern = node.field("pattern");
    if (pattern)
      for (const syntax::Binding& binding : syntax::bindings(pattern))
        found |= syntax::is_mentioned(value, binding.name.text());
    return syntax::Walk::Into;
  });
  return found;
}

// `text`, taken from where `from` is, with its further lines indented like `to`.
std::string moved(const syntax::Tree& tree, const std::string& text, Node from, Node to) {
  const std::string_view old_indent = syntax::indentation(tree.text(), from.begin());
  const std::string_view new_indent = syntax::indentation(tree.text(), to.begin());
  std::string result;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    std::string_view line = std::string_view(text).substr(at, end - at);
    if (at > 0 && line.substr(0, old_indent.size()) == old_indent) {
      result += new_indent;
      line.remove_prefix(old_indent.size());
    }
    result += line;
    at = end;
  }
  return result;
}

// `let g = m.lock(); if f().await { g.push(1); } h().await` -> the lock is taken in
// the branch that uses it.
std::vector<base::FixIt> acquire_where_used(const syntax::Tree& tree, const Held& held) {
  const auto guard = find_guard_let(tree, held);
  if (!guard || !guard->is_plain() || !is_lock_expression(guard->value())) return {};
  const size_t at = guard->awaits.front();
  const size_t end = guard->statements.size();
  if (guard->is_used_in(1, at) || guard->is_used_in(at + 1, end) || guard->mentions[at].empty() ||
      syntax::has_attributes(guard->statements[at]) || !is_value_stable(*guard, at - 1))
    return {};
  const Node block = block_of(guard->mentions[at], guard->statements[at]);
  if (!block) return {};
  for (const Node& statement : syntax::statements(block)) {
    if (!statement.contains(guard->mentions[at].front())) continue;
    const bool awaits_under_lock =
        std::any_of(held.awaits.begin(), held.awaits.end(), [&](const base::Span& await) {
          return await.begin >= statement.begin() && await.end <= block.end();
        });
    if (awaits_under_lock || syntax::has_attributes(statement) ||
        is_rebound(guard->statements[at], statement, guard->value()))
      return {};
    EditList edits(tree);
    edits.insert_before(statement, moved(tree, edits.take_out(guard->let), guard->let, statement));
    return {fix_of(edits, "lock `" + held.name + "` where it is used, after the await")};
  }
  return {};
}

// What `place` is in, within `statement`, that may run it more than once.
enum class Around : uint8_t { Nothing, Loop, OtherBody };

Around around(Node statement, Node place) {
  Around result = Around::Nothing;
  for (Node at = place; at; at = at.parent()) {
    if (at.is_any({"closure_expression", "async_block", "function_item"})) return Around::OtherBody;
    if (at.is_any({"loop_expression", "while_expression", "for_expression"})) result = Around::Loop;
    if (at == statement) break;
  }
  return result;
}

// While the guard is there, the same lock is taken once more: that would wait for ever, so
// nothing can be said to be kept from others by the guard.
bool is_taken_again(const GuardLet& guard) {
  const Node value = guard.value();
  bool found = false;
  for (size_t at = 1; at < guard.statements.size(); ++at)
    syntax::walk(guard.statements[at], [&](Node node) {
      if (node.is_any({"closure_expression", "async_block", "function_item"}))
        return syntax::Walk::Over;
      found |= node.is(value.kind()) && node.text() == value.text();
      return found ? syntax::Walk::Stop : syntax::Walk::Into;
    });
  return found;
}

// The statement goes; what is said above it stays for those that follow.
void take_out_alone(EditList& edits, const syntax::Tree& tree, Node statement) {
  const std::string_view text = tree.text();
  uint32_t begin = statement.begin();
  uint32_t end = statement.end();
  const size_t stop = text.find('\n', end);
  if (syntax::starts_line(text, begin) && syntax::ends_line(text, end) &&
      stop != std::string_view::npos) {
    begin = syntax::line_start(text, begin);
    end = static_cast<uint32_t>(stop + 1);
  } else {
    while (end < text.size() && text[end] == ' ') ++end;
  }
  edits.replace(begin, end, "");
}

// `let g = m.lock(); f().await; if let Ok(mut v) = g { .. }` -> the one use takes the lock
// itself, and its guard is a temporary there.
std::vector<base::FixIt> acquire_in_place(const syntax::Tree& tree, const Held& held) {
  const auto guard = find_guard_let(tree, held);
  if (!guard || !guard->is_plain() || !is_lock_expression(guard->value())) return {};
  Node use;
  size_t at = 0;
  for (size_t index = 0; index < guard->mentions.size(); ++index) {
    for (const Node& mention : guard->mentions[index]) {
      if (use) return {};
      use = mention;
      at = index;
    }
  }
  if (!use.is("identifier") || syntax::is_in_macro(use) || at == 0) return {};
  // A temporary lives to the end of its statement: an await in there is no better off.
  const base::Span whole = syntax::enclosing_statement(use).span();
  if (std::any_of(held.awaits.begin(), held.awaits.end(),
                  [&whole](const base::Span& await) { return whole.contains(await); }))
    return {};
  const Node statement = guard->statements[at];
  const Node call = use.parent().is("arguments") ? use.parent().parent() : Node();
  const Around rounds = around(statement, use);
  if (call.field("function").text() == "drop" || rounds == Around::OtherBody ||
      use.parent().is("shorthand_field_initializer") || !is_value_stable(*guard, at - 1) ||
      is_rebound(statement, use, guard->value()))
    return {};
  EditList edits(tree);
  const std::string value =
      moved(tree, std::string(guard->value().text()), guard->let, syntax::enclosing_statement(use));
  take_out_alone(edits, tree, guard->let);
  edits.replace(use, value);
  base::FixIt fix = fix_of(edits, "take the lock of `" + held.name + "` in the place of its use");
  fix.name = "acquire_in_place";
  if (rounds == Around::Loop && !is_taken_again(*guard)) {
    fix.keeps_meaning = false;
    fix.trade_off = "from one round to the next, other tasks can take the lock";
  }
  return {fix};
}

// `m.lock().unwrap().insert(key, fetch().await)`
std::vector<base::FixIt> acquire_temporary_after(const syntax::Tree& tree, const Held& held) {
  const Node temporary = tree.node_at(held.value);
  const Node statement = syntax::enclosing_statement(temporary);
  if (!statement || statement.has_error() || syntax::is_in_macro(temporary) ||
      syntax::has_attributes(statement) || !is_lock_expression(temporary))
    return {};
  const auto hoist = hoistable_await(statement, temporary, "");
  if (!hoist || hoist->contains(temporary)) return {};
  EditList edits(tree);
  FreshNames names(statement);
  const std::string value = names.unused("value");
  edits.insert_before(statement, "let " + value + " = " + std::string(hoist->text()) + ";");
  edits.replace(*hoist, value);
  return {fix_of(edits, "await first, then take the lock")};
}

}  // namespace

std::vector<base::FixIt> acquire_after_await(const syntax::Tree& tree, const Held& held) {
  if (held.awaits.empty()) return {};
  if (held.name.empty()) return acquire_temporary_after(tree, held);
  std::vector<base::FixIt> result = acquire_named_after(tree, held);
  if (result.empty()) result = acquire_where_used(tree, held);
  for (base::FixIt& fix : acquire_in_place(tree, held)) result.push_back(std::move(fix));
  return result;
}

}  // namespace jaa::rewrite
