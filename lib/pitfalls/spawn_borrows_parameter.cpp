// Reports a task that keeps what a reference parameter leads to.
//
// Detected by rustc (E0521): the caller owns the value and may end it when the function
// returns. Left to another: parts of one slice for several tasks.
#include "diag/catalogue.h"
#include "flow/escape.h"
#include "flow/facts.h"
#include "pitfalls/spawn_report.h"

namespace jaa::pitfalls {

void spawn_borrows_parameter(const flow::Facts& facts, Sink& sink) {
  for (const flow::Escape& escape : flow::read_escapes(facts)) {
    if (escape.kind != flow::EscapeKind::Parameter || shares_out_slice(escape)) {
      continue;
    }
    auto finding = sink.report(task_head(escape.tasks.front()),
                               diag::spawn_borrows_parameter{.value = owner_names(escape)});
    finding.label("runs on its own, and may still run when the function has returned");
    explain(finding, escape, "belongs to the caller");
    finding.fixes(own_values(facts, escape));
    finding.help(
        "where each caller can give the value away, the parameter may take it: `String` for "
        "`&str`, `Vec<T>` for `&[T]`, `Arc<T>` for what many share");
  }
}

}  // namespace jaa::pitfalls
