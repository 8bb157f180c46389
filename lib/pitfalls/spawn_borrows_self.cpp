// Reports a task that keeps `self`, or a part of it, beyond the method that borrows it.
//
// Detected by rustc (E0521). A task that only reads fields gets these; one that calls
// methods gets a clone, or a share of an `Arc`, for which the method and those who make
// the value have to change.
#include "diag/catalogue.h"
#include "flow/escape.h"
#include "flow/facts.h"
#include "pitfalls/spawn_report.h"

namespace jaa::pitfalls {

void spawn_borrows_self(const flow::Facts& facts, Sink& sink) {
  for (const flow::Escape& escape : flow::read_escapes(facts)) {
    if (escape.kind != flow::EscapeKind::Receiver) {
      continue;
    }
    auto finding = sink.report(task_head(escape.tasks.front()),
                               diag::spawn_borrows_self{.value = owner_names(escape)});
    finding.label("runs on its own, and may still run when the method has returned");
    explain(finding, escape, "belongs to the caller");
    finding.fixes(own_values(facts, escape));
    finding.help(
        "a method that only makes the future, `async fn`, may borrow `self`: the caller then "
        "decides where it runs");
  }
}

}  // namespace jaa::pitfalls
