// Reports an `async fn main`, or async test, that nothing runs.
//
// Detected by rustc (E0752). The remedies run its future by what the project has for that.
#include "diag/catalogue.h"
#include "pitfalls/await_goal.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {

void async_main(const flow::Facts& facts, Sink& sink) {
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    if (error.code != "E0752" || error.spans.empty()) {
      continue;
    }
    const syntax::Node function =
        syntax::enclosing(facts.node_at(error.spans.front()), {"function_item"});
    if (!function) {
      continue;
    }
    const syntax::Node name = function.field("name");
    auto finding = sink.report(name.span(), diag::async_main{.function = std::string(name.text())});
    finding.label("gives a future to a caller that does not run it");
    finding.evidence(base::Evidence::Messages);
    finding.explains(index);
    propagate::Goal goal;
    goal.entries = {function};
    finding.fixes(propagate::fixes(facts, goal, ""));
    finding.help("a runtime's attribute, such as `#[tokio::main]`, makes a `main` that runs it");
  }
}

}  // namespace jaa::pitfalls
