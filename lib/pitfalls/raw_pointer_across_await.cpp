// Reports a raw pointer, or a struct of the crate with one, that is held across an await
// of a future which has to be `Send`.
//
// No fix makes the pointer `Send`: that is a promise only a person can give.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/send_report.h"

namespace jaa::pitfalls {

void raw_pointer_across_await(const flow::Facts& facts, Sink& sink) {
  for (const flow::Cause& cause : facts.causes()) {
    if (cause.kind != flow::CauseKind::RawPointer) {
      continue;
    }
    auto finding = sink.report(
        cause.place,
        diag::raw_pointer_across_await{.value = cause.subject, .type = value_type_text(cause)});
    finding.label("the compiler does not know which thread may use it");
    explain(finding, facts, cause);
    finding.fixes(shorten_scope(facts, cause));
    finding.fixes(make_where_used(facts, cause));
  }
}

}  // namespace jaa::pitfalls
