#include "propagate/callables.h"

#include <algorithm>
#include <set>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"

#include "propagate/call_shape.h"
#include "rewrite/evaluation.h"
#include "syntax/items.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

std::string without_blanks(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (!llvm::isSpace(c)) {
      result += c;
    }
  }
  return result;
}

size_t count_of(Node list) {
  size_t count = 0;
  for (const Node& part : list.named_children()) {
    count += part.is_comment() || part.is("attribute_item") ? 0 : 1;
  }
  return count;
}

// `_` is no named node.
size_t parameter_count(Node closure) {
  size_t count = 0;
  for (const Node& part : closure.field("parameters").children()) {
    count += part.is_comment() || part.text() == "|" || part.text() == "," ? 0 : 1;
  }
  return count;
}

Node callee_of(Node call) {
  Node function = call.field("function");
  while (function.is_any({"parenthesized_expression", "generic_function"})) {
    function = function.is("generic_function")     ? function.field("function")
               : function.named_children().empty() ? Node()
                                                   : function.named_children().front();
  }
  return function;
}

// The callee gives what it is given, in a box, a list or an option.
bool keeps_argument(Node call) {
  const std::string text = without_blanks(callee_of(call).text());
  return llvm::StringSwitch<bool>(text)
      .Cases("Box::new", "Rc::new", "Arc::new", "Some", "Ok", "vec", "Box::pin", true)
      .Cases("std::rc::Rc::new", "std::sync::Arc::new", true)
      .Default(false);
}

bool puts_into_receiver(std::string_view method) {
  return llvm::StringSwitch<bool>(method)
      .Cases("push", "push_back", "push_front", "insert", "replace", "set", "extend", true)
      .Default(false);
}

// `dyn Fn(A) -> B + Send`, with what follows the type in its bounds; none for `fn(A) -> B`.
Node trait_object_of(Node type) {
  for (Node at = type.parent(); at; at = at.parent()) {
    if (at.is("dynamic_type") && !at.parent().is("bounded_type")) {
      return at;
    }
    if (!at.is_any(
            {"dynamic_type", "bounded_type", "higher_ranked_trait_bound", "parenthesized_type"})) {
      return {};
    }
    if (at.is("bounded_type") && !at.parent().is("bounded_type")) {
      return at;
    }
  }
  return {};
}

// The name of an item or variable, as an expression that is not called at once.
bool is_value(Node name) {
  const Node parent = name.parent();
  return parent.is_any({"arguments", "array_expression", "tuple_expression",
                        "parenthesized_expression", "reference_expression", "type_cast_expression",
                        "return_expression", "block"}) ||
         (parent.is_any(
              {"let_declaration", "static_item", "const_item", "field_initializer", "match_arm"}) &&
          parent.field("value") == name) ||
         (parent.is("assignment_expression") && parent.field("right") == name);
}

size_t index_in(Node list, Node element) {
  size_t index = 0;
  for (const Node& part : list.named_children()) {
    if (part == element) {
      break;
    }
    index += part.is_comment() || part.is("attribute_item") ? 0 : 1;
  }
  return index;
}

// The part of the first such tuple in `type`; `type` where there is none.
Node part_of_tuple(Node type, const TuplePlace& place) {
  Node result = type;
  syntax::walk(type, [&](Node node) {
    if (!node.is("tuple_type") || count_of(node) != place.size) {
      return syntax::Walk::Into;
    }
    for (const Node& part : node.named_children()) {
      if (!part.is_comment() && index_in(node, part) == place.index) {
        result = part;
      }
    }
    return syntax::Walk::Stop;
  });
  return result;
}

}  // namespace

bool is_written_out(Node type) {
  if (!type.is("function_type")) {
    return false;
  }
  if (!type.field("trait")) {
    return true;
  }
  for (Node at = type.parent(); at; at = at.parent()) {
    if (at.is("dynamic_type")) {
      return true;
    }
    if (!at.is_any({"bounded_type", "higher_ranked_trait_bound", "parenthesized_type"})) {
      return false;
    }
  }
  return false;
}

Node result_of(Node type) {
  const Node result = type.field("return_type");
  return result.is("bounded_type") ? result.named_children().front() : result;
}

bool asks_for_send(Node type) {
  const Node result = type.field("return_type");
  if (bare_output(result) && has_word(std::string(result.text()), "Send")) {
    return true;
  }
  const std::string text(trait_object_of(type).text());
  const std::string own(type.text());
  const size_t place = text.find(own);
  return place != std::string::npos && has_word(text.substr(place + own.size()), "Send");
}

Node bare_output(Node result) {
  // `(impl Future<Output = T> + Send)`
  while (result.is("bounded_type") ||
         (result.is("tuple_type") && result.named_children().size() == 1)) {
    result = result.named_children().front();
  }
  if (!result.is_any({"abstract_type", "dynamic_type"})) {
    return {};
  }
  const Node trait = result.field("trait");
  if (syntax::last_name(trait) != "Future") {
    return {};
  }
  for (const Node& part : trait.field("type_arguments").named_children()) {
    if (part.is("type_binding") && part.field("name").text() == "Output") {
      return part.field("type");
    }
  }
  return {};
}

Callables::Callables(const flow::Facts& facts, OpenedTrees& opened)
    : facts_(facts), opened_(opened) {
  constexpr int MostDepth = 4;
  for (const flow::CrateFiles& crate : facts.crates()) {
    for (const base::FileId file : crate.files) {
      for (int depth = 0; depth < MostDepth; ++depth) {
        std::vector<base::Span> places;
        syntax::walk(opened.tree(file).root(), [&](Node node) {
          if (node.is("macro_invocation")) {
            for (const Node& part : node.parts()) {
              if (part.is("token_tree") && part.children().size() > 2) {
                places.push_back(part.children()[1].span());
              }
            }
          }
          return syntax::Walk::Into;
        });
        opened.open(file, places);
      }
      syntax::walk(facts.tree(file).root(), [&](Node node) {
        if (is_written_out(node)) {
          types_.push_back(node);
        } else if (node.is_any({"enum_variant", "struct_item"})) {
          variants_.emplace(std::string(node.field("name").text()), node);
        }
        return syntax::Walk::Into;
      });
    }
  }
}

std::vector<Node> Callables::types_in(Node type, int depth) const {
  std::vector<Node> result;
  if (!type || depth == 0) {
    return result;
  }
  syntax::walk(type, [&](Node node) {
    if (is_written_out(node)) {
      // In the tree in which macros are closed: one node for one type.
      const Node plain = facts_.tree(node.span().file).smallest_node(node.span());
      result.push_back(syntax::enclosing(plain, {"function_type"}));
      return syntax::Walk::Over;
    }
    if (node.is("type_identifier")) {
      for (const Node& alias : facts_.items().aliases(node.text())) {
        for (const Node& found : types_in(alias.field("type"), depth - 1)) {
          result.push_back(found);
        }
      }
    }
    return syntax::Walk::Into;
  });
  return result;
}

std::vector<Node> Callables::parts_of(std::string_view name) const {
  std::vector<Node> result;
  const auto [first, last] = variants_.equal_range(std::string(name));
  for (auto at = first; at != last; ++at) {
    const Node list = at->second.field("body");
    if (list.is("ordered_field_declaration_list")) {
      for (const Node& part : list.named_children()) {
        if (!part.is_comment() && !part.is_any({"attribute_item", "visibility_modifier"})) {
          result.push_back(part);
        }
      }
      break;
    }
  }
  return result;
}

Node type_as_result(Node declaration) {
  const Node function = syntax::enclosing_function(declaration);
  const Node pattern = declaration.field("pattern");
  const std::vector<Node> all = syntax::statements(function.field("body"));
  const bool is_result = pattern.is("identifier") && !all.empty() && all.back().is("identifier") &&
                         syntax::binding_of(all.back().text(), all.back()) == pattern;
  return is_result ? function.field("return_type") : Node();
}

// The type that is declared for a variable, a field or a static.
Node Callables::declared_type(Node expression) const {
  Node at = expression;
  while (at.is_any({"reference_expression", "parenthesized_expression", "index_expression",
                    "try_expression", "unary_expression"})) {
    const std::vector<Node> parts = at.parts();
    const auto inner = std::find_if(parts.begin(), parts.end(), [](const Node& part) {
      return part.is_named() && !part.is("mutable_specifier");
    });
    if (inner == parts.end()) {
      return {};
    }
    at = *inner;
  }
  if (at.is("field_expression")) {
    const auto& fields = facts_.items().fields(at.field("field").text());
    for (const Node& field : fields) {
      if (!types_in(field.field("type"), 4).empty()) {
        return field.field("type");
      }
    }
    return {};
  }
  if (!at.is("identifier")) {
    return {};
  }
  const Node binding = syntax::binding_of(at.text(), at);
  if (!binding) {
    const auto& statics = facts_.items().statics(at.text());
    return statics.empty() ? Node() : statics.front().field("type");
  }
  const Node owner = syntax::enclosing(binding, {"let_declaration", "parameter"});
  return owner.is("let_declaration") && !owner.field("type") ? type_as_result(owner)
                                                             : owner.field("type");
}

Node Callables::written_type_around(Node value) const {
  std::vector<TuplePlace> places;
  Node type = written_type_around(value, places);
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    type = part_of_tuple(type, *place);
  }
  return type;
}

Node Callables::written_type_around(Node value, std::vector<TuplePlace>& places) const {
  Node at = value;
  for (;;) {
    const Node parent = at.parent();
    if (parent.is("arguments")) {
      const Node call = parent.parent();
      const Node callee = callee_of(call);
      if (keeps_argument(call)) {
        at = call;
        continue;
      }
      if (callee.is("field_expression") && puts_into_receiver(callee.field("field").text())) {
        // A key or an index comes before.
        if (index_in(parent, at) + 1 < count_of(parent)) {
          return {};
        }
        return declared_type(callee.field("value"));
      }
      const std::string_view name = syntax::name_of_callee(callee);
      const size_t index = index_in(parent, at);
      if (const std::vector<Node> parts = parts_of(name); index < parts.size()) {
        return parts[index];
      }
      for (const Node& function : facts_.items().functions(name)) {
        std::vector<Node> parameters;
        for (const Node& parameter : function.field("parameters").named_children()) {
          if (parameter.is("parameter")) {
            parameters.push_back(parameter.field("type"));
          }
        }
        if (parameters.size() == count_of(parent) && index < parameters.size()) {
          return parameters[index];
        }
      }
      return {};
    }
    if (parent.is("tuple_expression")) {
      places.push_back({index_in(parent, at), count_of(parent)});
      at = parent;
    } else if (parent.is_any({"array_expression", "parenthesized_expression",
                              "reference_expression", "match_arm", "match_block", "if_expression",
                              "else_clause", "expression_statement"})) {
      at = parent;
    } else if (parent.is("match_expression")) {
      at = parent;
    } else if (parent.is("type_cast_expression")) {
      return parent.field("type");
    } else if (parent.is("field_initializer")) {
      const auto& fields = facts_.items().fields(parent.field("field").text());
      for (const Node& field : fields) {
        if (!types_in(field.field("type"), 4).empty()) {
          return field.field("type");
        }
      }
      return {};
    } else if (parent.is_any({"let_declaration", "static_item", "const_item"})) {
      if (parent.field("type") || !parent.is("let_declaration")) {
        return parent.field("type");
      }
      // `let f = |x| ..; list.push(f)`: what becomes of the variable is not followed.
      return {};
    } else if (parent.is("assignment_expression") && parent.field("right") == at) {
      return declared_type(parent.field("left"));
    } else if (parent.is("return_expression")) {
      return syntax::enclosing_function(parent).field("return_type");
    } else if (parent.is("block")) {
      const std::vector<Node> all = syntax::statements(parent);
      if (all.empty() || all.back() != at) {
        return {};
      }
      if (parent.parent().is_any({"function_item", "closure_expression"})) {
        return parent.parent().field("return_type");
      }
      at = parent;
    } else {
      return {};
    }
  }
}

Node Callables::type_of(Node value) const {
  const size_t parameters = value.is("closure_expression") ? parameter_count(value) : size_t(-1);
  for (const Node& type : types_in(written_type_around(value), 4)) {
    if (parameters == size_t(-1) || count_of(type.field("parameters")) == parameters) {
      return type;
    }
  }
  return {};
}

std::vector<Node> Callables::alike(Node type) const {
  std::vector<Node> result;
  const std::string text = without_blanks(type.text());
  for (const Node& other : types_) {
    if (without_blanks(other.text()) == text) {
      result.push_back(other);
    }
  }
  return result;
}

std::vector<Node> Callables::closures(const std::vector<Node>& types, bool are_async) const {
  std::vector<Node> result;
  for (const flow::CrateFiles& crate : facts_.crates()) {
    for (const base::FileId file : crate.files) {
      syntax::walk(opened_.tree(file).root(), [&](Node node) {
        if (node.is("closure_expression") && syntax::is_async_function(node) == are_async) {
          const Node type = type_of(node);
          if (type && std::find(types.begin(), types.end(), type) != types.end()) {
            result.push_back(node);
          }
        }
        return syntax::Walk::Into;
      });
    }
  }
  return result;
}

std::vector<Node> Callables::names(const std::vector<Node>& types) const {
  std::vector<Node> result;
  for (const flow::CrateFiles& crate : facts_.crates()) {
    for (const base::FileId file : crate.files) {
      syntax::walk(opened_.tree(file).root(), [&](Node node) {
        if (!node.is_any({"identifier", "scoped_identifier"})) {
          return syntax::Walk::Into;
        }
        const Node type = is_value(node) ? type_of(node) : Node();
        if (type && std::find(types.begin(), types.end(), type) != types.end()) {
          result.push_back(node);
        }
        return syntax::Walk::Over;
      });
    }
  }
  return result;
}

bool Callables::has_one_of(Node callee, const std::vector<Node>& types) const {
  const auto has_one = [&](Node type) {
    for (const Node& found : types_in(type, 4)) {
      if (std::find(types.begin(), types.end(), found) != types.end()) {
        return true;
      }
    }
    return false;
  };
  Node at = callee;
  for (int step = 0; step < 6 && at; ++step) {
    if (has_one(declared_type(at))) {
      return true;
    }
    Node root = at;
    // The first variable or field of a chain that has such a type.
    while (root.is_any({"call_expression", "field_expression", "reference_expression",
                        "try_expression", "index_expression", "parenthesized_expression",
                        "unary_expression", "match_expression"})) {
      Node next;
      if (root.is("call_expression")) {
        const Node function = callee_of(root);
        if (function.is("field_expression")) {
          next = function.field("value");
        } else {
          for (const Node& item : facts_.items().functions(syntax::last_name(function))) {
            if (has_one(item.field("return_type"))) {
              return true;
            }
          }
        }
      } else if (root.is("field_expression")) {
        next = root.field("value");
      } else {
        for (const Node& part : root.parts()) {
          if (part.is_named() && !part.is("mutable_specifier")) {
            next = part;
            break;
          }
        }
      }
      if (!next) {
        return false;
      }
      root = next;
      if (has_one(declared_type(root))) {
        return true;
      }
    }
    const Node binding = root.is("identifier") ? syntax::binding_of(root.text(), root) : Node();
    // A part of what a pattern takes apart.
    for (Node part = binding; part; part = part.parent()) {
      const Node around = part.parent();
      if (around.is("tuple_struct_pattern")) {
        for (const Node& type : parts_of(syntax::last_name(around.field("type")))) {
          if (has_one(type)) {
            return true;
          }
        }
      }
      if (around.is_any({"match_arm", "let_declaration", "let_condition", "block", "parameter"})) {
        break;
      }
    }
    at = binding ? syntax::source_of(binding) : Node();
  }
  return false;
}

std::vector<Node> Callables::calls_like(Node type) const {
  std::vector<Node> result;
  const size_t parameters = count_of(type.field("parameters"));
  for (const flow::CrateFiles& crate : facts_.crates()) {
    for (const base::FileId file : crate.files) {
      syntax::walk(opened_.tree(file).root(), [&](Node node) {
        if (!node.is("call_expression") || count_of(node.field("arguments")) != parameters) {
          return syntax::Walk::Into;
        }
        const Node function = node.field("function");
        const bool is_value = function.is("identifier")
                                  ? syntax::binding_of(function.text(), function).is_valid()
                                  : function.is_any({"parenthesized_expression", "index_expression",
                                                     "call_expression"});
        if (is_value) {
          result.push_back(node);
        }
        return syntax::Walk::Into;
      });
    }
  }
  return result;
}

std::vector<Node> Callables::calls(const std::vector<Node>& types) const {
  std::vector<Node> result = calls_like(types.front());
  std::erase_if(result, [&](Node call) { return !has_one_of(callee_of(call), types); });
  return result;
}

bool Callables::changes_copy(Node closure, std::string_view trait) {
  // What it has is its own, and it is called once.
  if (trait == "FnOnce" && closure.has_child("move")) {
    return false;
  }
  // `Fn` lets its closures change nothing.
  const rewrite::Change most = trait == "Fn" ? rewrite::Change::Maybe : rewrite::Change::No;
  const std::vector<std::string> names = captured_names(closure);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return rewrite::change_of(name, closure.field("body")) > most;
  });
}

bool Callables::changes_copies(const std::vector<Node>& types) const {
  const std::vector<Node> all = closures(types);
  return std::any_of(all.begin(), all.end(), [&](Node closure) {
    return changes_copy(closure, types.front().field("trait").text());
  });
}

bool Callables::may_throw_away(const std::vector<Node>& types) const {
  const std::vector<Node> all = calls_like(types.front());
  return std::any_of(all.begin(), all.end(), [&](Node call) {
    const Node parent = call.parent();
    const bool is_dropped =
        (parent.is("let_declaration") && parent.field("pattern").text().starts_with("_")) ||
        (parent.is("assignment_expression") && parent.field("left").text() == "_") ||
        (parent.is("arguments") && callee_of(parent.parent()).text().ends_with("drop"));
    return is_dropped && !has_one_of(callee_of(call), types);
  });
}

std::vector<base::Edit> Callables::boxed(Node type, const std::vector<base::Edit>& lifetimes,
                                         std::string_view edition, bool is_send,
                                         rewrite::ImportEdits& imports) {
  std::vector<base::Edit> edits;
  const base::FileId file = type.span().file;
  const Node parameters = type.field("parameters");
  const Node result = result_of(type);
  std::vector<uint32_t> references;  // where a lifetime that is left out would stand
  syntax::walk(parameters, [&](Node node) {
    if (node.is("reference_type") && !node.has_child("lifetime")) {
      references.push_back(node.begin() + 1);
    }
    return syntax::Walk::Into;
  });
  std::vector<base::Edit> hidden;
  for (const base::Edit& edit : lifetimes) {
    if (parameters.span().contains(edit.span)) {
      hidden.push_back(edit);
    }
  }
  bool has_lifetime = false;
  syntax::walk(parameters, [&](Node node) {
    has_lifetime |= node.is("lifetime");
    return syntax::Walk::Into;
  });
  std::string bound;
  if (references.size() + hidden.size() > 1) {
    edits.push_back({{file, type.begin(), type.begin()}, "for<'a> "});
    for (const uint32_t at : references) {
      edits.push_back({{file, at, at}, "'a "});
    }
    for (base::Edit edit : hidden) {
      const size_t place = edit.text.find("'_");
      if (place != std::string::npos) {
        edit.text.replace(place, 2, "'a");
      }
      edits.push_back(std::move(edit));
    }
    bound = " + 'a";
  } else if (references.size() + hidden.size() == 1 || has_lifetime) {
    edits.insert(edits.end(), hidden.begin(), hidden.end());
    bound = " + '_";
  }
  const Node value = bare_output(result) ? bare_output(result) : result;
  const std::string output = value ? std::string(value.text()) : "()";
  const std::string future =
      edition >= "2024" ? "Future" : imports.import(type, "std::future::Future");
  const std::string text = imports.import(type, "std::pin::Pin") + "<Box<dyn " + future +
                           "<Output = " + output + ">" + (is_send ? " + Send" : "") + bound + ">>";
  if (result) {
    edits.push_back({result.span(), text});
  } else {
    edits.push_back({{file, parameters.end(), parameters.end()}, " -> " + text});
  }
  return edits;
}

bool is_kept(Node value) {
  const Node parent = value.parent();
  if (parent.is("arguments")) {
    const Node callee = callee_of(parent.parent());
    return keeps_argument(parent.parent()) ||
           (callee.is("field_expression") && puts_into_receiver(callee.field("field").text()));
  }
  return parent.is_any({"array_expression", "tuple_expression", "field_initializer",
                        "type_cast_expression", "static_item", "const_item", "match_arm",
                        "return_expression", "assignment_expression"});
}

std::vector<std::string> captured_names(Node closure) {
  std::vector<std::string> result;
  syntax::walk(closure.field("body"), [&](Node node) {
    if (node.is_any({"identifier", "self"})) {
      const Node parent = node.parent();
      const bool is_path = parent.is("scoped_identifier") ||
                           (parent.is("call_expression") && parent.field("function") == node &&
                            !syntax::binding_of(node.text(), node));
      const Node binding = is_path ? Node() : syntax::binding_of(node.text(), node);
      const std::string name(node.text());
      if (binding && !closure.contains(binding) &&
          std::find(result.begin(), result.end(), name) == result.end()) {
        result.push_back(name);
      }
    }
    return syntax::Walk::Into;
  });
  return result;
}

}  // namespace jaa::propagate
