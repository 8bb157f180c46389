// Reports the guard of an entered tracing span that is held across an await of a future
// which has to be `Send`.
//
// Detected by the type's name (`Entered`, `EnteredSpan`), whatever crate it comes from.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/type_text.h"
#include "pitfalls/send_report.h"

namespace jaa::pitfalls {

void tracing_guard_across_await(const flow::Facts& facts, Sink& sink) {
  for (const flow::Cause& cause : facts.causes()) {
    if (cause.kind != flow::CauseKind::SpanGuard) {
      continue;
    }
    auto finding = sink.report(
        cause.place, diag::tracing_guard_across_await{
                         .value = cause.subject, .type = flow::shown_type_text(cause.value_type)});
    finding.label("the span stays entered while other tasks run");
    explain(finding, facts, cause);
    if (facts.package().depends_on("tracing")) {
      finding.fixes(instrument_rest(facts, cause));
    }
    finding.fixes(shorten_scope(facts, cause));
  }
}

}  // namespace jaa::pitfalls
