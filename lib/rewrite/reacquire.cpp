// The guard is let go before each await and the lock taken again after it.
//
// The awaits cut the block into sections. A section between two awaits that uses
// the guard becomes a block with a `let` of its own; in the last section the
// guard is taken again in the open:
//
//   let mut g = m.lock();    {
//   g.push(1);                   let mut g = m.lock();
//   f().await;          ->       g.push(1);
//   g.push(2);               }
//                            f().await;
//                            let mut g = m.lock();
//                            g.push(2);
#include <algorithm>

#include "rewrite/guard_let.h"
#include "rewrite/guard_scope.h"
#include "rewrite/hoist.h"
#include "rewrite/reads.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// `let mut g: T = m.lock();`, with `mut` only if a use in the range may need it.
std::string let_text(const GuardLet& guard, bool is_mut) {
  std::string text = is_mut ? "let mut " : "let ";
  text += guard.name.text();
  if (const Node type = guard.let.field("type")) text.append(": ").append(type.text());
  return text.append(" = ").append(guard.value().text()).append(";");
}

Change change_within(const GuardLet& guard, size_t begin, size_t end) {
  Change result = Change::No;
  for (size_t at = begin; at < end; ++at)
    if (!guard.mentions[at].empty())
      result = std::max(result, change_of(std::string(guard.name.text()), guard.statements[at]));
  return result;
}

// What happens at one statement that awaits.
struct Stop {
  size_t at = 0;
  // Read before the await; taken out by the block before it.
  std::vector<Read> reads;
  // Awaited first, because the statement goes on to use the guard.
  std::optional<Node> hoist;
};

std::optional<Stop> plan_stop(const GuardLet& guard, size_t at, FreshNames& names) {
  Stop stop{at, {}, std::nullopt};
  const Node statement = guard.statements[at];
  if (guard.mentions[at].empty()) return stop;
  const Node await = first_await(statement);
  if (!await) return std::nullopt;
  std::vector<Node> within;
  for (const Node& token : guard.mentions[at])
    if (await.contains(token)) within.push_back(token);
  const bool is_all = within.size() == guard.mentions[at].size();
  if (auto reads = reads_before(statement, is_all ? guard.mentions[at] : within, await, names))
    stop.reads = std::move(*reads);
  else if (!within.empty())
    return std::nullopt;
  if (is_all) return stop;
  // `f(g.id, x().await)` reads before without being part of what is awaited.
  if (within.empty())
    if (auto reads = reads_before(statement, guard.mentions[at], await, names)) {
      stop.reads = std::move(*reads);
      return stop;
    }
  stop.hoist = hoistable_await(statement, {}, std::string(guard.name.text()));
  if (!stop.hoist) return std::nullopt;
  return stop;
}

// `node`'s text with the reads in it replaced by their names.
std::string text_with_reads(Node node, const std::vector<Read>& reads, Take take) {
  std::string result;
  uint32_t at = node.begin();
  for (const Read& read : reads) {
    if (!node.contains(read.expression)) continue;
    result += node.text().substr(at - node.begin(), read.expression.begin() - at);
    result += (!read.is_place && take == Take::ToOwned ? "&" : "") + read.name;
    at = read.expression.end();
  }
  return result.append(node.text().substr(at - node.begin()));
}

class Reacquisition {
 public:
  Reacquisition(const syntax::Tree& tree, const GuardLet& guard, std::vector<Stop> stops)
      : tree_(tree), guard_(guard), stops_(std::move(stops)), names_(guard.let) {
    is_mut_ = guard.let.has_child("mutable_specifier");
    for (const Stop& stop : stops_)
      if (stop.hoist) value_ = names_.unused("value");
  }

  // False when some section cannot become a block.
  [[nodiscard]] bool write(EditList& edits, Take take, MutPolicy policy) const {
    size_t begin = 1;
    for (const Stop& stop : stops_) {
      if (!write_section(edits, begin, stop, take, policy)) return false;
      if (!stop.hoist)
        for (const Read& read : stop.reads) replace_read(edits, read, take);
      begin = stop.at + 1;
    }
    const Stop& last = stops_.back();
    const Node statement = guard_.statements[last.at];
    const size_t end = guard_.statements.size();
    if (last.hoist) {
      edits.insert_before(statement, "let " + value_ + " = " +
                                         text_with_reads(*last.hoist, last.reads, take) + ";");
      edits.insert_before(statement, let_of(last.at, end));
      edits.replace(*last.hoist, value_);
    } else if (guard_.is_used_in(last.at + 1, end)) {
      edits.insert_behind(statement, let_of(last.at + 1, end));
    }
    return true;
  }

 private:
  [[nodiscard]] std::string let_of(size_t begin, size_t end) const {
    return let_text(guard_, is_mut_ && change_within(guard_, begin, end) != Change::No);
  }

  // The statements from `begin` up to the stop.
  [[nodiscard]] bool write_section(EditList& edits, size_t begin, const Stop& stop, Take take,
                                   MutPolicy policy) const {
    const bool is_first = begin == 1;
    const size_t last_use = guard_.last_use_before(stop.at);
    const bool is_used = last_use >= begin;
    if (!is_used && stop.reads.empty()) return !is_first;
    const size_t last = stop.reads.empty() ? last_use : stop.at - 1;
    size_t first = is_first ? 0 : begin;
    // A later section opens with its first use; with none, only reads remain.
    if (!is_first && !is_used) return false;
    while (!is_first && guard_.mentions[first].empty()) ++first;
    auto enclosure = enclose(guard_, first, last);
    if (!enclosure || !enclosure->other_guards.empty() || !enclosure->early_drops.empty())
      return false;
    for (const Read& read : stop.reads)
      if (std::none_of(enclosure->outputs.begin(), enclosure->outputs.end(),
                       [&](const Output& output) { return output.name == read.name; }))
        enclosure->outputs.push_back({read.name, taken_value(read, take)});
    wrap_statements(tree_, edits, guard_, first, last, enclosure->outputs, policy, is_first);
    const Node statement = guard_.statements[first];
    if (!is_first) {
      const bool is_line = syntax::starts_line(tree_.text(), statement.begin());
      const std::string gap =
          is_line ? std::string(edits.layout().line_end)
                        .append(syntax::indentation(tree_.text(), statement.begin()))
                        .append(edits.layout().indent)
                  : " ";
      edits.insert(statement.begin(), let_of(first, last + 1) + gap);
    } else if (is_mut_ && change_within(guard_, 1, last + 1) == Change::No) {
      edits.replace(guard_.let.begin(), guard_.name.begin(), "let ");
    }
    return true;
  }

  const syntax::Tree& tree_;
  const GuardLet& guard_;
  std::vector<Stop> stops_;
  FreshNames names_;
  std::string value_;
  bool is_mut_ = false;
};

}  // namespace

std::vector<base::FixIt> reacquire_after_await(const syntax::Tree& tree, const Held& held) {
  const auto guard = find_guard_let(tree, held);
  if (!guard || !guard->is_plain() || !is_lock_expression(guard->value())) return {};
  const size_t end = guard->statements.size();
  if (guard->is_given_away(held, 1, end) || !is_value_stable(*guard, guard->awaits.back()))
    return {};
  if (syntax::has_comment(tree, guard->let.span())) return {};

  FreshNames names(guard->let);
  std::vector<Stop> stops;
  std::vector<Read> reads;
  for (const size_t at : guard->awaits) {
    if (!stops.empty() && stops.back().hoist) return {};
    if (syntax::has_attributes(guard->statements[at])) return {};
    auto stop = plan_stop(*guard, at, names);
    if (!stop) return {};
    reads.insert(reads.end(), stop->reads.begin(), stop->reads.end());
    stops.push_back(std::move(*stop));
  }
  const bool is_used_after = stops.back().hoist || guard->is_used_in(stops.front().at + 1, end);
  const bool is_used_before =
      !stops.front().reads.empty() || guard->is_used_in(1, stops.front().at);
  if (!is_used_after || !is_used_before) return {};

  const Reacquisition reacquisition(tree, *guard, std::move(stops));
  std::vector<base::FixIt> result;
  for (const Take take : reads.empty() ? std::vector<Take>{Take::Copy} : ways_to_take(reads)) {
    for (const MutPolicy policy : {MutPolicy::WhereCertain, MutPolicy::WherePossible}) {
      EditList edits(tree);
      if (!reacquisition.write(edits, take, policy)) return {};
      base::FixIt fix;
      fix.edits = edits.take();
      if (!result.empty() && result.back().edits == fix.edits) continue;
      fix.name = "reacquire";
      fix.title = "release `" + held.name + "` before the await and lock again after it";
      fix.trade_off = "another task may change the data in between";
      if (result.size() < 4) result.push_back(std::move(fix));
    }
  }
  return result;
}

}  // namespace jaa::rewrite
