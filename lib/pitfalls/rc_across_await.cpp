// Reports an `Rc`, or its `Weak`, in a future that has to be `Send`.
//
// Detected: a saved or captured value that is or contains an `Rc` of the workspace's own
// code. One in a type that is bound to its thread on purpose, or of a dependency, is
// another pitfall (`thread_local_handle_across_await`). Evidence: rustc's labels and, where it
// is saved, MIR.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/send_report.h"
#include "rewrite/change_type.h"

namespace jaa::pitfalls {

void rc_across_await(const flow::Facts& facts, Sink& sink) {
  for (const flow::Cause& cause : facts.causes()) {
    if (cause.kind != flow::CauseKind::Rc) {
      continue;
    }
    const auto trees = crate_trees(facts, cause.place.file);
    const syntax::Node name = name_of(cause);
    const syntax::Node owner = rewrite::owner_of(trees, name, rewrite::TypeChange::RcToArc);
    const base::Span place = owner ? owner.span() : cause.place;
    auto finding = sink.report(
        place, diag::rc_across_await{.value = cause.subject, .type = value_type_text(cause)});
    finding.label("its count is not kept for several threads");
    if (!place.overlaps(cause.value_place) && cause.value) {
      finding.label(cause.value_place, "held here");
    }
    label_sites(finding, cause, place);
    explain(finding, facts, cause);
    finding.fixes(rewrite::change_type(trees, user_trees(facts, cause.place.file), name,
                                       rewrite::TypeChange::RcToArc));
    finding.fixes(shorten_scope(facts, cause));
  }
}

}  // namespace jaa::pitfalls
