#include "flow/overcapture.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "flow/future_lifetimes.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::flow {
namespace {

using syntax::Node;

bool may_be_overcapture(const rustc::Diagnostic& error) {
  constexpr std::array<std::string_view, 8> Codes{"E0499", "E0502", "E0503", "E0505",
                                                  "E0506", "E0515", "E0597", "E0716"};
  return error.is_error() && std::find(Codes.begin(), Codes.end(), error.code) != Codes.end();
}

// Its result is an `impl Future` that says nothing of what it captures.
bool is_opaque_function(Node function) {
  const Node type = function.field("return_type");
  return type.text().starts_with("impl") && syntax::is_mentioned(type, "Future") &&
         !syntax::is_async_function(function) && type.text().find('\'') == std::string_view::npos &&
         type.text().find("use<") == std::string_view::npos;
}

Node callee_of(const Facts& facts, Node call) {
  Node result;
  for (const Node& function : facts.items().functions(syntax::called_name(call))) {
    if (!is_opaque_function(function)) return {};
    // Of a trait's method and its implementations, the trait's.
    if (!result || syntax::trait_of(function)) result = function;
  }
  return result;
}

}  // namespace

int parameter_of_argument(Node call, Node function, Node part) {
  const Node callee = call.field("function");
  const bool is_method = callee.is("field_expression");
  if (is_method && callee.contains(part)) return 0;
  const bool has_self = function.field("parameters").has_child("self_parameter");
  int index = is_method && has_self ? 1 : 0;
  for (const Node& argument : call.field("arguments").named_children()) {
    if (argument.is_comment()) continue;
    if (argument.contains(part)) return index;
    ++index;
  }
  return -1;
}

std::vector<Overcapture> read_overcaptures(const Facts& facts) {
  std::vector<Overcapture> result;
  if (facts.package().edition < "2024") return result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    if (!may_be_overcapture(error)) continue;
    Overcapture found;
    found.diagnostic = index;
    found.lent = primary_node(facts, error);
    // A note that points at a call of such a function.
    for (const rustc::Diagnostic& child : error.children) {
      for (const rustc::DiagnosticSpan& span : child.spans) {
        const Node node = span.suggested_replacement ? Node() : facts.node_at(span);
        if (node.is("call_expression") && !found.function) {
          found.call = node;
          found.function = callee_of(facts, node);
        }
      }
    }
    std::vector<Node> places = labelled_nodes(facts, error);
    places.insert(places.begin(), found.lent);
    for (const Node& place : places) {
      for (Node at = place; at && !found.function && !at.is_any({"block", "closure_expression"});
           at = at.parent()) {
        if (!at.is("call_expression")) continue;
        found.call = at;
        found.function = callee_of(facts, at);
      }
    }
    // What is lent: of a conflict, the call's own argument.
    for (const Node& label : places) {
      if (found.function && !found.call.contains(found.lent) && found.call.contains(label)) {
        found.lent = label;
      }
    }
    if (found.function) result.push_back(found);
  }
  return result;
}

}  // namespace jaa::flow
