// Reports a future that is awaited, polled or given away where it would have to be
// `Unpin`, and is not.
//
// Detected by rustc (E0277). One variable that is used so in several places is one cause,
// as are the call around the use and the await of that call.
#include "diag/catalogue.h"
#include "pitfalls/pin_report.h"

namespace jaa::pitfalls {

void future_not_unpin(const flow::Facts& facts, Sink& sink) {
  const PinGroups found = pin_groups(facts);
  for (const PinGroup& group : found.groups) {
    if (is_polled_unpinned(group)) {
      continue;
    }
    auto finding = sink.report(place_of(group), diag::future_not_unpin{.future = name_of(group)});
    if (group.homes.front().kind == PinHome::Kind::Owner) {
      finding.label("a pinned `self` lends its fields only if the type is `Unpin`");
      explain(finding, facts, group);
      continue;
    }
    finding.label("may go on from here only if it stays where it is");
    explain(finding, facts, group);
    finding.help(
        "`std::pin::pin!(future)` keeps it in this function, `Box::pin(future)` can be returned, "
        "stored and given away");
  }
}

}  // namespace jaa::pitfalls
