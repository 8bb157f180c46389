// Which futures are in boxes: calls in a circle, and long chains of calls.

#include <algorithm>

#include "propagate/spreader.h"
#include "syntax/items.h"

namespace jaa::propagate {

using syntax::Node;

void Spreader::box_provided_that_recur() {
  for (const Call& call : calls_) {
    Group& group = groups_[call.callee];
    const Node trait = call.caller ? syntax::trait_of(call.caller) : Node();
    if (trait && call.caller.field("body") && !group.is_boxed &&
        group_of(call.caller) == call.callee) {
      group.is_boxed = true;
      plan_.boxed.emplace_back(trait.field("name").text(), call.caller.field("name").text());
      SpreadStep& step = plan_.steps[group.step];
      step.kind = SpreadStep::Kind::Boxed;
      step.note += "; calls itself, so it returns a boxed future";
    }
  }
}

void Spreader::box_circles_and_chains() {
  constexpr size_t MostNested = 24;
  const size_t count = groups_.size();
  std::vector<std::vector<size_t>> calls_of(count);
  for (size_t index = 0; index < calls_.size(); ++index) {
    const Call& call = calls_[index];
    const size_t caller = call.caller ? group_of(call.caller) : static_cast<size_t>(-1);
    if (caller < count && call.form == Form::Await && !groups_[call.callee].is_boxed) {
      calls_of[caller].push_back(index);
    }
  }
  enum class Seen : uint8_t { No, Open, Done };
  std::vector<Seen> seen(count, Seen::No);
  std::vector<size_t> nested(count, 0);  // how many calls deep, up to a box
  struct Frame {
    size_t group;
    size_t next = 0;
  };
  for (size_t start = 0; start < count; ++start) {
    if (seen[start] != Seen::No) {
      continue;
    }
    std::vector<Frame> stack{{start}};
    seen[start] = Seen::Open;
    while (!stack.empty()) {
      Frame& frame = stack.back();
      if (frame.next == calls_of[frame.group].size()) {
        seen[frame.group] = Seen::Done;
        for (const size_t index : calls_of[frame.group]) {
          Call& made = calls_[index];
          made.is_boxed |= nested[made.callee] >= MostNested;
          if (!made.is_boxed) {
            nested[frame.group] = std::max(nested[frame.group], nested[made.callee] + 1);
          }
        }
        stack.pop_back();
        continue;
      }
      Call& call = calls_[calls_of[frame.group][frame.next++]];
      if (seen[call.callee] == Seen::Open) {
        call.is_boxed = true;
      } else if (seen[call.callee] == Seen::No) {
        seen[call.callee] = Seen::Open;
        stack.push_back({call.callee});
      }
    }
  }
}

}  // namespace jaa::propagate
