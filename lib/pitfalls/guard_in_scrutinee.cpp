// Reports a guard that is a temporary of what a `match`, `if let`, `while let` or
// `for` looks at, and so lives through the arms or the body, which await.
//
// Detected: a saved temporary that holds a guard, whose expression lies in the
// looked-at part of a construct that has one of its awaits in the rest. When such
// a temporary ends depends on the edition (2024 ends `if let`'s before `else`);
// MIR has already decided that.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/guard_report.h"

namespace jaa::pitfalls {

void guard_in_scrutinee(const flow::Facts& facts, Sink& sink) {
  for (const flow::DeniedGuard& denied : facts.denied_guards()) {
    const flow::HeldValue& guard = denied.guard;
    const syntax::Tree& tree = facts.tree(guard.value.file);
    const flow::GuardShape shape = flow::guard_shape(guard, tree);
    if (shape != flow::GuardShape::Scrutinee) {
      continue;
    }
    auto finding =
        sink.report(guard.value, diag::guard_in_scrutinee{.guard = guard_text(facts, guard),
                                                          .type = guard_type_text(guard)});
    finding.label("this temporary lives to the end of the `" +
                  flow::scrutinee_of(guard, tree).construct + "`");
    complete(finding, facts, denied, shape, "still held at this await");
  }
}

}  // namespace jaa::pitfalls
