// Reports tasks that each keep a part of one slice of the caller: work in parallel that
// sync code does with scoped threads.
//
// Detected by rustc (E0521), as for other parameters; the parameter is a slice, and there
// is a task for each of several parts.
#include "diag/catalogue.h"
#include "flow/escape.h"
#include "flow/facts.h"
#include "pitfalls/spawn_report.h"

namespace jaa::pitfalls {

void spawn_borrows_slice(const flow::Facts& facts, Sink& sink) {
  for (const flow::Escape& escape : flow::read_escapes(facts)) {
    if (escape.kind != flow::EscapeKind::Parameter || !shares_out_slice(escape)) {
      continue;
    }
    auto finding = sink.report(task_head(escape.tasks.front()),
                               diag::spawn_borrows_slice{.value = owner_names(escape)});
    finding.label("runs on its own, and may still run when the function has returned");
    explain(finding, escape, "belongs to the caller");
    finding.fixes(own_values(facts, escape));
    finding.help(
        "futures that are awaited together (`join_all`, `FuturesUnordered`) may borrow: they share "
        "this thread, and take turns at their awaits");
    finding.help(
        "for work that keeps a processor busy, `std::thread::scope` in a blocking task has threads "
        "that borrow");
  }
}

}  // namespace jaa::pitfalls
