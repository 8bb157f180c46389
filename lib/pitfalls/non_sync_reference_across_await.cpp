// Reports a reference to something that is not `Sync`, held across an await of a future
// which has to be `Send`.
//
// Cells, trait objects and type parameters have pitfalls of their own.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/type_text.h"
#include "pitfalls/send_report.h"
#include "rewrite/unique_borrow.h"

namespace jaa::pitfalls {

void non_sync_reference_across_await(const flow::Facts& facts, Sink& sink) {
  for (const flow::Cause& cause : facts.causes()) {
    if (cause.kind != flow::CauseKind::Reference) {
      continue;
    }
    auto finding = sink.report(cause.place, diag::non_sync_reference_across_await{
                                                .type = flow::shown_type_text(cause.type)});
    finding.label("may be sent, but not shared");
    explain(finding, facts, cause);
    finding.fixes(rewrite::borrow_uniquely(facts.items(), reference_of(cause)));
    finding.fixes(shorten_scope(facts, cause));
  }
}

}  // namespace jaa::pitfalls
