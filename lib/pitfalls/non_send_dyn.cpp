// Reports a trait object that does not say `Send` (or `Sync`), in a future that has to be
// `Send`: boxed callbacks, plugins, boxed futures.
//
// Detected: rustc names a `dyn Trait` as what lacks the trait. The finding stands where
// the type is written, or at the trait when the crate declares it and has several such
// types. `dyn Error` is another pitfall.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/type_text.h"
#include "pitfalls/send_report.h"
#include "pitfalls/trait_object.h"

namespace jaa::pitfalls {

void non_send_dyn(const flow::Facts& facts, Sink& sink) {
  for (const flow::Cause& cause : facts.causes()) {
    if (cause.kind != flow::CauseKind::Dyn) {
      continue;
    }
    auto finding = sink.report(
        cause.place,
        diag::non_send_dyn{.type = flow::shown_type_text(cause.type), .bound = cause.trait});
    finding.label("stands for any type, also for one that is not `" + cause.trait + "`");
    label_value(finding, cause);
    explain(finding, facts, cause);
    finding.fixes(bind_trait_object(facts, cause));
    finding.fixes(shorten_scope(facts, cause));
  }
}

}  // namespace jaa::pitfalls
