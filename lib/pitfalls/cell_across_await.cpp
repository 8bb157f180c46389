// Reports a `Cell` that a future shares which has to be `Send`.
//
// Detected: a saved or captured reference to, or `Arc` of, a `Cell` of the workspace's own
// code. Evidence: rustc's labels and, where it is saved, MIR.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/send_report.h"
#include "rewrite/change_type.h"
#include "rewrite/unique_borrow.h"

namespace jaa::pitfalls {

void cell_across_await(const flow::Facts& facts, Sink& sink) {
  for (const flow::Cause& cause : facts.causes()) {
    if (cause.kind != flow::CauseKind::Cell) {
      continue;
    }
    const auto trees = crate_trees(facts, cause.place.file);
    const syntax::Node name = name_of(cause);
    const auto change = cause.type.starts_with("OnceCell") ? rewrite::TypeChange::OnceCellToOnceLock
                                                           : rewrite::TypeChange::CellToAtomic;
    const syntax::Node owner = rewrite::owner_of(trees, name, change);
    const base::Span place = owner ? owner.span() : cause.place;
    auto finding = sink.report(
        place, diag::cell_across_await{.cell = cause.subject, .type = value_type_text(cause)});
    finding.label("it may be used by one thread only");
    if (!place.overlaps(cause.value_place) && cause.value) {
      finding.label(cause.value_place, "shared here");
    }
    label_sites(finding, cause, place);
    explain(finding, facts, cause);
    finding.fixes(
        rewrite::change_type(trees, user_trees(facts, cause.place.file), name, change, cause.type));
    finding.fixes(shorten_scope(facts, cause));
    finding.fixes(rewrite::borrow_uniquely(facts.items(), reference_of(cause)));
  }
}

}  // namespace jaa::pitfalls
