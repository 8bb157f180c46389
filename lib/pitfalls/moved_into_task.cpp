// Reports a value that a task takes and that is used again: later, or by the next task of a
// loop.
//
// Detected by rustc (E0382) where an async block, or a call that gives a future, took the
// value.
#include "diag/catalogue.h"
#include "flow/escape.h"
#include "flow/facts.h"
#include "pitfalls/spawn_report.h"

namespace jaa::pitfalls {

void moved_into_task(const flow::Facts& facts, Sink& sink) {
  for (const flow::Escape& escape : flow::read_escapes(facts)) {
    if (escape.kind != flow::EscapeKind::Moved) {
      continue;
    }
    auto finding = sink.report(task_head(escape.tasks.front()),
                               diag::moved_into_task{.value = owner_names(escape)});
    finding.label("takes it along");
    explain(finding, escape, "there is only one");
    if (escape.borrow && !escape.tasks.front().future.contains(escape.borrow) &&
        !escape.borrow.contains(escape.tasks.front().future)) {
      finding.label(escape.borrow.span(), "used again here");
    }
    finding.fixes(own_values(facts, escape));
  }
}

}  // namespace jaa::pitfalls
