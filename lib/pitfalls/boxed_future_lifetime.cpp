// Reports a boxed future whose type does not say what it borrows.
//
// Detected: rustc finds that a parameter does not live as long as the function's result,
// or that a lifetime of the result has no name, and the result is a `dyn Future`, by
// itself or through an alias. Without a lifetime such a box is `'static`, and `'_` speaks
// of `self` alone. Traits and their implementations have to agree, so one finding has all.
#include "diag/catalogue.h"
#include "flow/escaping_future.h"
#include "pitfalls/future_signature_report.h"
#include "pitfalls/spawn_report.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

// `self` of `impl Trait for &Pool`, where rustc points at it: a borrow that does not look like one.
Node borrowed_self(const SignatureErrors& group) {
  for (const flow::LifetimeError& error : group.errors) {
    for (const Node& label : error.labels) {
      const Node self = syntax::enclosing(label, {"self_parameter"});
      if (self && self.text() == "self") return self;
    }
  }
  return {};
}

// The future gets values of its own, where the signature has to stay as it is.
std::vector<base::FixIt> own_borrowed(const flow::Facts& facts, const SignatureErrors& group) {
  flow::Escape escape;
  escape.kind = flow::EscapeKind::Parameter;
  const Node function = group.errors.front().function;
  for (const flow::LifetimeError& error : group.errors) {
    if (!(error.function == function)) continue;
    for (const Node& label : error.labels) {
      const Node parameter = syntax::enclosing(label, {"self_parameter", "parameter"});
      if (parameter.is("self_parameter")) escape.lent.push_back(parameter);
      for (const syntax::Binding& binding : syntax::bindings(parameter.field("pattern"))) {
        escape.lent.push_back(binding.name);
      }
    }
  }
  escape.owners = escape.lent;
  syntax::walk(function.field("body"), [&](Node node) {
    if (node.is_any({"closure_expression", "function_item"})) return syntax::Walk::Over;
    if (!node.is("async_block")) return syntax::Walk::Into;
    if (flow::returned_from(facts, node) == function) escape.tasks.push_back({{}, node});
    return syntax::Walk::Over;
  });
  return escape.owners.empty() || escape.tasks.empty() ? std::vector<base::FixIt>()
                                                       : own_values(facts, escape);
}

}  // namespace

void boxed_future_lifetime(const flow::Facts& facts, Sink& sink) {
  using Kind = flow::LifetimeError::Kind;
  for (const SignatureErrors& group :
       signature_errors(facts, {Kind::TooShort, Kind::Unnamed, Kind::Mismatch}, false)) {
    const std::set<size_t> held = held_parameters(group, rewrite::Reach::Borrows);
    if (held.empty()) continue;
    const syntax::Node function = group.errors.front().function;
    const syntax::Node type = group.future.bounds ? group.future.bounds : group.future.alias;
    const syntax::Node self = borrowed_self(group);
    auto finding = sink.report(
        type.span(),
        diag::boxed_future_lifetime{.function = std::string(function.field("name").text()),
                                    .parameter = self ? "self" : first_untied(function, held)});
    if (self) finding.label(self.span(), "the future holds on to this");
    const syntax::Node lifetime = rewrite::lifetime_of(group.future);
    finding.label(!lifetime                 ? "without a lifetime this means `'static`"
                  : lifetime.text() == "'_" ? "`'_` is one lifetime that is left out, not all"
                                            : "lives for one lifetime alone");
    explain(finding, group, held);
    finding.fixes(say_borrowed(facts, group, held));
    const std::set<size_t> more = held_parameters(group, rewrite::Reach::All);
    if (more != held) finding.fixes(say_borrowed(facts, group, more));
    finding.fixes(own_borrowed(facts, group));
  }
}

}  // namespace jaa::pitfalls
