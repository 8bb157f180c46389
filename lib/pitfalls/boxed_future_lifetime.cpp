// Reports a boxed future whose type does not say what it borrows.
//
// Detected: rustc finds that a parameter does not live as long as the function's result,
// or that a lifetime of the result has no name, and the result is a `dyn Future`, by
// itself or through an alias. Without a lifetime such a box is `'static`, and `'_` speaks
// of `self` alone. Traits and their implementations have to agree, so one finding has all.
#include "diag/catalogue.h"
#include "pitfalls/future_signature_report.h"

namespace jaa::pitfalls {

void boxed_future_lifetime(const flow::Facts& facts, Sink& sink) {
  using Kind = flow::LifetimeError::Kind;
  for (const SignatureErrors& group :
       signature_errors(facts, {Kind::TooShort, Kind::Unnamed, Kind::Mismatch}, false)) {
    const std::set<size_t> held = held_parameters(group, rewrite::Reach::Borrows);
    if (held.empty()) continue;
    const syntax::Node function = group.errors.front().function;
    const syntax::Node type = group.future.bounds ? group.future.bounds : group.future.alias;
    auto finding = sink.report(
        type.span(),
        diag::boxed_future_lifetime{.function = std::string(function.field("name").text()),
                                    .parameter = first_untied(function, held)});
    const syntax::Node lifetime = rewrite::lifetime_of(group.future);
    finding.label(!lifetime                 ? "without a lifetime this means `'static`"
                  : lifetime.text() == "'_" ? "`'_` is one lifetime that is left out, not all"
                                            : "lives for one lifetime alone");
    explain(finding, group, held);
    finding.fixes(say_borrowed(facts, group, held));
    const std::set<size_t> more = held_parameters(group, rewrite::Reach::All);
    if (more != held) finding.fixes(say_borrowed(facts, group, more));
  }
}

}  // namespace jaa::pitfalls
