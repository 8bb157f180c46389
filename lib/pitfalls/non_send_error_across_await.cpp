// Reports a `dyn Error` without `Send`, of which a value is held across an await of a
// future that has to be `Send`.
//
// Detected: rustc names `dyn Error` as what lacks the trait. The finding stands where the
// type is written.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/type_text.h"
#include "pitfalls/send_report.h"
#include "pitfalls/trait_object.h"

namespace jaa::pitfalls {

void non_send_error_across_await(const flow::Facts& facts, Sink& sink) {
  for (const flow::Cause& cause : facts.causes()) {
    if (cause.kind != flow::CauseKind::Error) {
      continue;
    }
    auto finding = sink.report(
        cause.place, diag::non_send_error_across_await{.type = flow::shown_type_text(cause.type)});
    finding.label("an error of any type, from any thread");
    label_value(finding, cause);
    explain(finding, facts, cause);
    finding.fixes(bind_trait_object(facts, cause));
    finding.fixes(shorten_scope(facts, cause));
  }
}

}  // namespace jaa::pitfalls
