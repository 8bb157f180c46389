// What the awaiting statement reads from the guard is taken out before it.
#include <algorithm>

#include "rewrite/guard_let.h"
#include "rewrite/guard_scope.h"
#include "rewrite/reads.h"
#include "rewrite/referent.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

void append(std::vector<Output>& outputs, const std::vector<Read>& reads, Take take) {
  for (const Read& read : reads)
    if (std::none_of(outputs.begin(), outputs.end(),
                     [&](const Output& output) { return output.name == read.name; }))
      outputs.push_back({read.name, taken_value(read, take)});
}

// `g.client.fetch(id).await` and `for x in g.items.iter()`: what is read borrows
// from what it is called on, which can be cloned instead.
std::vector<Read> receiver_reads(const std::vector<Read>& reads, FreshNames& names) {
  std::vector<Read> result = reads;
  for (Read& read : result) {
    const Node receiver = chain_receiver(read.expression);
    const Node parent = read.expression.parent();
    const bool is_borrowing = parent.is("await_expression") ||
                              (parent.is("for_expression") && is_iteration(read.expression));
    // The guard itself is no `Clone`; `g.clone()` is one of what it protects.
    if (!is_borrowing || !method_name(read.expression) || !is_pure(receiver)) return {};
    read.expression = receiver;
    read.is_place = true;
    read.name = names.for_value(receiver);
  }
  return result;
}

// The values read live on in the branches or the loop, where the await is.
bool are_scrutinees(const std::vector<Read>& reads) {
  return std::any_of(reads.begin(), reads.end(), [](const Read& read) {
    const Node value = read.is_borrowed ? read.expression.parent() : read.expression;
    return value.parent().is_any({"match_expression", "for_expression", "let_condition"});
  });
}

// The statement `drop(g);` that `mention` is in; none for any other mention.
Node drop_of(Node mention) {
  const Node call = mention.parent().parent();
  const bool is_drop = mention.parent().is("arguments") && call.is("call_expression") &&
                       call.field("function").text() == "drop" &&
                       call.field("arguments").parts().size() == 1;
  return is_drop && call.parent().is("expression_statement") ? call.parent() : Node();
}

// What the compiler's types say of the copies, as `take` makes them; the least alike counts.
Likeness likeness_of(const Held& held, const std::vector<Read>& reads, Take take) {
  if (take == Take::Copy) return Likeness::Copied;
  Likeness result = Likeness::Copied;
  for (const Read& read : reads) {
    const Node receiver = chain_receiver(read.expression);
    const bool is_whole =
        !receiver || (read.expression.is("unary_expression") && receiver.is("identifier"));
    const std::string type = held.type_of ? held.type_of(read.expression.span()) : std::string();
    const auto referent = referent_of(type);
    if (read.is_place)
      result = std::max(result, held.likeness(is_whole ? held.inner_type : type));
    else if (referent)
      result = std::max(result, rewrite::likeness_of(held, *referent));
    else
      result = std::max(result, Likeness::Unknown);
  }
  return result;
}

}  // namespace

std::vector<base::FixIt> copy_out_before_await(const syntax::Tree& tree, const Held& held) {
  const auto guard = find_guard_let(tree, held);
  if (!guard) return {};
  const size_t at = guard->awaits.front();
  const Node statement = guard->statements[at];
  // Where it is dropped in a branch, nothing is left to drop.
  std::vector<Node> roots;
  std::vector<Node> drops;
  for (const Node& mention : guard->mentions[at]) {
    const Node drop = drop_of(mention);
    (drop ? drops : roots).push_back(drop ? drop : mention);
  }
  if (roots.empty() || guard->is_used_in(at + 1, guard->statements.size()) ||
      guard->is_given_away(held, 1, at))
    return {};
  const Node await = first_await(statement);
  FreshNames names(guard->let);
  const auto reads = reads_before(statement, roots, await, names);
  const auto enclosure = enclose(*guard, 0, at - 1);
  if (!await || !reads || !enclosure || !enclosure->other_guards.empty()) return {};

  std::vector<base::FixIt> result;
  const bool is_locked_again = may_lock_again(statement, {}, guard->value());
  const auto offer = [&](const std::vector<Read>& taken, Take take, MutPolicy policy) {
    const Likeness likeness = likeness_of(held, taken, take);
    if (likeness == Likeness::Apart) return;
    std::vector<Output> outputs = enclosure->outputs;
    append(outputs, taken, take);
    EditList edits(tree);
    wrap_statements(tree, edits, *guard, 0, at - 1, outputs, policy, false);
    for (const Read& read : taken) replace_read(edits, read, take);
    for (const Node& drop : drops) edits.take_out(drop);
    base::FixIt fix;
    fix.name = take == Take::Copy ? "copy_out" : "clone_out";
    fix.title = take_title(taken, take) + " before the await";
    fix.trade_off = enclosure->early_drop_note();
    fix.keeps_meaning = fix.trade_off.empty() && (take == Take::Copy || !are_scrutinees(taken) ||
                                                  (is_alike(likeness) && !is_locked_again));
    if (fix.trade_off.empty() && take != Take::Copy) fix.trade_off = "one clone each time";
    fix.edits = edits.take();
    result.push_back(std::move(fix));
  };
  const MutPolicy policy =
      is_mut_open(enclosure->outputs) ? MutPolicy::WherePossible : MutPolicy::WhereCertain;
  for (const Take take : ways_to_take(*reads)) offer(*reads, take, policy);
  if (const auto receivers = receiver_reads(*reads, names); !receivers.empty()) {
    const size_t before = result.size();
    offer(receivers, Take::Clone, policy);
    if (result.size() > before) {
      result.back().trade_off = "works on a clone";
      result.back().keeps_meaning = false;
    }
  }
  // An open `mut` decides between two programs that differ in a warning only.
  if (policy == MutPolicy::WherePossible) offer(*reads, Take::Copy, MutPolicy::WhereCertain);
  if (result.size() > 4) result.resize(4);
  return result;
}

}  // namespace jaa::rewrite
