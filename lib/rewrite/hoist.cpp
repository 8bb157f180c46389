#include "rewrite/hoist.h"

#include <algorithm>

#include "llvm/ADT/StringSwitch.h"
#include "rewrite/evaluation.h"
#include "syntax/layout.h"
#include "syntax/mentions.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// The call finds a place in what the guard protects, or makes one. Nobody sees that before
// something is done with the place.
bool finds_place(Node call) {
  const bool is_known = llvm::StringSwitch<bool>(method_name(call).text())
                            .Cases("entry", "or_default", "or_insert", "get_mut", "get", true)
                            .Cases("first_mut", "last_mut", "front_mut", "back_mut", true)
                            .Cases("as_mut", "as_ref", "unwrap", "expect", true)
                            .Default(false);
  const std::vector<Node> given = call.field("arguments").parts();
  return is_known && std::all_of(given.begin(), given.end(), only_reads);
}

// The place a chain of fields, dereferences and look-ups starts from.
Node place_root(Node place, Node stop) {
  while (place && place != stop) {
    if (!is_place(place) && !place.is("parenthesized_expression") && !finds_place(place)) return {};
    const Node inner = chain_receiver(place);
    if (!inner || place.is("index_expression")) break;
    place = inner;
  }
  return place;
}

}  // namespace

std::optional<Node> hoistable_await(Node statement, Node temporary, const std::string& name) {
  const std::vector<Node> awaits = await_expressions(statement);
  if (awaits.size() != 1) return std::nullopt;
  Node await = awaits.front();
  if (await.parent().is("try_expression")) await = await.parent();
  const auto before = evaluated_before(await, statement);
  if (!before) return std::nullopt;
  bool is_over_lock = false;
  for (const Node& earlier : *before) {
    const Node root = place_root(earlier, temporary);
    const bool is_lock =
        temporary ? root == temporary : root.is("identifier") && root.text() == name;
    if (is_lock) {
      // The lock's place is the receiver of the call, or is assigned to: it is
      // not read before the await.
      const Node parent = earlier.parent();
      if (!parent.is_any({"field_expression", "compound_assignment_expr"})) return std::nullopt;
      is_over_lock = true;
      continue;
    }
    if (!only_reads(earlier) || (!temporary && syntax::is_mentioned(earlier, name)) ||
        may_change_names_of(await, earlier))
      return std::nullopt;
  }
  // An assignment's place is evaluated after its value.
  if (!is_over_lock) {
    const Node assignment = await.parent();
    Node left = assignment.field("left");
    if (!assignment.is("assignment_expression") || assignment.field("right") != await)
      return std::nullopt;
    left = place_root(left, temporary);
    if (temporary ? left != temporary : left.text() != name) return std::nullopt;
  }
  return await;
}

}  // namespace jaa::rewrite
