// Reports a value that a future is to take out of what is only borrowed.
//
// Detected by rustc (E0507), where the place is the whole value of a variable that a future
// takes along, or is given to one. Left to rustc: a value that is moved out of a borrow and
// used on the spot, which has nothing to do with async code. Left to another: what a closure
// gives away of what it has captured.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/moved_value.h"
#include "flow/taken_along.h"
#include "pitfalls/moved_value_fixes.h"
#include "pitfalls/sink.h"

namespace jaa::pitfalls {

void moved_out_of_borrow(const flow::Facts& facts, Sink& sink) {
  for (const flow::MovedValue& value : flow::read_moved_values(facts)) {
    const bool is_out_of_borrow = facts.diagnostics()[value.diagnostics.front()].code == "E0507";
    if (!is_out_of_borrow) {
      continue;
    }
    auto finding = sink.report(value.place.span(),
                               diag::moved_out_of_borrow{.value = std::string(value.place.text())});
    finding.label("belongs to what is borrowed here");
    finding.label(flow::head_of_future(value.future),
                  value.binding ? "takes `" + std::string(value.binding.text()) + "` along"
                                : "takes it along");
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t diagnostic : value.diagnostics) {
      finding.explains(diagnostic);
    }
    finding.fixes(keep_in_place(facts, value));
  }
}

}  // namespace jaa::pitfalls
