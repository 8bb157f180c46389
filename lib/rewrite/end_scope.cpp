// The guard's scope ends in a block before the await.
#include "rewrite/guard_let.h"
#include "rewrite/guard_scope.h"

namespace jaa::rewrite {

namespace {

std::string title_of(const Held& held, const Enclosure& enclosure) {
  std::string guards = "`" + held.name + "`";
  for (const std::string& other : enclosure.other_guards) guards += " and `" + other + "`";
  return "end the scope of " + guards + " before the await";
}

}  // namespace

std::vector<base::FixIt> end_scope_before_await(const syntax::Tree& tree, const Held& held) {
  const auto guard = find_guard_let(tree, held);
  if (!guard) return {};
  const size_t await = guard->awaits.front();
  if (guard->is_used_in(await, guard->statements.size())) return {};
  if (guard->is_given_elsewhere(held, 1, await)) return {};
  // A guard that is never named protects what follows it, up to the await.
  const size_t last_use = guard->last_use_before(await);
  const bool is_named = last_use > 0;
  const size_t last = is_named ? last_use : await - 1;
  if (last == 0) return {};
  const auto enclosure = enclose(*guard, 0, last);
  if (!enclosure) return {};

  std::vector<base::FixIt> result;
  const auto offer = [&](MutPolicy policy, bool may_be_tail) {
    EditList edits(tree);
    wrap_statements(tree, edits, *guard, 0, last, enclosure->outputs, policy, may_be_tail);
    base::FixIt fix;
    fix.edits = edits.take();
    for (const base::FixIt& earlier : result)
      if (earlier.edits == fix.edits) return;
    fix.name = "end_scope";
    fix.title = title_of(held, *enclosure);
    fix.trade_off = enclosure->early_drop_note();
    fix.keeps_meaning = is_named && fix.trade_off.empty();
    if (!is_named)
      fix.trade_off = held.is_lock ? "what follows the await is no longer under the lock"
                                   : "it no longer covers what follows the await";
    result.push_back(std::move(fix));
  };
  // As a tail the last value may not outlive the guard; under a name it may.
  for (const bool may_be_tail : {true, false}) {
    offer(MutPolicy::WhereCertain, may_be_tail);
    if (is_mut_open(enclosure->outputs)) offer(MutPolicy::WherePossible, may_be_tail);
  }
  return result;
}

}  // namespace jaa::rewrite
