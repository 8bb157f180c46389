// Reports a method of a trait whose future nothing says to be `Send`, awaited or spawned
// by code that is generic over the trait.
//
// Detected: rustc names the opaque future of a trait method as what lacks the trait. The
// finding stands at the method in the trait.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/send_report.h"
#include "pitfalls/trait_future.h"

namespace jaa::pitfalls {

void trait_future_not_send(const flow::Facts& facts, Sink& sink) {
  for (const flow::Cause& cause : facts.causes()) {
    if (cause.kind != flow::CauseKind::TraitFuture || cause.sites.empty()) {
      continue;
    }
    auto finding = sink.report(cause.place, diag::trait_future_not_send{.method = cause.subject});
    finding.label("its future may be of any type");
    if (cause.value && !cause.place.overlaps(cause.value_place)) {
      finding.label(cause.value_place, "a future of it is awaited here");
    }
    explain(finding, facts, cause);
    const syntax::Node method = cause.sites.front();
    finding.fixes(say_send(facts, method));
    finding.fixes(ask_for_twin(facts, cause, method));
    finding.fixes(bound_the_return(facts, cause, method));
    finding.fixes(return_boxed(facts, method));
    add_words(finding, facts, method);
  }
}

}  // namespace jaa::pitfalls
