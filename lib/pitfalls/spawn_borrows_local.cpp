// Reports a task that borrows a variable of the function that makes it.
//
// Detected by rustc: an async block that borrows and is given away (E0373), a reference to
// a variable that dies while a `'static` task has it (E0597), and what else the same borrow
// forbids (E0499, E0502, E0505, E0506).
#include "diag/catalogue.h"
#include "flow/escape.h"
#include "flow/facts.h"
#include "pitfalls/spawn_report.h"

namespace jaa::pitfalls {

void spawn_borrows_local(const flow::Facts& facts, Sink& sink) {
  for (const flow::Escape& escape : flow::read_escapes(facts)) {
    if (escape.kind != flow::EscapeKind::Local) {
      continue;
    }
    auto finding = sink.report(task_head(escape.tasks.front()),
                               diag::spawn_borrows_local{.value = owner_names(escape)});
    const flow::Task& task = escape.tasks.front();
    finding.label(task.call && !task.future.is("closure_expression")
                      ? "runs on its own, and may still run when the variable is gone"
                      : "may still run when the variable is gone");
    explain(finding, escape, "belongs to this function");
    finding.fixes(own_values(facts, escape));
    finding.help(
        "a future that is awaited here, alone or with others by `join!`, may borrow: only a task "
        "of its own may not");
  }
}

}  // namespace jaa::pitfalls
