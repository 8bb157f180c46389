// What later code has borrowed from the guard becomes its own: a copy is made where the
// borrow was, and the guard's scope ends.
#include <algorithm>

#include "rewrite/guard_let.h"
#include "rewrite/guard_scope.h"
#include "rewrite/naming.h"
#include "rewrite/referent.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// `let NAMES = BORROW..;`, where `value` is the borrow, in statement `at`.
struct Borrow {
  size_t at = 0;
  Node value;
  Referent referent;
  Likeness likeness = Likeness::Unknown;
  std::vector<std::string> names;
};

// What gives the reference, without what unpacks it.
Node unpacked(Node value) {
  while (true) {
    const std::string_view method = method_name(value).text();
    if (!value.is("try_expression") && method != "unwrap" && method != "expect" &&
        method != "ok_or" && method != "ok_or_else")
      return value;
    value = chain_receiver(value);
  }
}

std::optional<Borrow> borrow_of(const GuardLet& guard, size_t at, const Held& held) {
  const Node let = guard.statements[at];
  if (!let.is("let_declaration") || guard.mentions[at].empty() || !held.type_of)
    return std::nullopt;
  Borrow result{at, unpacked(let.field("value")), {}, Likeness::Unknown, {}};
  // Whatever else the compiler has at that place: `let n = *guard;` is a copy already.
  if (!result.value.is_any({"call_expression", "reference_expression"}) ||
      gives_owned(result.value))
    return std::nullopt;
  auto referent = referent_of(held.type_of(result.value.span()));
  if (!referent) return std::nullopt;
  result.referent = std::move(*referent);
  result.likeness = likeness_of(held, result.referent);
  for (const syntax::Binding& binding : syntax::bindings(let.field("pattern")))
    result.names.emplace_back(binding.name.text());
  return result;
}

bool is_named_from(const GuardLet& guard, size_t begin, const std::string& name) {
  return std::any_of(guard.statements.begin() + static_cast<std::ptrdiff_t>(begin),
                     guard.statements.end(),
                     [&](const Node& later) { return syntax::is_mentioned(later, name); });
}

// False where the name is bound anew on the way.
bool refer_to_all(EditList& edits, const GuardLet& guard, size_t begin, const std::string& name) {
  for (size_t at = begin; at < guard.statements.size(); ++at) {
    const Node statement = guard.statements[at];
    if (binds(statement, name)) return false;
    for (const Node& token : syntax::mentions(statement, name)) refer(edits, token);
  }
  return true;
}

std::string title_of(const std::vector<Borrow>& borrows) {
  const bool is_copy = std::all_of(borrows.begin(), borrows.end(), [](const Borrow& borrow) {
    return borrow.likeness == Likeness::Copied;
  });
  const std::string what = borrows.size() == 1
                               ? quoted(borrows.front().value.text(), "what the await needs")
                               : "what the await needs";
  return (is_copy ? "copy " : "clone ") + what + " out before the await";
}

}  // namespace

std::vector<base::FixIt> own_borrow_before_await(const syntax::Tree& tree, const Held& held) {
  // The uses of what is borrowed are what changes here.
  Held direct = held;
  std::erase_if(direct.uses, [](const HeldUse& use) { return use.through_borrow; });
  const auto guard = find_guard_let(tree, direct);
  if (!guard) return {};
  const size_t await = guard->awaits.front();
  const size_t last = guard->last_use_before(await);
  if (last == 0 || guard->is_used_in(await, guard->statements.size()) ||
      guard->is_given_elsewhere(direct, 1, await))
    return {};
  const auto enclosure = enclose(*guard, 0, last);
  if (!enclosure || !enclosure->other_guards.empty()) return {};

  EditList edits(tree);
  wrap_statements(tree, edits, *guard, 0, last, enclosure->outputs, MutPolicy::WherePossible, true);
  std::vector<Borrow> borrows;
  for (size_t at = 1; at <= last; ++at) {
    auto borrow = borrow_of(*guard, at, held);
    if (!borrow) continue;
    std::erase_if(borrow->names,
                  [&](const std::string& name) { return !is_named_from(*guard, last + 1, name); });
    if (borrow->names.empty()) continue;
    const Node let = guard->statements[at];
    if (borrow->referent.is_mut || borrow->likeness == Likeness::Apart || let.field("type") ||
        syntax::has_comment(tree, borrow->value.span()))
      return {};
    edits.replace(borrow->value, owned_value(borrow->value, borrow->referent, borrow->likeness));
    for (const std::string& name : borrow->names)
      if (!refer_to_all(edits, *guard, at + 1, name)) return {};
    borrows.push_back(std::move(*borrow));
  }
  if (borrows.empty()) return {};

  base::FixIt fix;
  fix.name = "clone_out";
  fix.title = title_of(borrows);
  const bool is_alike_all = std::all_of(borrows.begin(), borrows.end(), [](const Borrow& borrow) {
    return is_alike(borrow.likeness);
  });
  bool is_locked_again = false;
  for (size_t at = last + 1; at < guard->statements.size(); ++at)
    is_locked_again |= may_lock_again(guard->statements[at], {}, guard->value());
  fix.trade_off = enclosure->early_drop_note();
  fix.keeps_meaning = fix.trade_off.empty() && is_alike_all && !is_locked_again;
  if (fix.trade_off.empty())
    fix.trade_off = fix.keeps_meaning ? "one clone each time"
                    : held.is_lock    ? "works on a copy made while the lock was held"
                                      : "works on a copy";
  fix.edits = edits.take();
  return {fix};
}

}  // namespace jaa::rewrite
