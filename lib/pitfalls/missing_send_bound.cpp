// Reports a type parameter, `impl Trait` or associated type of which nothing says that it
// is `Send`, in a future that has to be.
//
// Detected: rustc names that type as what lacks the trait, and it is declared around the
// value. The finding stands at its declaration.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/type_text.h"
#include "pitfalls/send_report.h"
#include "rewrite/bounds.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

bool is_projection(const flow::Cause& cause) {
  return cause.type.find("::") != std::string::npos || cause.type.starts_with("<");
}

// The associated type in its trait, where the workspace declares it.
syntax::Node declaration_of(const flow::Facts& facts, const flow::Cause& cause) {
  const size_t as = cause.type.find(" as ");
  const size_t end = cause.type.rfind(">::");
  if (as == std::string::npos || end == std::string::npos || end < as) {
    return {};
  }
  const std::string trait = cause.type.substr(as + 4, cause.type.find_first_of("<>", as) - as - 4);
  const std::string name = cause.type.substr(end + 3);
  for (const syntax::Node& item : facts.items().traits(trait)) {
    for (const syntax::Node& part : item.field("body").named_children()) {
      if (part.is("associated_type") && part.field("name").text() == name) {
        return part;
      }
    }
  }
  return {};
}

}  // namespace

void missing_send_bound(const flow::Facts& facts, Sink& sink) {
  for (const flow::Cause& cause : facts.causes()) {
    if (cause.kind != flow::CauseKind::Bound || cause.sites.empty()) {
      continue;
    }
    const syntax::Node site = cause.sites.front();
    auto finding = sink.report(
        cause.place,
        diag::missing_send_bound{.type = flow::shown_type_text(cause.type), .bound = cause.trait});
    finding.label("`" + cause.trait + "` is not said here");
    if (cause.value && !cause.place.overlaps(cause.value_place)) {
      finding.label(cause.value_place, "the future holds it");
    }
    const syntax::Node declared = declaration_of(facts, cause);
    if (declared) {
      finding.label(declared.span(), "nor where it is declared");
    }
    explain(finding, facts, cause);
    const std::vector<std::string> traits = cause.trait == "Send + Sync"
                                                ? std::vector<std::string>{"Send", "Sync"}
                                                : std::vector<std::string>{cause.trait};
    const std::string item_of = syntax::enclosing(site, {"function_item"}) ? "function" : "`impl`";
    const auto offer = [&](std::string name, std::string title, std::vector<base::Edit> edits,
                           std::string trade_off) {
      if (!edits.empty()) {
        base::FixIt fix = bound_fix(std::move(name), std::move(title), std::move(edits));
        fix.trade_off = std::move(trade_off);
        finding.fix(std::move(fix));
      }
    };
    if (is_projection(cause)) {
      const syntax::Node item = syntax::enclosing(
          site, {"function_item", "function_signature_item", "impl_item", "trait_item"});
      offer("bound", "ask for `" + cause.type + ": " + cause.trait + "`",
            rewrite::add_predicate(item, cause.type, traits), "callers have to meet the bound");
      offer("bound_in_trait", "make `" + cause.trait + "` part of the associated type",
            rewrite::add_bounds(declared, traits),
            "every implementation of the trait has to meet the bound");
    } else {
      offer("bound", "ask for `" + cause.trait + "` of `" + cause.type + "`",
            rewrite::add_bounds(site, traits),
            site.is("trait_item") ? "every type that implements the trait has to meet the bound"
                                  : "callers of the " + item_of + " have to meet the bound");
    }
  }
}

}  // namespace jaa::pitfalls
