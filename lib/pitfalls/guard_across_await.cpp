// Reports a lock guard, or a RefCell's, that is still held at a suspension point of
// a future which has to be `Send`.
//
// Detected: a saved local whose value is or contains a guard, in a coroutine to
// which rustc denies `Send` naming that value. Evidence: MIR; without it what
// rustc's error labels.
// Left to the other two: guards given away before the await, and temporaries of a
// looked-at expression. Ignored on purpose: guards of async locks, which may be
// held, and, unless it is on as a lint, guards in futures of which nobody demands
// `Send`.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/guard_report.h"

namespace jaa::pitfalls {

void guard_across_await(const flow::Facts& facts, Sink& sink) {
  for (const flow::DeniedGuard& denied : facts.denied_guards()) {
    const flow::HeldValue& guard = denied.guard;
    const flow::GuardShape shape = flow::guard_shape(guard, facts.tree(guard.value.file));
    if (shape != flow::GuardShape::Binding && shape != flow::GuardShape::Temporary) {
      continue;
    }
    auto finding =
        sink.report(guard.value, diag::guard_across_await{.guard = guard_text(facts, guard),
                                                          .type = guard_type_text(guard)});
    finding.label(shape == flow::GuardShape::Binding
                      ? "lives to the end of its scope, and cannot go to another thread"
                      : "lives to the end of its statement, and cannot go to another thread");
    complete(finding, facts, denied, shape, "still held at this await");
  }
}

}  // namespace jaa::pitfalls
