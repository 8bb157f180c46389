#include "flow/written_types.h"

#include <algorithm>
#include <array>

#include "llvm/ADT/StringExtras.h"

#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;

namespace {

// Fields of fields: deep enough for code that people write.
constexpr int MostSteps = 8;

bool is_pointer(std::string_view name) {
  constexpr std::array Names{std::string_view("Arc"),    std::string_view("Rc"),
                             std::string_view("Box"),    std::string_view("Pin"),
                             std::string_view("Cow"),    std::string_view("Ref"),
                             std::string_view("RefMut"), std::string_view("MutexGuard")};
  return std::find(Names.begin(), Names.end(), name) != Names.end();
}

void add_type(Node type, std::set<std::string>& names) {
  for (int step = 0; type && step < MostSteps; ++step) {
    if (type.is("reference_type")) {
      type = type.field("type");
    } else if (type.is("generic_type") && is_pointer(syntax::last_name(type))) {
      Node inner;
      for (const Node& argument : type.field("type_arguments").named_children()) {
        inner = argument.is("lifetime") ? inner : argument;
      }
      type = inner;
    } else if (type.is_any({"dynamic_type", "abstract_type"})) {
      type = type.field("trait");
    } else if (type.is("bounded_type")) {
      for (const Node& part : type.named_children()) {
        add_type(part, names);
      }
      return;
    } else {
      break;
    }
  }
  const std::string_view name = syntax::last_name(type);
  if (!name.empty()) {
    names.insert(std::string(name));
  }
}

// A type parameter stands for the traits that bound it.
void add_bounds(Node place, const std::string& name, std::set<std::string>& names) {
  for (Node item = syntax::enclosing_item(place); item;
       item = syntax::enclosing_item(item.parent())) {
    const auto add_from = [&](Node owner, std::string_view key) {
      for (const Node& part : owner.named_children()) {
        const Node declared = part.field(key);
        if (declared && (declared.text() == name)) {
          for (const Node& bound : part.field("bounds").named_children()) {
            add_type(bound, names);
          }
        }
      }
    };
    add_from(item.field("type_parameters"), "name");
    add_from(item.field("type_parameters"), "left");
    for (const Node& child : item.named_children()) {
      if (child.is("where_clause")) {
        add_from(child, "left");
      }
    }
  }
}

Node inner(Node expression) {
  while (expression.is_any({"parenthesized_expression", "reference_expression", "unary_expression",
                            "try_expression", "await_expression"})) {
    const Node value = expression.field("value");
    const std::vector<Node> parts = expression.parts();
    Node next = value;
    for (const Node& part : parts) {
      next = next ? next : part.is_named() && !part.is("mutable_specifier") ? part : next;
    }
    if (!next || next == expression) {
      return {};
    }
    expression = next;
  }
  return expression;
}

std::set<std::string> types_of(Node expression, const syntax::Items& items, int steps);

// The type that a call gives: a constructor's own, or what the function declares.
void add_result(Node call, const syntax::Items& items, int steps, std::set<std::string>& names) {
  Node function = call.field("function");
  function = function.is("generic_function") ? function.field("function") : function;
  const bool is_method = function.is("field_expression");
  const std::string_view name =
      is_method ? function.field("field").text() : syntax::last_name(function);
  if (is_method && (name == "clone" || name == "as_ref" || name == "as_mut" || name == "lock" ||
                    name == "unwrap" || name == "borrow" || name == "borrow_mut")) {
    const std::set<std::string> same = types_of(function.field("value"), items, steps);
    names.insert(same.begin(), same.end());
    return;
  }
  const std::string_view type = syntax::last_name(function.field("path"));
  if (is_pointer(type) && (name == "new" || name == "clone" || name == "from" || name == "pin")) {
    for (const Node& argument : call.field("arguments").named_children()) {
      const std::set<std::string> held = types_of(argument, items, steps);
      names.insert(held.begin(), held.end());
    }
    return;
  }
  bool is_known = false;
  for (const Node& candidate : items.functions(name)) {
    const Node result = candidate.field("return_type");
    const Node impl = syntax::impl_of(candidate);
    if (!type.empty() && llvm::isUpper(type.front()) &&
        syntax::last_name(impl.field("type")) != type) {
      continue;
    }
    is_known = true;
    std::set<std::string> declared;
    add_type(result, declared);
    if (declared.erase("Self") > 0) {
      add_type(impl.field("type"), declared);
    }
    if (declared.erase("Result") + declared.erase("Option") > 0) {
      const std::vector<Node> arguments = result.field("type_arguments").named_children();
      if (!arguments.empty()) {
        add_type(arguments.front(), declared);
      }
      if (declared.erase("Self") > 0) {
        add_type(impl.field("type"), declared);
      }
    }
    names.insert(declared.begin(), declared.end());
  }
  if (!is_known && !type.empty() && llvm::isUpper(type.front()) && type != "Self") {
    names.insert(std::string(type));  // `Store::new(..)` of a derive or a dependency
  }
}

std::set<std::string> types_of(Node expression, const syntax::Items& items, int steps) {
  std::set<std::string> names;
  if (steps-- == 0) {
    return names;
  }
  expression = inner(expression);
  if (expression.is("self")) {
    const Node owner = syntax::enclosing(expression, {"impl_item", "trait_item"});
    if (owner.is("trait_item")) {
      names.insert(std::string(owner.field("name").text()));
    } else {
      add_type(owner.field("type"), names);
      const std::string_view trait = syntax::last_name(owner.field("trait"));
      if (!trait.empty()) {
        names.insert(std::string(trait));
      }
    }
  } else if (expression.is("identifier")) {
    const Node binding = binding_of(expression);
    const bool is_plain = binding.field("pattern").is_any({"identifier", "mut_pattern"});
    const Node type = is_plain ? binding.field("type") : Node();
    if (type) {
      add_type(type, names);
      const std::set<std::string> written = names;
      for (const std::string& name : written) {
        add_bounds(expression, name, names);
      }
    } else if (is_plain && binding.field("value")) {
      names = types_of(binding.field("value"), items, steps);
    }
  } else if (expression.is("field_expression")) {
    const std::set<std::string> owners = types_of(expression.field("value"), items, steps);
    for (const Node& field : items.fields(expression.field("field").text())) {
      const Node owner = syntax::enclosing(field, {"struct_item", "enum_item", "union_item"});
      if (owners.empty() || owners.contains(std::string(owner.field("name").text()))) {
        std::set<std::string> declared;
        add_type(field.field("type"), declared);
        for (const std::string& name : declared) {
          add_bounds(field, name, names);
        }
        names.insert(declared.begin(), declared.end());
      }
    }
  } else if (expression.is("call_expression")) {
    add_result(expression, items, steps, names);
  } else if (expression.is("struct_expression")) {
    add_type(expression.field("name"), names);
  }
  if (names.erase("Self") > 0) {
    add_type(syntax::enclosing(expression, {"impl_item"}).field("type"), names);
  }
  return names;
}

}  // namespace

std::set<std::string> names_of_type(Node type) {
  std::set<std::string> names;
  add_type(type, names);
  return names;
}

Node binding_of(Node name) {
  const Node limit = syntax::outermost_function(name);
  Node best;
  syntax::walk(limit, [&](Node node) {
    if (node.begin() >= name.begin()) {
      return syntax::Walk::Stop;
    }
    if (node.is_any({"let_declaration", "parameter"})) {
      const Node scope = node.is("parameter") ? node.parent().parent() : node.parent();
      for (const syntax::Binding& binding : syntax::bindings(node.field("pattern"))) {
        if (binding.name.text() == name.text() && scope.contains(name) && !node.contains(name)) {
          best = node;
        }
      }
    }
    return syntax::Walk::Into;
  });
  return best;
}

std::set<std::string> written_types(Node expression, const syntax::Items& items) {
  return types_of(expression, items, MostSteps);
}

}  // namespace jaa::flow
