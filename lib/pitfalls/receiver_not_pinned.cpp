// Reports a method with `&mut self` where its trait has `self: Pin<&mut Self>`, as `poll` of
// `Future` has.
//
// Detected by rustc (E0053), at the receiver; the signature that it expects is quoted. The method
// takes the pin. To reach its fields as before the type has to be `Unpin`: it may be so already,
// or be with a bound on a type parameter, or it is declared to be.
#include <algorithm>

#include "diag/catalogue.h"
#include "flow/future_text.h"
#include "llvm/ADT/StringRef.h"
#include "pitfalls/pin_fixes.h"
#include "pitfalls/pin_home.h"
#include "pitfalls/send_report.h"
#include "pitfalls/sink.h"
#include "rewrite/bounds.h"
#include "rewrite/pinned_receiver.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

// The receiver that the error is about; none for another error.
Node receiver_at(const flow::Facts& facts, const rustc::Diagnostic& error) {
  if (!error.is_error() || error.code != "E0053") return {};
  const std::vector<std::string> quoted = flow::quoted_texts(error);
  const bool wants_pin = std::any_of(quoted.begin(), quoted.end(), [](llvm::StringRef text) {
    return text.starts_with("fn(Pin<&mut ");
  });
  for (const rustc::DiagnosticSpan& span : error.spans) {
    const auto place = span.is_primary && wants_pin ? facts.names().span(span) : std::nullopt;
    const Node node = place ? facts.tree(place->file).smallest_node(*place) : Node();
    const Node receiver = syntax::enclosing(node, {"self_parameter", "function_item"});
    if (receiver.is("self_parameter") && receiver.has_child("&")) return receiver;
  }
  return {};
}

// A field of the struct is of that type, not of a pointer to it: a pointer may always move.
bool is_held_by_value(Node structure, std::string_view parameter) {
  bool result = false;
  syntax::walk(structure.field("body"), [&](Node node) {
    const std::string_view name =
        node.is("generic_type") ? syntax::last_name(node.field("type")) : std::string_view();
    if (node.is_any({"reference_type", "pointer_type"}) || name == "Box" || name == "Rc" ||
        name == "Arc")
      return syntax::Walk::Over;
    result |= node.is("type_identifier") && node.text() == parameter;
    return syntax::Walk::Into;
  });
  return result;
}

// Where the bounds of a parameter are written: in the `where` clause, if it is there.
Node bounds_of(Node implementation, Node parameter) {
  Node result = parameter;
  for (const Node& part : implementation.children())
    if (part.is("where_clause"))
      for (const Node& predicate : part.named_children())
        if (predicate.field("left").text() == parameter.field("name").text()) result = predicate;
  return result;
}

// `T: Unpin` for those parameters of the `impl` on which it depends.
std::vector<base::Edit> bound_parameters(Node implementation, Node structure) {
  std::vector<base::Edit> result;
  const std::vector<Node> given =
      implementation.field("type").field("type_arguments").named_children();
  const std::vector<Node> declared = structure.field("type_parameters").named_children();
  for (const Node& parameter : implementation.field("type_parameters").named_children()) {
    if (!parameter.is("type_parameter")) continue;
    const std::string_view name = parameter.field("name").text();
    for (size_t index = 0; index < std::min(given.size(), declared.size()); ++index) {
      if (!syntax::is_mentioned(given[index], name) ||
          !is_held_by_value(structure, declared[index].field("name").text()))
        continue;
      for (base::Edit& edit : rewrite::add_bounds(bounds_of(implementation, parameter), {"Unpin"}))
        result.push_back(std::move(edit));
      break;
    }
  }
  return result;
}

struct WayToMove {
  std::vector<base::Edit> edits;
  std::string title;
};

// The type says itself that it may move.
bool is_declared_unpin(const flow::Facts& facts, std::string_view type) {
  const auto& all = facts.items().impls("Unpin");
  return std::any_of(all.begin(), all.end(), [type](const Node& one) {
    return syntax::last_name(one.field("type")) == type;
  });
}

// How the type comes to be `Unpin`, the likeliest first: that it is not shows only when all
// other errors are gone.
std::vector<WayToMove> ways_to_move(const flow::Facts& facts, Node method) {
  const WayToMove none;
  const std::string_view type = impl_type(method);
  const auto& structures = facts.items().structs(type);
  if (structures.size() != 1 || is_declared_unpin(facts, type)) return {none};
  std::vector<base::Edit> bounds = bound_parameters(syntax::impl_of(method), structures.front());
  if (bounds.empty()) return {none};
  std::vector<WayToMove> result{{std::move(bounds), ", and ask for `Unpin`"}};
  std::vector<base::Edit> declared = declare_unpin(facts, structures.front());
  if (!declared.empty())
    result.push_back({std::move(declared), ", and say that the type may move while it is pinned"});
  result.push_back(none);
  return result;
}

std::vector<base::FixIt> pinned(const flow::Facts& facts, Node method) {
  using rewrite::PinnedForm;
  std::vector<base::FixIt> result;
  for (const WayToMove& way : ways_to_move(facts, method)) {
    for (const PinnedForm form : {PinnedForm::Changed, PinnedForm::Read, PinnedForm::Plain}) {
      rewrite::ImportEdits imports;
      base::FixIt fix =
          bound_fix("pin_receiver", "take `self` by its pin" + way.title,
                    rewrite::pin_receiver(facts.tree(method.span().file), method, form, imports));
      if (fix.edits.empty()) return {};
      for (base::Edit& edit : imports.take()) fix.edits.push_back(std::move(edit));
      fix.edits.insert(fix.edits.end(), way.edits.begin(), way.edits.end());
      result.push_back(std::move(fix));
    }
  }
  return result;
}

}  // namespace

void receiver_not_pinned(const flow::Facts& facts, Sink& sink) {
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const Node receiver = receiver_at(facts, facts.diagnostics()[index]);
    const Node method = syntax::enclosing(receiver, {"function_item"});
    const Node trait = syntax::impl_of(method).field("trait");
    if (!trait) continue;
    auto finding =
        sink.report(receiver.span(),
                    diag::receiver_not_pinned{.method = std::string(method.field("name").text()),
                                              .trait = std::string(syntax::last_name(trait))});
    finding.label("a plain reference");
    finding.evidence(base::Evidence::Messages);
    finding.explains(index);
    finding.fixes(pinned(facts, method));
  }
}

}  // namespace jaa::pitfalls
