#include "rewrite/evaluation.h"

#include <algorithm>

#include "llvm/ADT/StringSwitch.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

bool is_literal(Node node) {
  return node.is_any({"string_literal", "raw_string_literal", "char_literal", "boolean_literal",
                      "integer_literal", "float_literal", "unit_expression"});
}

bool is_dereference(Node node) {
  return node.is("unary_expression") && !node.text().empty() && node.text().front() == '*';
}

bool is_lazy(Node binary) {
  const std::string_view word = binary.field("operator").text();
  return word == "&&" || word == "||";
}

// Appends the parts of `parent` that come before `child`.
void append_earlier_parts(Node parent, Node child, std::vector<Node>& out) {
  for (const Node& part : parent.parts()) {
    if (part == child) break;
    if (!part.is("attribute_item")) out.push_back(part);
  }
}

// What a call evaluates before its arguments.
Node callee(Node call) {
  Node function = call.field("function");
  if (function.is("generic_function")) function = function.field("function");
  return function.is("field_expression") ? function.field("value") : function;
}

// A closure that names nothing but its own parameters.
bool is_self_contained(Node closure) {
  if (!closure.is("closure_expression")) return false;
  llvm::StringSet<> own;
  for (const syntax::Binding& binding : syntax::bindings(closure.field("parameters")))
    own.insert(binding.name.text());
  bool result = true;
  syntax::for_each_name(closure.field("body"),
                        [&](std::string_view name, Node) { result &= own.contains(name); });
  return result;
}

// Methods that read through `&self` in the standard library. A type of one's own
// may differ; the compiler then refuses the missing `mut`.
bool is_reading_method(std::string_view name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("len", "is_empty", "iter", "get", "first", "last", "contains", true)
      .Cases("contains_key", "keys", "values", "clone", "cloned", "copied", "to_owned", true)
      .Cases("to_string", "to_vec", "as_str", "as_ref", "as_slice", "as_bytes", "is_some", true)
      .Cases("is_none", "is_ok", "is_err", "chars", "bytes", "lines", "starts_with", true)
      .Default(false);
}

}  // namespace

bool is_pure(Node expression) {
  std::vector<Node> todo{expression};
  while (!todo.empty()) {
    const Node node = todo.back();
    todo.pop_back();
    if (node.is_any({"identifier", "self", "scoped_identifier"}) || is_literal(node)) continue;
    if (node.is("field_expression")) {
      todo.push_back(node.field("value"));
    } else if (node.is_any(
                   {"reference_expression", "parenthesized_expression", "tuple_expression"}) ||
               is_dereference(node)) {
      for (const Node& part : node.parts())
        if (!part.is("mutable_specifier")) todo.push_back(part);
    } else {
      return false;
    }
  }
  return true;
}

bool is_place(Node expression) {
  while (expression.is("parenthesized_expression")) {
    const std::vector<Node> parts = expression.parts();
    expression = parts.empty() ? Node() : parts.front();
  }
  return expression.is_any({"identifier", "self", "field_expression", "index_expression"}) ||
         is_dereference(expression);
}

std::optional<std::vector<Node>> evaluated_before(Node node, Node statement) {
  std::vector<Node> result;
  for (Node at = node; at != statement;) {
    const Node parent = at.parent();
    if (!parent) return std::nullopt;
    if (parent.is_any({"expression_statement", "parenthesized_expression", "reference_expression",
                       "unary_expression", "try_expression", "type_cast_expression",
                       "await_expression", "return_expression", "break_expression",
                       "field_expression", "generic_function", "struct_expression",
                       "field_initializer", "base_field_initializer"})) {
      // One operand, or none with an effect.
    } else if (parent.is_any(
                   {"let_declaration", "let_condition", "match_expression", "for_expression"})) {
      if (parent.field("value") != at) return std::nullopt;
    } else if (parent.is("if_expression")) {
      if (parent.field("condition") != at) return std::nullopt;
    } else if (parent.is("let_chain")) {
      const std::vector<Node> parts = parent.parts();
      if (parts.empty() || parts.front() != at) return std::nullopt;
    } else if (parent.is("call_expression")) {
      if (parent.field("function") != at) result.push_back(callee(parent));
    } else if (parent.is("binary_expression")) {
      if (parent.field("right") == at) {
        if (is_lazy(parent)) return std::nullopt;
        result.push_back(parent.field("left"));
      }
    } else if (parent.is("assignment_expression")) {
      if (parent.field("left") == at) result.push_back(parent.field("right"));
    } else if (parent.is("compound_assignment_expr")) {
      // Which side comes first depends on the types.
      result.push_back(parent.field(parent.field("left") == at ? "right" : "left"));
    } else if (parent.is_any({"arguments", "tuple_expression", "array_expression",
                              "index_expression", "range_expression", "field_initializer_list"})) {
      append_earlier_parts(parent, at, result);
    } else {
      return std::nullopt;
    }
    at = parent;
  }
  return result;
}

Node postfix_chain(Node root, Node limit) {
  Node chain = root;
  for (Node at = root;;) {
    const Node parent = at.parent();
    if (!parent || (limit && parent.contains(limit))) break;
    const std::vector<Node> parts = parent.parts();
    const bool is_first = !parts.empty() && parts.front() == at;
    if (!is_first ||
        !(parent.is_any({"field_expression", "call_expression", "index_expression",
                         "try_expression", "generic_function", "parenthesized_expression"}) ||
          is_dereference(parent)))
      break;
    // A name that is called is not a value to read from.
    if (parent.is("call_expression") && at == root) break;
    at = parent;
    // A method's name alone is no expression, and parentheses only count when
    // the chain goes on behind them.
    const bool is_method =
        parent.is("generic_function") ||
        (parent.is("field_expression") &&
         (parent.parent().is("generic_function") ||
          (parent.parent().is("call_expression") && parent.parent().field("function") == parent)));
    if (!is_method && !parent.is("parenthesized_expression")) chain = parent;
  }
  return chain;
}

Node chain_receiver(Node expression) {
  if (expression.is("call_expression")) {
    Node function = expression.field("function");
    if (function.is("generic_function")) function = function.field("function");
    return function.is("field_expression") ? function.field("value") : Node();
  }
  if (expression.is("field_expression")) return expression.field("value");
  if (expression.is_any({"index_expression", "try_expression", "parenthesized_expression"}) ||
      is_dereference(expression)) {
    const std::vector<Node> parts = expression.parts();
    return parts.empty() ? Node() : parts.front();
  }
  return {};
}

Node method_name(Node expression) {
  if (!expression.is("call_expression")) return {};
  Node function = expression.field("function");
  if (function.is("generic_function")) function = function.field("function");
  return function.is("field_expression") ? function.field("field") : Node();
}

bool gives_owned(Node call) {
  return llvm::StringSwitch<bool>(method_name(call).text())
      .Cases("clone", "cloned", "copied", "to_owned", "to_string", "to_vec", true)
      .Cases("len", "count", "sum", "is_empty", "contains", "contains_key", true)
      .Cases("pop", "pop_front", "pop_back", "take", "remove", "collect", true)
      .Cases("unwrap_or_default", "is_some", "is_none", "is_ok", "is_err", true)
      .Default(false);
}

bool is_iteration(Node call) {
  return !has_arguments(call) && llvm::StringSwitch<bool>(method_name(call).text())
                                     .Cases("iter", "keys", "values", "chars", true)
                                     .Cases("bytes", "lines", "char_indices", true)
                                     .Default(false);
}

bool has_arguments(Node call) {
  return !call.field("arguments").parts().empty();
}

bool is_lock_expression(Node expression) {
  bool has_acquired = false;
  Node at = expression;
  while (true) {
    const Node method = method_name(at);
    if (at.is("parenthesized_expression") || (!has_acquired && at.is("try_expression"))) {
      // Unpacks.
    } else if (method) {
      const bool unpacks = !has_acquired && llvm::StringSwitch<bool>(method.text())
                                                .Cases("unwrap", "expect", "unwrap_or_else", true)
                                                .Default(false);
      const bool acquires =
          !has_acquired && !has_arguments(at) &&
          llvm::StringSwitch<bool>(method.text())
              .Cases("lock", "read", "write", "borrow", "borrow_mut", "upgradable_read", true)
              .Default(false);
      if (!unpacks && !acquires) return false;
      // What is passed to `expect` or `unwrap_or_else` must not name a variable.
      for (const Node& argument : at.field("arguments").parts())
        if (!is_literal(argument) && !argument.is("scoped_identifier") &&
            !is_self_contained(argument))
          return false;
      has_acquired = acquires;
    } else if (has_acquired && at.is_any({"identifier", "self", "scoped_identifier"})) {
      return true;
    } else if (!has_acquired || !at.is("field_expression")) {
      return false;
    }
    at = chain_receiver(at);
  }
}

Change change_at(Node mention) {
  // A macro may do anything; format strings only read.
  if (!mention.is_any({"identifier", "self"}) || syntax::is_in_macro(mention))
    return mention.is("identifier") ? Change::Maybe : Change::No;
  Node place = mention;
  while (
      place.parent().is_any({"field_expression", "index_expression", "parenthesized_expression"}) &&
      chain_receiver(place.parent()) == place)
    place = place.parent();
  if (is_dereference(place.parent())) place = place.parent();
  const Node parent = place.parent();
  if (parent.field("left") == place &&
      parent.is_any({"assignment_expression", "compound_assignment_expr"}))
    return Change::Yes;
  if (parent.is("reference_expression") && parent.has_child("mutable_specifier"))
    return Change::Yes;
  const Node method = method_name(parent.is("generic_function") ? parent.parent() : parent);
  // `place` then covers the method's name: `v.push` of `v.push(1)`.
  return place.is("field_expression") && method == place.field("field") &&
                 !is_reading_method(method.text())
             ? Change::Maybe
             : Change::No;
}

Change change_of(const std::string& name, Node node) {
  Change result = Change::No;
  for (const Node& token : syntax::mentions(node, name)) {
    result = std::max(result, change_at(token));
    if (result == Change::Yes) break;
  }
  return result;
}

bool may_change_names_of(Node node, Node reader) {
  const llvm::StringSet<> read = syntax::names(reader);
  return std::any_of(read.begin(), read.end(), [&](const auto& name) {
    return change_of(name.getKey().str(), node) != Change::No;
  });
}

bool only_reads(Node node) {
  bool result = true;
  syntax::walk(node, [&](Node at) {
    if (at.is("call_expression")) result = gives_owned(at);
    result &= !at.is_any({"assignment_expression", "compound_assignment_expr", "macro_invocation",
                          "unsafe_block", "async_block", "return_expression", "break_expression",
                          "continue_expression", "try_expression", "await_expression"});
    return result ? Walk::Into : Walk::Stop;
  });
  const llvm::StringSet<> named = syntax::names(node);
  return result && std::all_of(named.begin(), named.end(), [&](const auto& name) {
           return change_of(name.getKey().str(), node) == Change::No;
         });
}

Node awaited_operand(Node await) {
  const std::vector<Node> parts = await.parts();
  return await.is("await_expression") && !parts.empty() ? parts.front() : Node();
}

std::vector<Node> await_expressions(Node node) {
  std::vector<Node> result;
  syntax::walk(node, [&](Node at) {
    if (at.is("await_expression")) result.push_back(at);
    return Walk::Into;
  });
  return result;
}

}  // namespace jaa::rewrite
