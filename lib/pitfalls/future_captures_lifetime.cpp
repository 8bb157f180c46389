// Reports a function whose `impl Future` does not say what it borrows.
//
// Detected: rustc finds a lifetime in the result that its type does not name (E0700,
// before edition 2024), or that lives shorter than the one it names.
#include <utility>

#include "diag/catalogue.h"
#include "pitfalls/future_signature_report.h"
#include "pitfalls/send_report.h"
#include "rewrite/async_sugar.h"

namespace jaa::pitfalls {

void future_captures_lifetime(const flow::Facts& facts, Sink& sink) {
  using Kind = flow::LifetimeError::Kind;
  for (const SignatureErrors& group :
       signature_errors(facts, {Kind::Uncaptured, Kind::TooShort, Kind::Unnamed}, true)) {
    const std::set<size_t> held = held_parameters(group, rewrite::Reach::All);
    if (held.empty()) continue;
    const syntax::Node function = group.errors.front().function;
    const syntax::Tree& tree = facts.tree(function.span().file);
    const std::string name(function.field("name").text());
    auto finding = sink.report(group.future.bounds.span(),
                               diag::future_captures_lifetime{
                                   .function = name, .parameter = first_untied(function, held)});
    finding.label(rewrite::lifetime_of(group.future)
                      ? "lives for one lifetime alone"
                      : "before edition 2024 this borrows from nothing it does not name");
    explain(finding, group, held);
    base::FixIt sugar = bound_fix("async_fn", "write `" + name + "` as an `async fn`",
                                  rewrite::resugar_async(tree, function));
    if (!sugar.edits.empty() && group.family.size() == 1) finding.fix(std::move(sugar));
    base::FixIt capture =
        bound_fix("capture", "let the future of `" + name + "` capture what it borrows",
                  rewrite::capture_only(tree, function, group.future, held));
    std::vector<base::FixIt> named = say_borrowed(facts, group, held);
    // What a call has made of several references may live as long as none of them.
    const bool is_made = held.size() > 1 && held != held_parameters(group, rewrite::Reach::Borrows);
    if (is_made) finding.fixes(std::exchange(named, {}));
    if (!capture.edits.empty()) finding.fix(std::move(capture));
    finding.fixes(std::move(named));
  }
}

}  // namespace jaa::pitfalls
