// Reports a value that a task takes and that is used again: later, or by the next task of a
// loop.
//
// Detected by rustc (E0382) where an async block, or a call that gives a future, took the
// value; or where a variable did (E0505 too) that one of these takes along.
#include <set>

#include "diag/catalogue.h"
#include "flow/escape.h"
#include "flow/facts.h"
#include "flow/moved_value.h"
#include "flow/taken_along.h"
#include "pitfalls/moved_value_fixes.h"
#include "pitfalls/spawn_report.h"

namespace jaa::pitfalls {
namespace {

// `let own = value;`, and the task takes `own`.
void report_handed_over(const flow::Facts& facts, const flow::MovedValue& value, Sink& sink) {
  auto finding = sink.report(flow::head_of_future(value.future),
                             diag::moved_into_task{.value = std::string(value.place.text())});
  const bool is_last = value.again && value.future.contains(value.again);
  if (value.binding && !is_last) {
    finding.label("takes it along as `" + std::string(value.binding.text()) + "`");
  } else {
    finding.label("takes it along");
  }
  finding.label(value.place.span(), is_last ? "given away here" : "there is only one");
  if (value.again && !is_last) {
    finding.label(value.again.span(), "used again here");
  }
  finding.evidence(base::Evidence::Messages);
  for (const uint32_t diagnostic : value.diagnostics) {
    finding.explains(diagnostic);
  }
  finding.fixes(keep_in_place(facts, value));
}

}  // namespace

void moved_into_task(const flow::Facts& facts, Sink& sink) {
  std::set<uint32_t> explained;
  for (const flow::Escape& escape : flow::read_escapes(facts)) {
    explained.insert(escape.diagnostics.begin(), escape.diagnostics.end());
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
  for (const flow::MovedValue& value : flow::read_moved_values(facts)) {
    const uint32_t first = value.diagnostics.front();
    if (facts.diagnostics()[first].code != "E0507" && !explained.contains(first)) {
      report_handed_over(facts, value, sink);
    }
  }
}

}  // namespace jaa::pitfalls
