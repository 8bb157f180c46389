// Reports a future that is polled as a plain value or field, without a pin.
//
// Detected by rustc: the method exists for a pinned receiver only (E0599), or `Unpin` is
// demanded of a field's type (E0277). All polled fields of one struct are one cause: the
// struct has no safe way from its own pin to theirs.
#include "diag/catalogue.h"
#include "pitfalls/pin_report.h"

namespace jaa::pitfalls {

void poll_on_unpinned(const flow::Facts& facts, Sink& sink) {
  const PinGroups found = pin_groups(facts);
  for (const PinGroup& group : found.groups) {
    if (!is_polled_unpinned(group)) {
      continue;
    }
    auto finding = sink.report(place_of(group), diag::poll_on_unpinned{.future = name_of(group)});
    finding.label("polls what is not pinned");
    explain(finding, facts, group);
    if (group.homes.front().kind == PinHome::Kind::Field) {
      finding.help(
          "a bound `Unpin` on the type parameter also permits `Pin::new(&mut self.field)`; "
          "callers then have to box or pin what they pass");
      finding.help(facts.package().depends_on("pin-project-lite") ||
                           facts.package().depends_on("pin-project")
                       ? "`pin-project` makes the pinned field from `self.project()` without a box"
                       : "the crate `pin-project-lite` writes the projection that needs no box");
    }
  }
}

}  // namespace jaa::pitfalls
