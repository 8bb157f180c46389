// Reports a type parameter, `impl Trait` or associated type of which nothing says that it
// is `Send`, in a future that has to be.
//
// Detected: rustc names that type as what lacks the trait, and it is declared around the
// value. The finding stands at its declaration. Where no future is at fault, rustc names the
// type parameter and the trait itself.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/type_text.h"
#include "pitfalls/send_report.h"
#include "rewrite/bounds.h"
#include "syntax/items.h"
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

// A type parameter that rustc itself says has to be `Send`.
struct Unbound {
  uint32_t diagnostic = 0;
  std::string name;
  syntax::Node item;
  syntax::Node parameter;
  base::Span place;
};

bool is_send(std::string_view trait) {
  return trait == "Send" || trait == "std::marker::Send" || trait == "core::marker::Send";
}

// "`T` cannot be sent" with the trait in a suggestion (E0277), "`T: Send` was not satisfied"
// of a method (E0599).
std::string type_without_send(const rustc::Diagnostic& error) {
  const std::vector<std::string> quoted = rustc::quoted_parts(error.message);
  for (const rustc::Diagnostic& child : error.children) {
    const std::vector<std::string> parts = rustc::quoted_parts(child.message);
    if (error.code == "E0277" && parts.size() == 2 && !quoted.empty() &&
        parts[0] == quoted.front() && is_send(parts[1]) && !child.spans.empty()) {
      return parts[0];
    }
    const size_t colon = error.code == "E0599" && parts.size() == 1 ? parts[0].find(": ") : 0;
    if (colon != 0 && colon != std::string::npos && is_send(parts[0].substr(colon + 2))) {
      return parts[0].substr(0, colon);
    }
  }
  return {};
}

std::vector<Unbound> read_unbound(const flow::Facts& facts) {
  std::vector<Unbound> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    Unbound found;
    found.diagnostic = index;
    found.name = error.is_error() ? type_without_send(error) : std::string();
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const syntax::Node node =
          !found.name.empty() && span.is_primary ? facts.node_at(span) : syntax::Node();
      for (syntax::Node item = syntax::enclosing_item(node); item && !found.parameter;
           item = syntax::enclosing_item(item.parent())) {
        for (const syntax::Node& part : item.field("type_parameters").named_children()) {
          if (part.field("name").text() == found.name) {
            found.item = item;
            found.parameter = part;
            found.place = node.span();
          }
        }
      }
    }
    if (found.parameter) {
      result.push_back(std::move(found));
    }
  }
  return result;
}

std::vector<base::Edit> bound_of(const Unbound& unbound) {
  for (const syntax::Node& part : unbound.item.children()) {
    for (const syntax::Node& predicate : part.named_children()) {
      if (part.is("where_clause") && predicate.field("left").text() == unbound.name) {
        return rewrite::add_predicate(unbound.item, unbound.name, {"Send"});
      }
    }
  }
  return rewrite::add_bounds(unbound.parameter, {"Send"});
}

// No future is at fault: a trait's own bound, a method's, that of a box. All errors about
// one type parameter are one cause.
void report_unbound(const flow::Facts& facts, Sink& sink) {
  const std::vector<Unbound> all = read_unbound(facts);
  std::vector<bool> is_done(all.size());
  for (size_t first = 0; first < all.size(); ++first) {
    if (is_done[first]) {
      continue;
    }
    auto finding = sink.report(all[first].parameter.span(),
                               diag::missing_send_bound{.type = all[first].name, .bound = "Send"});
    finding.label("`Send` is not said here");
    finding.label(all[first].place, "has to be `Send` here");
    finding.evidence(base::Evidence::Messages);
    for (size_t index = first; index < all.size(); ++index) {
      if (all[index].parameter == all[first].parameter) {
        is_done[index] = true;
        finding.explains(all[index].diagnostic);
      }
    }
    base::FixIt fix =
        bound_fix("bound", "ask for `Send` of `" + all[first].name + "`", bound_of(all[first]));
    fix.trade_off = "callers have to meet the bound";
    if (!fix.edits.empty()) {
      finding.fix(std::move(fix));
    }
  }
}

}  // namespace

void missing_send_bound(const flow::Facts& facts, Sink& sink) {
  if (facts.causes().empty()) {
    report_unbound(facts, sink);
  }
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
