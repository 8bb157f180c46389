#include "rewrite/chain_types.h"

#include "llvm/ADT/StringSwitch.h"
#include "rewrite/chain.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

bool is_tail(Node block, Node part) {
  const Node tail = tail_of(block);
  return tail && part.contains(tail);
}

// `expression` is what its function, closure or async block returns.
Node function_returning(Node expression) {
  Node at = expression;
  while (true) {
    const Node parent = at.parent();
    if (parent.is("return_expression")) return syntax::enclosing_function(at);
    if (parent.is("block") && is_tail(parent, at)) {
      const Node outer = parent.parent();
      if (outer.is_any({"function_item", "async_block"})) return outer;
      if (outer.is("closure_expression")) return outer;
      if (!outer.is_any(
              {"if_expression", "else_clause", "match_arm", "block", "expression_statement"}))
        return {};
      at = parent;
      continue;
    }
    if (parent.is_any({"if_expression", "else_clause", "match_arm", "match_block",
                       "match_expression", "expression_statement", "parenthesized_expression"})) {
      if (parent.field("condition") == at) return {};
      if (parent.is("match_expression") && parent.field("value") == at) return {};
      if (parent.is("expression_statement") && parent.text().ends_with(';')) return {};
      at = parent;
      continue;
    }
    if (parent.is("closure_expression") && parent.field("body") == at) return parent;
    return {};
  }
}

// The output of `Box::pin(async { .. })`, where a function returns it as a boxed future.
Node boxed_output(Node async_block) {
  const Node call = async_block.parent().parent();
  if (!async_block.parent().is("arguments") || call.field("function").text() != "Box::pin")
    return {};
  const Node function = function_returning(call);
  Node output;
  syntax::walk(function.field("return_type"), [&output](Node node) {
    if (node.is("type_binding") && node.field("name").text() == "Output" && !output)
      output = node.field("type");
    return output ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return output;
}

Node parameter_type(Node argument, const syntax::Items& items) {
  const Node call = argument.parent().parent();
  const Node callee = call.field("function");
  const bool is_method = callee.is("field_expression");
  const std::string_view name =
      is_method ? callee.field("field").text() : syntax::last_name(callee);
  size_t index = 0;
  for (const Node& each : argument.parent().parts()) {
    if (each == argument) break;
    ++index;
  }
  for (const Node& function : items.functions(name)) {
    std::vector<Node> types;
    for (const Node& parameter : function.field("parameters").parts())
      if (parameter.is("parameter")) types.push_back(parameter.field("type"));
    if (index < types.size()) return types[index];
  }
  return {};
}

bool is_wrapper(Node callee) {
  return callee.text() == "Ok" || callee.text() == "Some";
}

}  // namespace

bool is_reference_parameter(Node argument, const syntax::Items& items) {
  const Node type = argument.parent().is("arguments") ? parameter_type(argument, items) : Node();
  if (!type.is("reference_type")) return false;
  const Node inner = type.field("type");
  const Node generics = syntax::enclosing(type, {"function_item", "function_signature_item"})
                            .field("type_parameters");
  for (const Node& parameter : generics.named_children())
    if (parameter.field("name").text() == inner.text()) return false;
  return !inner.is_any({"abstract_type", "dynamic_type", "reference_type"});
}

Node type_argument(Node type, size_t index) {
  size_t at = 0;
  for (const Node& each : type.field("type_arguments").named_children()) {
    if (each.is_any({"lifetime", "line_comment", "block_comment"})) continue;
    if (at++ == index) return each;
  }
  return {};
}

bool is_inferred(Node type) {
  return !type || type.text() == "_";
}

Fallible fallible(Node type) {
  const std::string_view name = syntax::last_name(type);
  if (name == "Result" || name.ends_with("Result")) return Fallible::Result;
  return name == "Option" ? Fallible::Option : Fallible::No;
}

Node expected_type(Node expression, const syntax::Items& items) {
  // How many `Ok(..)` or `Some(..)` are around it, less how many `?` behind it.
  Node at = expression;
  int wraps = 0;
  while (true) {
    const Node parent = at.parent();
    if (parent.is("parenthesized_expression")) {
      at = parent;
    } else if (parent.is("arguments") && is_wrapper(parent.parent().field("function"))) {
      ++wraps;
      at = parent.parent();
    } else {
      break;
    }
  }
  const Node parent = at.parent();
  Node type;
  if (parent.is("let_declaration") && parent.field("value") == at) {
    type = parent.field("type");
  } else if (parent.is("field_initializer")) {
    const auto& fields = items.fields(parent.field("field").text());
    if (!fields.empty()) type = fields.front().field("type");
  } else if (parent.is("assignment_expression") && parent.field("right") == at &&
             parent.field("left").is("field_expression")) {
    const auto& fields = items.fields(parent.field("left").field("field").text());
    if (!fields.empty()) type = fields.front().field("type");
  } else if (parent.is("arguments")) {
    type = parameter_type(at, items);
  } else if (const Node function = function_returning(at)) {
    type = function.is("async_block") ? boxed_output(function) : function.field("return_type");
  }
  for (; wraps > 0 && type; --wraps) type = type_argument(type, 0);
  return type;
}

ErrorExit error_exit(Node expression) {
  if (expression.parent().is("try_expression")) return ErrorExit::Try;
  if (function_returning(expression)) return ErrorExit::Tail;
  return ErrorExit::None;
}

bool is_integer(Node type) {
  return llvm::StringSwitch<bool>(type.text())
      .Cases("u8", "u16", "u32", "u64", "u128", "usize", true)
      .Cases("i8", "i16", "i32", "i64", "i128", "isize", true)
      .Default(false);
}

std::vector<Container> containers(Node type, const syntax::Items& items) {
  // An alias without parameters is what it stands for.
  for (int step = 0; step < 4; ++step) {
    const auto& aliases = items.aliases(syntax::last_name(type));
    if (aliases.size() != 1) break;
    type = aliases.front().field("type");
  }
  const std::string_view name = syntax::last_name(type);
  const Node path = type.is("generic_type") ? type.field("type") : type;
  const std::string made = std::string(path.text()) + "::new()";
  const Container text{made, "push_str", false, true, ""};
  if (type.is("unit_type")) return {Container{}};
  if (name == "Vec" || name == "BinaryHeap") return {{made, "push", false, false, ""}};
  if (name == "VecDeque") return {{made, "push_back", false, false, ""}};
  if (name == "String") return {text, {made, "push", false, false, ""}};
  if (name == "BTreeSet") return {{made, "insert", false, false, ""}};
  if (name == "BTreeMap") return {{made, "insert", true, false, ""}};
  if (name == "HashSet" || name == "HashMap") {
    const bool is_map = name == "HashMap";
    // Another hasher than the usual has no `new`.
    const bool is_usual = !type_argument(type, is_map ? 2 : 1);
    return {{is_usual ? made : "Default::default()", "insert", is_map, false, ""}};
  }
  if (name == "Box" && type_argument(type, 0).is("array_type"))
    return {{"Vec::new()", "push", false, false, ".into_boxed_slice()"}};
  if ((name == "Rc" || name == "Arc") && type_argument(type, 0).is("array_type"))
    return {{"Vec::new()", "push", false, false, ".into()"}};
  return {{"Vec::new()", "push", false, false, ""},
          {"String::new()", "push_str", false, true, ""},
          {"Default::default()", "insert", true, false, ""},
          {"Default::default()", "insert", false, false, ""},
          {"Default::default()", "push_back", false, false, ""}};
}

}  // namespace jaa::rewrite
