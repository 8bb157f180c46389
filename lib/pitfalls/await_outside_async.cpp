// Reports awaits in a function that is not async.
//
// Detected by rustc (E0728). One finding a function, however many awaits it has. The
// remedy makes it async and carries that outwards through its callers (propagate/carry.h).
// Left to others: closures, `drop`, and blocks whose value goes somewhere.
#include <map>

#include "diag/catalogue.h"
#include "pitfalls/await_goal.h"
#include "rewrite/async_block.h"

namespace jaa::pitfalls {

void await_outside_async(const flow::Facts& facts, Sink& sink) {
  std::map<base::Span, std::vector<OutsideAwait>> by_function;
  for (const OutsideAwait& await : outside_awaits(facts)) {
    if (await.function.is("function_item") && !is_destructor(await.function) &&
        !rewrite::value_block(await.await)) {
      by_function[await.function.span()].push_back(await);
    }
  }
  for (const auto& [place, awaits] : by_function) {
    const syntax::Node name = awaits.front().function.field("name");
    auto finding = sink.report(awaits.front().keyword,
                               diag::await_outside_async{.function = std::string(name.text())});
    finding.label("only async code can wait without blocking its thread");
    finding.label(name.span(), "is not `async`");
    finding.evidence(base::Evidence::Messages);
    propagate::Goal goal;
    for (const OutsideAwait& await : awaits) {
      finding.explains(await.diagnostic);
      goal.awaits.push_back(await.await);
    }
    const syntax::Node function = awaits.front().function;
    finding.fixes(rewrite::make_body_async(facts.tree(function.span().file), function));
    offer_carrying(finding, facts, goal, "");
  }
}

}  // namespace jaa::pitfalls
