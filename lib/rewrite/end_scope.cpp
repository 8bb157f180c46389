// The guard's scope ends in a block before the await.
#include <algorithm>

#include "llvm/ADT/StringSwitch.h"
#include "rewrite/guard_let.h"
#include "rewrite/guard_scope.h"
#include "syntax/layout.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

std::string title_of(const Held& held, const Enclosure& enclosure) {
  std::string guards = "`" + held.name + "`";
  for (const std::string& other : enclosure.other_guards) guards += " and `" + other + "`";
  return "end the scope of " + guards + " before the await";
}

// Nobody can tell whether it is evaluated before the guard is made or after it.
bool is_harmless_value(Node value) {
  if (value.is("closure_expression") || is_pure(value)) return true;
  const Node function = value.field("function");
  const std::string_view type = function.field("path").text();
  const std::vector<Node> arguments = value.field("arguments").parts();
  return value.is("call_expression") && function.field("name").text() == "new" &&
         std::all_of(arguments.begin(), arguments.end(), is_pure) &&
         (type.starts_with("Atomic") || llvm::StringSwitch<bool>(type)
                                            .Cases("Vec", "String", "HashMap", "HashSet", true)
                                            .Cases("BTreeMap", "BTreeSet", "VecDeque", true)
                                            .Cases("Cell", "RefCell", "Mutex", "Arc", "Rc", true)
                                            .Default(false));
}

// Behind the `let`s right after the guard's that have nothing to do with it.
size_t behind_other_lets(const GuardLet& guard) {
  size_t at = 1;
  while (at < guard.statements.size() && guard.mentions[at].empty() && !guard.borrows[at] &&
         guard.statements[at].is("let_declaration") && !guard.statements[at].field("alternative") &&
         is_harmless_value(guard.statements[at].field("value")) &&
         !may_change_names_of(guard.let, guard.statements[at]))
    ++at;
  return at;
}

// Those `let`s stay outside of the block, since what they make may borrow from one another.
// None where the guard's own cannot be put behind them as it is.
std::optional<base::FixIt> end_later_scope(const syntax::Tree& tree, const Held& held,
                                           const GuardLet& guard, size_t last) {
  const size_t first = behind_other_lets(guard);
  if (first == 1 || first > last || !is_value_stable(guard, first - 1)) return std::nullopt;
  const auto enclosure = enclose(guard, first, last);
  if (!enclosure || !enclosure->early_drop_note().empty()) return std::nullopt;
  EditList edits(tree);
  const std::string let = edits.take_out(guard.let);
  const Node statement = guard.statements[first];
  if (let.find('\n') != std::string::npos || !syntax::starts_line(tree.text(), statement.begin()))
    return std::nullopt;
  wrap_statements(tree, edits, guard, first, last, enclosure->outputs, MutPolicy::WherePossible,
                  true);
  edits.insert(statement.begin(),
               let + std::string(edits.layout().line_end)
                         .append(syntax::indentation(tree.text(), statement.begin()))
                         .append(edits.layout().indent));
  base::FixIt fix;
  fix.name = "end_scope";
  fix.title = title_of(held, *enclosure);
  fix.keeps_meaning = true;
  fix.edits = edits.take();
  return fix;
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
  if (is_named && result.size() < 4)
    if (auto later = end_later_scope(tree, held, *guard, last)) result.push_back(std::move(*later));
  return result;
}

}  // namespace jaa::rewrite
