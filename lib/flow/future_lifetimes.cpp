#include "flow/future_lifetimes.h"

#include <algorithm>
#include <optional>

#include "syntax/queries.h"

namespace jaa::flow {
namespace {

using syntax::Node;

Node enclosing_signature(Node node) {
  return syntax::enclosing(node, {"function_item", "function_signature_item"});
}

// The body of a closure has a signature of its own.
bool is_in_closure(Node node, Node function) {
  return function.contains(syntax::enclosing(node, {"closure_expression"}));
}

bool is_in_generics(Node function, const std::vector<Node>& labels) {
  const Node owner = syntax::enclosing(function.parent(), {"impl_item", "trait_item"});
  return std::any_of(labels.begin(), labels.end(), [&](Node label) {
    return function.field("parameters").contains(label) ||
           function.field("type_parameters").contains(label) ||
           owner.field("type_parameters").contains(label);
  });
}

// A method and the one in the trait, or the other way round.
bool is_other_declaration(Node function, const std::vector<Node>& labels) {
  return std::any_of(labels.begin(), labels.end(), [&](Node label) {
    const Node other = enclosing_signature(label);
    return other && other != function && syntax::trait_of(other) &&
           other.field("name").text() == function.field("name").text();
  });
}

std::optional<LifetimeError::Kind> kind_of(std::string_view code, const LifetimeError& error) {
  using Kind = LifetimeError::Kind;
  const bool is_inside = error.function.field("body").contains(error.place);
  const bool is_in_body = is_inside && !is_in_closure(error.place, error.function);
  if (code == "E0700" && is_in_body) return Kind::Uncaptured;
  if (code == "E0621" && is_in_body) return Kind::TooShort;
  // A closure has no type parameters of its own.
  if ((code == "E0309" || code == "E0310" || code == "E0311") && is_inside)
    return Kind::TypeTooShort;
  if (code == "E0106" && error.function.field("return_type").contains(error.place))
    return Kind::Unnamed;
  const bool has_other = is_other_declaration(error.function, error.labels);
  if (code == "E0195" && has_other) return Kind::Mismatch;
  if (!code.empty()) return std::nullopt;
  if (is_in_body && is_in_generics(error.function, error.labels)) return Kind::TooShort;
  if (!is_in_body && has_other && error.place == error.function) return Kind::Mismatch;
  return std::nullopt;
}

}  // namespace

Node primary_node(const Facts& facts, const rustc::Diagnostic& error) {
  for (const rustc::DiagnosticSpan& span : error.spans) {
    if (span.is_primary) return facts.node_at(span);
  }
  return {};
}

std::vector<Node> labelled_nodes(const Facts& facts, const rustc::Diagnostic& error) {
  std::vector<Node> result;
  for (const rustc::DiagnosticSpan& span : error.spans) {
    const Node node = span.is_primary ? Node() : facts.node_at(span);
    if (node) result.push_back(node);
  }
  return result;
}

std::vector<LifetimeError> read_lifetime_errors(const Facts& facts) {
  std::vector<LifetimeError> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& diagnostic = facts.diagnostics()[index];
    if (!diagnostic.is_error() || diagnostic.is_summary()) continue;
    LifetimeError error;
    error.diagnostic = index;
    error.place = primary_node(facts, diagnostic);
    error.function = enclosing_signature(error.place);
    if (!error.function) continue;
    error.labels = labelled_nodes(facts, diagnostic);
    for (const rustc::Diagnostic& child : diagnostic.children) {
      for (const rustc::DiagnosticSpan& span : child.spans) {
        const Node node = span.suggested_replacement ? Node() : facts.node_at(span);
        if (node) error.labels.push_back(node);
      }
    }
    const auto kind = kind_of(diagnostic.code, error);
    if (!kind) continue;
    error.kind = *kind;
    result.push_back(std::move(error));
  }
  return result;
}

}  // namespace jaa::flow
