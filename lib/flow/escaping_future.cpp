#include "flow/escaping_future.h"

#include <algorithm>

#include "flow/future_lifetimes.h"
#include "llvm/ADT/StringSwitch.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;

bool is_wrapper(Node call) {
  return llvm::StringSwitch<bool>(syntax::called_name(call))
      .Cases("pin", "new", "from", "Some", "Ok", "Err", "boxed", "boxed_local", "into", true)
      .Default(false);
}

namespace {

bool is_last_of_block(Node node) {
  const std::vector<Node> all = syntax::statements(node.parent());
  return node.parent().is("block") && !all.empty() && all.back() == node &&
         !node.is("let_declaration") && !node.has_child(";");
}

}  // namespace

bool returns_future(const Facts& facts, Node function) {
  const Node type = function.field("return_type");
  if (syntax::is_mentioned(type, "Future") || syntax::is_mentioned(type, "BoxFuture") ||
      syntax::is_mentioned(type, "LocalBoxFuture")) {
    return true;
  }
  bool found = false;
  syntax::for_each_name(type, [&](std::string_view name, Node) {
    for (const Node& item : facts.items().aliases(name)) {
      found |= syntax::is_mentioned(item.field("type"), "Future");
    }
  });
  return found;
}

std::vector<Node> results_of(Node function) {
  std::vector<Node> result;
  const Node body = function.field("body");
  if (!body.is("block")) {
    if (body) result.push_back(body);
    return result;
  }
  const std::vector<Node> all = syntax::statements(body);
  if (!all.empty() && is_last_of_block(all.back())) result.push_back(all.back());
  syntax::walk(body, [&](Node node) {
    if (node.is_any({"closure_expression", "async_block", "function_item"})) {
      return syntax::Walk::Over;
    }
    if (node.is("return_expression") && !node.parts().empty()) {
      result.push_back(node.parts().front());
    }
    return syntax::Walk::Into;
  });
  return result;
}

namespace {

// A variable of a variable: more is not followed.
constexpr int MostVariables = 2;

Node returned_from(const Facts& facts, Node node, int depth) {
  const Node function = syntax::enclosing_function(node);
  if (!function.is_any({"function_item", "closure_expression"})) return {};
  const bool takes_calls = returns_future(facts, function);
  for (Node at = node; at != function;) {
    const Node parent = at.parent();
    if (parent == function) return function.field("body") == at ? function : Node();
    if (parent.is("return_expression")) return function;
    if (parent.is("call_expression")) {
      if (!is_wrapper(parent) && !takes_calls) return {};
    } else if (parent.is("block")) {
      if (!is_last_of_block(at)) return {};
    } else if (parent.is("let_declaration")) {
      // A variable that the result names.
      std::vector<Node> results = results_of(function);
      for (const syntax::Binding& binding : syntax::bindings(parent.field("pattern"))) {
        for (const Node& result : results) {
          for (const Node& token : syntax::mentions(result, binding.name.text())) {
            if (depth < MostVariables && returned_from(facts, token, depth + 1) == function) {
              return function;
            }
          }
        }
      }
      return {};
    } else if (!parent.is_any({"arguments", "parenthesized_expression", "expression_statement",
                               "if_expression", "else_clause", "match_expression", "match_arm",
                               "match_block", "tuple_expression", "struct_expression",
                               "field_initializer_list", "field_initializer",
                               "type_cast_expression", "array_expression", "field_expression",
                               "unsafe_block"})) {
      return {};
    }
    at = parent;
  }
  return {};
}

}  // namespace

Node returned_from(const Facts& facts, Node node) {
  return returned_from(facts, node, 0);
}

Node root_variable(Node expression) {
  for (;;) {
    if (expression.is_any({"identifier", "self"})) return expression;
    Node next;
    if (expression.is_any({"reference_expression", "field_expression"})) {
      next = expression.field("value");
    } else if (expression.is("call_expression")) {
      next = expression.field("function").is("field_expression")
                 ? expression.field("function").field("value")
                 : Node();
    } else if (expression.is_any({"index_expression", "parenthesized_expression",
                                  "unary_expression", "try_expression"})) {
      const std::vector<Node> parts = expression.parts();
      next = parts.empty() ? Node() : parts.front();
    }
    if (!next) return {};
    expression = next;
  }
}

namespace {

// A temporary that a macro makes, as `format!(..)` does, is the macro's call.
Node temporary_of_macro(const Facts& facts, const rustc::Diagnostic& error) {
  for (const rustc::DiagnosticSpan& span : error.spans) {
    if (!span.is_primary || span.expansion.empty()) continue;
    const rustc::ExpansionFrame& call = span.expansion.back();
    const auto file = facts.files().find(facts.names().absolute(call.file_name));
    if (!file) return {};
    const Node node = facts.tree(*file).smallest_node({*file, call.byte_start, call.byte_end});
    return node.is("macro_invocation") ? node : Node();
  }
  return {};
}

}  // namespace

std::vector<EscapingBorrow> read_escaping_borrows(const Facts& facts) {
  std::vector<EscapingBorrow> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const std::string& code = error.code;
    if (!error.is_error() ||
        (code != "E0373" && code != "E0597" && code != "E0515" && code != "E0716")) {
      continue;
    }
    EscapingBorrow borrow;
    borrow.diagnostic = index;
    borrow.place = primary_node(facts, error);
    if (!borrow.place && code == "E0716") borrow.place = temporary_of_macro(facts, error);
    borrow.borrowed = borrow.place;
    const std::vector<Node> labels = labelled_nodes(facts, error);
    if (code == "E0373") {
      // The primary place is the word `async`.
      borrow.block = borrow.place.is("async_block") ? borrow.place : Node();
      borrow.borrowed = labels.empty() ? Node() : labels.front();
      if (!borrow.block) continue;
    } else if (code == "E0597") {
      for (const Node& label : labels) {
        if (label.is("async_block") && label.contains(borrow.place)) borrow.block = label;
      }
    } else if (code == "E0515") {
      if (labels.empty()) continue;
      borrow.borrowed = labels.front();
    }
    borrow.function = borrow.block ? returned_from(facts, borrow.block)
                                   : syntax::enclosing_function(borrow.place);
    if (borrow.function && borrow.borrowed) result.push_back(borrow);
  }
  return result;
}

}  // namespace jaa::flow
