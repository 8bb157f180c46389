#include "rewrite/chain.h"

#include <algorithm>

#include "rewrite/evaluation.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

ChainCall call_of(Node call) {
  ChainCall result{call, method_name(call).text(), {}, call.field("arguments").parts()};
  const Node function = call.field("function");
  if (function.is("generic_function")) {
    const std::vector<Node> types = function.field("type_arguments").named_children();
    if (!types.empty()) result.type = types.front();
  }
  return result;
}

// The method call that is made on `value`; none when there is none.
Node call_on(Node value) {
  Node at = value.parent();
  if (!at.is("field_expression") || at.field("value") != value) return {};
  if (at.parent().is("generic_function")) at = at.parent();
  return at.parent().is("call_expression") && at.parent().field("function") == at ? at.parent()
                                                                                  : Node();
}

}  // namespace

Chain chain_from(Node source) {
  Chain chain{source, {}};
  for (Node at = call_on(source); at; at = call_on(at)) chain.calls.push_back(call_of(at));
  return chain;
}

Chain chain_around(Node argument) {
  Chain chain;
  const Node first = argument.parent().is("arguments") ? argument.parent().parent() : Node();
  if (!method_name(first)) return chain;
  for (Node at = first; method_name(at); at = chain_receiver(at)) {
    chain.calls.push_back(call_of(at));
    chain.source = chain_receiver(at);
  }
  std::reverse(chain.calls.begin(), chain.calls.end());
  for (Node at = call_on(first); at; at = call_on(at)) chain.calls.push_back(call_of(at));
  return chain;
}

std::vector<Node> comments_before(Node call) {
  std::vector<Node> result;
  const uint32_t from = chain_receiver(call).end();
  const uint32_t to = call.field("arguments").begin();
  syntax::walk(call.field("function"), [&](Node node) {
    if (node.is_comment() && node.begin() >= from && node.end() <= to) result.push_back(node);
    return node.end() <= from ? syntax::Walk::Over : syntax::Walk::Into;
  });
  return result;
}

ClosureParts closure_parts(Node closure) {
  ClosureParts result;
  if (!closure.is("closure_expression")) return result;
  for (const Node& part : closure.field("parameters").children()) {
    // The pattern `_` is a keyword.
    if ((part.is_named() && !part.is_comment()) || part.is("_"))
      result.patterns.push_back(part.is("parameter") ? part.field("pattern") : part);
  }
  result.body = closure.field("body");
  result.is_async = closure.has_child("async");
  result.is_move = closure.has_child("move");
  return result;
}

Node tail_of(Node block) {
  const std::vector<Node> all = syntax::statements(block);
  if (!block.is("block") || all.empty()) return {};
  const Node last = all.back();
  if (last.is("expression_statement")) {
    const std::vector<Node> parts = last.parts();
    return !parts.empty() && !last.text().ends_with(';') ? parts.front() : Node();
  }
  const bool is_item = last.is("let_declaration") || last.kind().ends_with("_item") ||
                       last.is_any({"use_declaration", "macro_definition", "ERROR"});
  return is_item ? Node() : last;
}

Exits exits_of(Node body) {
  Exits result;
  syntax::walk(body, [&](Node node) {
    if (node.is_any({"closure_expression", "async_block", "function_item"})) return Walk::Over;
    if (node.is("return_expression")) result.returns.push_back(node);
    if (node.is("try_expression")) result.has_try = true;
    if (node.parent().is("token_tree") && (node.text() == "?" || node.text() == "return")) {
      result.in_macro = true;
      result.return_in_macro |= node.text() == "return";
    }
    return Walk::Into;
  });
  return result;
}

bool leaves_nothing(Node expression) {
  while (expression.is_any({"await_expression", "parenthesized_expression", "try_expression"}))
    expression = expression.parts().empty() ? Node() : expression.parts().front();
  if (is_pure(expression)) return true;
  if (expression.is("struct_expression")) {
    const std::vector<Node> fields = expression.field("body").parts();
    return std::all_of(fields.begin(), fields.end(), [](const Node& field) {
      return field.is("shorthand_field_initializer") || is_pure(field.field("value"));
    });
  }
  if (!expression.is("call_expression")) return false;
  const Node receiver = chain_receiver(expression);
  if (receiver && !is_pure(receiver)) return false;
  const std::vector<Node> arguments = expression.field("arguments").parts();
  return std::all_of(arguments.begin(), arguments.end(),
                     [](const Node& each) { return is_pure(each); });
}

}  // namespace jaa::rewrite
