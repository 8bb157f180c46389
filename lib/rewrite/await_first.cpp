// The await comes before the lock is taken, where it stands between uses of the guard and
// needs none of them. What is done under the lock stays one section that nobody sees half
// done, which taking the lock twice would not.
#include <algorithm>

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
  bool is_read_only = true;
  for (size_t between = 1; between < at; ++between) {
    leaves |= may_leave(guard.statements[between]);
    // A future may be dropped at the await: what was changed by then stays changed, so that
    // the order of the two is part of the meaning.
    is_read_only &= only_reads(guard.statements[between]);
  }
  fix.keeps_meaning = !leaves && is_read_only && !may_leave(mover);
  if (leaves)
    fix.trade_off = "it is awaited even where the function ends before";
  else if (!fix.keeps_meaning)
    fix.trade_off = "what is done under the lock comes after the await, all of it";
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
