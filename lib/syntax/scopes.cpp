#include "syntax/scopes.h"

#include <vector>

#include "syntax/queries.h"

namespace jaa::syntax {
namespace {

// The last name of `pattern` that is `name`.
Node bound_in(Node pattern, std::string_view name) {
  Node result;
  if (pattern)
    for (const Binding& binding : bindings(pattern))
      if (binding.name.text() == name) result = binding.name;
  return result;
}

// In the conditions of an `if` or `while`: `let P = e`, alone or in a chain.
Node bound_in_condition(Node condition, std::string_view name) {
  if (condition.is("let_condition")) return bound_in(condition.field("pattern"), name);
  Node result;
  if (condition.is("let_chain"))
    for (const Node& part : condition.parts())
      if (part.is("let_condition"))
        if (const Node found = bound_in(part.field("pattern"), name)) result = found;
  return result;
}

Node bound_by_parameters(Node function, std::string_view name) {
  for (const Node& parameter : function.field("parameters").parts()) {
    if (parameter.is("self_parameter")) {
      if (name == "self") return parameter;
    } else if (parameter.field("pattern").is("self")) {
      if (name == "self") return parameter;
    } else if (const Node found = bound_in(parameter.field("pattern"), name)) {
      return found;
    }
  }
  return {};
}

// What `parent` binds for `child`, the part of it that is read.
Node bound_around(Node parent, Node child, std::string_view name) {
  if (parent.is("block")) {
    for (Node before = child.previous(); before; before = before.previous())
      if (before.is("let_declaration"))
        if (const Node found = bound_in(before.field("pattern"), name)) return found;
    return {};
  }
  if (parent.is("for_expression"))
    return parent.field("body") == child ? bound_in(parent.field("pattern"), name) : Node();
  if (parent.is("closure_expression"))
    return parent.field("body") == child ? bound_in(parent.field("parameters"), name) : Node();
  if (parent.is("match_arm"))
    return parent.field("pattern") == child ? Node() : bound_in(parent.field("pattern"), name);
  if (parent.is("match_pattern")) return bound_in(parent, name);
  if (parent.is("if_expression"))
    return parent.field("consequence") == child
               ? bound_in_condition(parent.field("condition"), name)
               : Node();
  if (parent.is("while_expression"))
    return parent.field("body") == child ? bound_in_condition(parent.field("condition"), name)
                                         : Node();
  if (parent.is("let_chain")) {
    for (Node before = child.previous(); before; before = before.previous())
      if (before.is("let_condition"))
        if (const Node found = bound_in(before.field("pattern"), name)) return found;
  }
  return {};
}

}  // namespace

Node binding_of(std::string_view name, Node at) {
  for (Node child = at, parent = at.parent(); parent; child = parent, parent = parent.parent()) {
    if (parent.is("function_item"))
      return parent.field("body") == child ? bound_by_parameters(parent, name) : Node();
    if (const Node found = bound_around(parent, child, name)) return found;
  }
  return {};
}

Node source_of(Node binding) {
  const Node owner = enclosing(binding, {"let_declaration", "let_condition", "for_expression",
                                         "match_arm", "closure_parameters", "parameters"});
  if (owner.is_any({"let_declaration", "let_condition", "for_expression"}))
    return owner.field("value");
  if (owner.is("match_arm")) return enclosing(owner, {"match_expression"}).field("value");
  if (owner.is("closure_parameters")) {
    Node function = enclosing(owner.parent().parent(), {"call_expression"}).field("function");
    if (function.is("generic_function")) function = function.field("function");
    return function.field("value");
  }
  return {};
}

Node repeater_of(Node at, Node binding) {
  for (Node node = at.parent(); node && !node.contains(binding); node = node.parent())
    if (node.is_any(
            {"for_expression", "while_expression", "loop_expression", "closure_expression"}))
      return node;
  return {};
}

}  // namespace jaa::syntax
