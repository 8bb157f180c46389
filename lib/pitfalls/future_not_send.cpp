// Reports what keeps a future from being `Send` when no other pitfall knows it: the value
// and the way from the demand to it.
//
// The fallback. Ignored on purpose: errors that are not about a future.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/send_report.h"

namespace jaa::pitfalls {

void future_not_send(const flow::Facts& facts, Sink& sink) {
  for (const flow::Cause& cause : facts.causes()) {
    if (cause.kind != flow::CauseKind::Other) {
      continue;
    }
    auto finding = sink.report(
        cause.place, diag::future_not_send{.value = cause.subject, .type = value_type_text(cause)});
    finding.label("held by the future");
    explain(finding, facts, cause);
    if (cause.type.starts_with("impl Future")) {
      finding.help(
          "the trait that it comes from is declared elsewhere and does not say `Send`: take a "
          "concrete type, or a method that gives a boxed future with `+ Send`");
    }
    finding.fixes(shorten_scope(facts, cause));
  }
}

}  // namespace jaa::pitfalls
