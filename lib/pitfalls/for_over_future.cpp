// Reports a `for` that goes over a future instead of over what the future gives.
//
// Detected: rustc says that the type of the `for`'s expression is no iterator, and it is
// the type of a future.
#include "diag/catalogue.h"
#include "flow/missing_await.h"
#include "flow/type_text.h"
#include "pitfalls/await_goal.h"
#include "rewrite/naming.h"

namespace jaa::pitfalls {

void for_over_future(const flow::Facts& facts, Sink& sink) {
  for (const flow::UnawaitedFuture& future : flow::find_unawaited(facts)) {
    if (!future.is_iterated) {
      continue;
    }
    const std::string text = rewrite::quoted(facts.files().text(future.place), "expression");
    auto finding = sink.report(future.place, diag::for_over_future{.expression = text});
    finding.label("a future, `" + flow::shown_type_text(future.type) + "`, which is no iterator");
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t diagnostic : future.diagnostics) {
      finding.explains(diagnostic);
    }
    propagate::Goal goal;
    goal.unawaited = {future.expression};
    offer_carrying(finding, facts, goal, "await " + text + " before the loop");
  }
}

}  // namespace jaa::pitfalls
