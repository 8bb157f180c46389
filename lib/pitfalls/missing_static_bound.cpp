// Reports a type parameter, `impl Trait` or associated type of which nothing says that it
// borrows nothing, where it has to be `'static`.
//
// Detected: rustc says so (E0310). The finding stands at the parameter's declaration, at
// the value of an associated type, or at the trait that all of several such parameters
// have in common.
// Left to others: what a future in a function keeps (`future_parameter_lifetime`).
#include <algorithm>

#include "diag/catalogue.h"
#include "pitfalls/send_report.h"
#include "pitfalls/sink.h"
#include "pitfalls/static_bounds.h"
#include "rewrite/bounds.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

std::string text_of(Node declared) {
  return std::string(declared.field("name").text());
}

void offer(FindingBuilder& finding, std::string name, std::string title,
           std::vector<base::Edit> edits, std::string trade_off) {
  if (edits.empty()) return;
  base::FixIt fix = bound_fix(std::move(name), std::move(title), std::move(edits));
  fix.trade_off = std::move(trade_off);
  finding.fix(std::move(fix));
}

void offer_declared(FindingBuilder& finding, Node declared) {
  offer(finding, "bound_in_trait", "make `'static` part of `" + text_of(declared) + "`",
        rewrite::add_bounds(declared, {"'static"}), "no type that borrows can implement the trait");
}

}  // namespace

void missing_static_bound(const flow::Facts& facts, Sink& sink) {
  for (const StaticGroup& group : static_groups(facts)) {
    const StaticLack& first = group.lacks.front();
    if (!group.declared && first.is_of_future) continue;
    const Node where = group.declared          ? group.declared.field("name")
                       : first.parameter.owner ? first.parameter.owner
                                               : first.place;
    const std::string type = group.declared ? text_of(group.declared) : first.type;
    auto finding = sink.report(where.span(), diag::missing_static_bound{.type = type});
    finding.label(group.declared || first.parameter.owner
                      ? "`'static` is not said here"
                      : "has to live for as long as the program may");
    finding.evidence(base::Evidence::Messages);
    std::vector<base::Span> labelled{where.span()};
    for (const StaticLack& lack : group.lacks) {
      finding.explains(lack.diagnostic);
      const base::Span place = lack.place.span();
      const bool is_new = std::none_of(labelled.begin(), labelled.end(),
                                       [&place](base::Span one) { return one.overlaps(place); });
      if (is_new) {
        finding.label(place, "has to live for as long as the program may");
        labelled.push_back(place);
      }
    }
    if (group.declared) {
      offer_declared(finding, group.declared);
      continue;
    }
    const std::string title = "ask that `" + first.type + "` borrows nothing";
    offer(finding, "bound", title,
          first.parameter.owner ? bound_of(first.parameter, "'static")
                                : rewrite::add_predicate(first.item, first.type, {"'static"}),
          "callers can pass nothing that borrows");
    for (const Node& declared : first.declared) {
      offer_declared(finding, declared);
    }
  }
}

}  // namespace jaa::pitfalls
