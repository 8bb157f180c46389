// The await comes before the lock is taken, where it stands between uses of the guard and
// needs none of them. What is done under the lock stays one section that nobody sees half
// done, which taking the lock twice would not.
#include <algorithm>

#include "llvm/ADT/StringSwitch.h"
#include "rewrite/guard_let.h"
#include "rewrite/guard_scope.h"
#include "rewrite/hoist.h"
#include "rewrite/naming.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// Control may leave `node` in another way than to what follows it.
bool may_leave(Node node) {
  bool found = false;
  syntax::walk(node, [&](Node at) {
    found |= at.is_any({"return_expression", "break_expression", "continue_expression",
                        "try_expression", "macro_invocation"});
    return found ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return found;
}

// A method of a collection of the standard library, or of a number.
bool is_known_method(std::string_view name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("push", "push_back", "push_front", "push_str", "pop", "pop_back", "pop_front", true)
      .Cases("insert", "remove", "clear", "truncate", "len", "is_empty", "contains", true)
      .Cases("contains_key", "get", "first", "last", "clone", "cloned", "copied", true)
      .Cases("saturating_add", "saturating_sub", "wrapping_add", "wrapping_sub", true)
      .Default(false);
}

// It does nothing but read, and change what the guard protects.
bool stays_with_guard(Node statement, const std::string& guard) {
  bool result = true;
  syntax::walk(statement, [&](Node node) {
    if (node.is("call_expression")) {
      result &= is_known_method(method_name(node).text());
    } else if (node.is_any({"assignment_expression", "compound_assignment_expr"})) {
      Node place = node.field("left");
      while (const Node inner = chain_receiver(place)) place = inner;
      result &= place.is("identifier") && place.text() == guard;
    } else if (node.is_any({"macro_invocation", "unsafe_block", "closure_expression", "async_block",
                            "index_expression"})) {
      result &= node.is("index_expression");
    }
    return result ? syntax::Walk::Into : syntax::Walk::Stop;
  });
  // What is called on something else than the guard changes that.
  for (const auto& name : syntax::names(statement))
    result &= name.getKey() == guard || change_of(name.getKey().str(), statement) == Change::No;
  return result;
}

bool is_disturbed(Node mover, Node other) {
  if (may_change_names_of(mover, other) || may_change_names_of(other, mover)) return true;
  const auto binds_name_of = [](Node binder, Node reader) {
    const auto bindings = syntax::bindings(binder.field("pattern"));
    return std::any_of(bindings.begin(), bindings.end(), [&](const syntax::Binding& binding) {
      return syntax::is_mentioned(reader, binding.name.text());
    });
  };
  return binds_name_of(mover, other) || binds_name_of(other, mover) ||
         !other.is_any({"let_declaration", "expression_statement"});
}

base::FixIt fix_of(const GuardLet& guard, Node mover) {
  const std::string name(guard.name.text());
  const size_t at = guard.awaits.front();
  base::FixIt fix;
  fix.name = "await_first";
  fix.title = "await first, then take the lock of `" + name + "`";
  bool leaves = false;
  bool stays = true;
  for (size_t between = 1; between < at; ++between) {
    leaves |= may_leave(guard.statements[between]);
    stays &= stays_with_guard(guard.statements[between], name);
  }
  fix.keeps_meaning = !leaves && stays && !may_leave(mover);
  if (leaves)
    fix.trade_off = "it is awaited even where the function ends before";
  else if (!fix.keeps_meaning)
    fix.trade_off = "the await comes before what is done under the lock";
  return fix;
}

}  // namespace

std::vector<base::FixIt> await_before_lock(const syntax::Tree& tree, const Held& held) {
  const auto guard = find_guard_let(tree, held);
  if (!guard || !guard->is_plain() || !is_lock_expression(guard->value())) return {};
  const size_t at = guard->awaits.front();
  const size_t end = guard->statements.size();
  if (guard->awaits.size() != 1 || held.awaits.size() != 1 || !guard->is_used_in(1, at) ||
      !guard->is_used_in(at, end) || guard->is_given_away(held, 1, at))
    return {};
  const Node statement = guard->statements[at];
  Node mover = statement;
  if (!guard->mentions[at].empty()) {
    const auto hoist = hoistable_await(statement, {}, held.name);
    if (!hoist || syntax::is_mentioned(*hoist, held.name)) return {};
    mover = *hoist;
  } else if (!statement.is_any({"let_declaration", "expression_statement"}) || guard->borrows[at]) {
    return {};
  }
  if (syntax::has_attributes(statement) || statement.has_error() || syntax::is_in_macro(mover))
    return {};
  for (size_t between = 0; between < at; ++between)
    if (is_disturbed(mover, guard->statements[between])) return {};

  base::FixIt fix = fix_of(*guard, mover);
  EditList edits(tree);
  if (mover == statement) {
    edits.insert_before(guard->let, edits.take_out(statement));
  } else {
    FreshNames names(guard->let);
    const std::string value = names.unused("value");
    edits.insert_before(guard->let, "let " + value + " = " + std::string(mover.text()) + ";");
    edits.replace(mover, value);
  }
  fix.edits = edits.take();
  return {fix};
}

}  // namespace jaa::rewrite
