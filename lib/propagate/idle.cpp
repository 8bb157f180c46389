#include "propagate/idle.h"

#include <algorithm>

#include "propagate/call_shape.h"
#include "propagate/find_function.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

// The function of that path in the other sources; of several with one path, the one that is
// as far from the first.
Node same_in(const flow::Facts& before, Node function, const flow::Facts& after) {
  const auto of_its_path = [&](const flow::Facts& facts) {
    std::vector<Node> result;
    for (const Node& other : facts.items().functions(function.field("name").text())) {
      if (facts.files().path(other.span().file) == before.files().path(function.span().file) &&
          path_of(facts, other) == path_of(before, function)) {
        result.push_back(other);
      }
    }
    return result;
  };
  const std::vector<Node> old = of_its_path(before);
  const std::vector<Node> now = of_its_path(after);
  const auto at = std::find(old.begin(), old.end(), function);
  if (old.size() != now.size() || at == old.end()) {
    return {};
  }
  return now[static_cast<size_t>(at - old.begin())];
}

}  // namespace

std::vector<Node> idle_functions(const flow::Facts& before, const SpreadPlan& plan,
                                 const flow::Facts& after) {
  std::vector<Node> result;
  for (size_t index = 0; index < plan.steps.size(); ++index) {
    const SpreadStep& step = plan.steps[index];
    // A leaf was asked for.
    if (step.caused_by == index ||
        (step.kind != SpreadStep::Kind::Async && step.kind != SpreadStep::Kind::Boxed)) {
      continue;
    }
    const Node function = syntax::enclosing(before.tree(step.place.file).smallest_node(step.place),
                                            {"function_item", "function_signature_item"});
    if (!function || function.field("name").span() != step.place) {
      continue;
    }
    const std::vector<Node> group = methods_alike(before, function);
    const bool is_idle = std::all_of(group.begin(), group.end(), [&](const Node& member) {
      const Node now = same_in(before, member, after);
      return now && !has_word(now.field("body").text(), "await");
    });
    if (is_idle) {
      result.insert(result.end(), group.begin(), group.end());
    }
  }
  return result;
}

}  // namespace jaa::propagate
