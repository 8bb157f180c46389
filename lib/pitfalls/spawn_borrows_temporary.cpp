// Reports a task that borrows a value which has no name, and so ends with its statement.
//
// Detected by rustc (E0716) where a call asks for `'static` and takes a future.
#include "diag/catalogue.h"
#include "flow/escape.h"
#include "flow/facts.h"
#include "pitfalls/spawn_report.h"

namespace jaa::pitfalls {

void spawn_borrows_temporary(const flow::Facts& facts, Sink& sink) {
  for (const flow::Escape& escape : flow::read_escapes(facts)) {
    if (escape.kind != flow::EscapeKind::Temporary) {
      continue;
    }
    std::string value(facts.files().text(escape.borrow.span()).substr(0, 40));
    value = value.substr(0, value.find_first_of("\n`"));
    auto finding =
        sink.report(task_head(escape.tasks.front()), diag::spawn_borrows_temporary{.value = value});
    finding.label("runs on its own, later than this statement");
    explain(finding, escape, "");
    if (!escape.tasks.front().future.contains(escape.borrow)) {
      finding.label(escape.borrow.span(), "lives no longer than where it is written");
    }
    finding.fixes(own_values(facts, escape));
    finding.help(
        "a function that is only ever spawned can take the value itself instead of a reference");
  }
}

}  // namespace jaa::pitfalls
