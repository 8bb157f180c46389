// Reports a guard that is given away, most often to `drop`, before the await and
// that the compiler counts as saved all the same.
//
// Detected: a saved local that holds a guard and is not initialised at any of the
// awaits. It was borrowed once, so its storage is kept to the end of its scope
// (rustc's coroutine transform; the rule stands in flow/saved.h).
#include <algorithm>

#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/guard_report.h"

namespace jaa::pitfalls {

void guard_dropped_but_live(const flow::Facts& facts, Sink& sink) {
  for (const flow::DeniedGuard& denied : facts.denied_guards()) {
    const flow::HeldValue& guard = denied.guard;
    const flow::GuardShape shape = flow::guard_shape(guard, facts.tree(guard.value.file));
    if (shape != flow::GuardShape::Dropped) {
      continue;
    }
    auto finding =
        sink.report(guard.value, diag::guard_dropped_but_live{.guard = guard_text(facts, guard),
                                                              .type = guard_type_text(guard)});
    finding.label("has a place in the future to the end of its scope");
    const auto given_away = std::find_if(guard.uses.begin(), guard.uses.end(),
                                         [](const flow::ValueUse& use) { return use.is_move; });
    if (given_away != guard.uses.end()) {
      finding.label(given_away->span, "given away here, which does not end its scope");
    }
    complete(finding, facts, denied, shape, "the compiler still counts it at this await");
  }
}

}  // namespace jaa::pitfalls
