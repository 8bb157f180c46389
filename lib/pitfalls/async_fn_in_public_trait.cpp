// Reports an `async fn` in a public trait: whoever uses the trait generically cannot ask
// for a `Send` future.
//
// Detected by rustc's own lint, wherever it is on and not silenced; an error where it is
// denied, else one of our lints.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/send_report.h"
#include "pitfalls/trait_future.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {

void async_fn_in_public_trait(const flow::Facts& facts, Sink& sink) {
  for (const flow::LintedFunction& linted : facts.public_async_fns()) {
    const syntax::Node method = linted.function;
    const syntax::Node trait = syntax::trait_of(method);
    auto finding = sink.report(
        linted.place,
        diag::async_fn_in_public_trait{.trait = std::string(trait.field("name").text()),
                                       .method = std::string(method.field("name").text())});
    finding.level(linted.is_error ? base::Level::Error : base::Level::Warning);
    finding.evidence(base::Evidence::Messages);
    finding.explains(linted.diagnostic);
    finding.fixes(say_send(facts, method));
  }
}

}  // namespace jaa::pitfalls
