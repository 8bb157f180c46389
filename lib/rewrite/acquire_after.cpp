// The lock is taken after the await instead of before it.
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
  return held.name.empty() ? acquire_temporary_after(tree, held) : acquire_named_after(tree, held);
}

}  // namespace jaa::rewrite
