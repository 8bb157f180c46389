#include "rewrite/future_signature.h"

#include <algorithm>

#include "llvm/ADT/StringSet.h"
#include "rewrite/evaluation.h"
#include "rewrite/into_future.h"
#include "rewrite/signature_lifetimes.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

Node first_argument_lifetime(Node use) {
  for (const Node& part : use.field("type_arguments").parts()) {
    if (part.is("lifetime")) return part;
  }
  return {};
}

// `dyn A + B` and `impl A + B` with all that belongs to them.
Node whole_bounds(Node node) {
  while (node.parent().is("bounded_type") && node.parent().begin() == node.begin()) {
    node = node.parent();
  }
  return node;
}

// One of the traits is `Future`.
bool names_future(Node bounds) {
  bool found = false;
  syntax::walk(bounds, [&](Node node) {
    const bool is_trait = node.is_any({"type_identifier"});
    found |= is_trait && node.text() == "Future";
    return found ? Walk::Stop : node.is("type_arguments") ? Walk::Over : Walk::Into;
  });
  return found;
}

Node written_bounds(Node type) {
  Node result;
  syntax::walk(type, [&](Node node) {
    if (result) return Walk::Stop;
    if (node.is_any({"dynamic_type", "abstract_type"}) && names_future(node)) {
      result = whole_bounds(node);
      return Walk::Stop;
    }
    return node.is("function_type") ? Walk::Over : Walk::Into;
  });
  return result;
}

bool is_opaque(Node bounds) {
  return bounds.text().starts_with("impl");
}

bool declares_lifetime(Node alias_item) {
  return !lifetimes_in(alias_item.field("type_parameters")).named.empty();
}

Node declared_name(Node parameter) {
  return parameter.field("name") ? parameter.field("name") : parameter;
}

// The bound that says how long the future lives.
void write_bound(const WrittenFuture& future, const std::string& name, EditList& edits) {
  if (const Node lifetime = lifetime_of(future)) {
    if (lifetime.text() != name) edits.replace(lifetime, name);
  } else if (future.bounds) {
    edits.insert(future.bounds.end(), " + " + name);
  } else if (const Node arguments = future.alias.field("type_arguments")) {
    edits.insert(arguments.begin() + 1, name + ", ");
  } else {
    edits.insert(future.alias.end(), "<" + name + ">");
  }
}

bool has_own_lifetime(const WrittenFuture& future) {
  return future.bounds || !future.alias_item || declares_lifetime(future.alias_item);
}

}  // namespace

WrittenFuture written_future(const syntax::Items& items, Node type) {
  WrittenFuture result;
  if (!type || syntax::is_in_macro(type)) return result;
  result.bounds = written_bounds(type);
  if (result.bounds) {
    result.is_opaque = is_opaque(result.bounds);
    return result;
  }
  syntax::walk(type, [&](Node node) {
    if (result.alias) return Walk::Stop;
    if (!node.is_any({"generic_type", "type_identifier", "scoped_type_identifier"})) {
      return node.is("function_type") ? Walk::Over : Walk::Into;
    }
    const std::string_view name = syntax::last_name(node);
    for (const Node& item : items.aliases(name)) {
      if (written_bounds(item.field("type")) && !is_opaque(written_bounds(item.field("type")))) {
        result.alias = node;
        result.alias_item = item;
        return Walk::Stop;
      }
    }
    if (items.aliases(name).empty() && (name == "BoxFuture" || name == "LocalBoxFuture") &&
        node.is("generic_type") && items.structs(name).empty()) {
      result.alias = node;
    }
    return result.alias ? Walk::Stop : Walk::Into;
  });
  return result;
}

Node lifetime_of(const WrittenFuture& future) {
  if (future.alias) return first_argument_lifetime(future.alias);
  Node result;
  syntax::walk(future.bounds, [&](Node node) {
    if (node.is("lifetime") && node.parent().is("bounded_type")) result = node;
    return node.is_any({"type_arguments", "use_bounds"}) ? Walk::Over : Walk::Into;
  });
  return result;
}

Node output_of(const WrittenFuture& future) {
  Node result;
  const auto find = [&result](Node bounds) {
    syntax::walk(bounds, [&](Node node) {
      if (node.is("type_binding") && node.field("name").text() == "Output" && !result) {
        result = node.field("type");
      }
      return result ? Walk::Stop : Walk::Into;
    });
  };
  if (future.bounds) {
    find(future.bounds);
    return result;
  }
  // `Job<T>` where the alias has `Output = T`, or where its only type argument is that.
  Node written;
  if (future.alias_item) {
    find(written_bounds(future.alias_item.field("type")));
    written = result;
    result = {};
  }
  std::vector<Node> arguments;
  for (const Node& part : future.alias.field("type_arguments").named_children()) {
    if (!part.is("lifetime")) arguments.push_back(part);
  }
  if (!future.alias_item) return arguments.size() == 1 ? arguments.front() : Node();
  size_t index = 0;
  for (const Node& part : future.alias_item.field("type_parameters").named_children()) {
    if (part.is("lifetime_parameter")) continue;
    if (declared_name(part).text() == written.text()) {
      return index < arguments.size() ? arguments[index] : Node();
    }
    ++index;
  }
  return written;
}

std::vector<Node> method_family(const syntax::Items& items, Node function) {
  const std::string_view name = function.field("name").text();
  const Node declared = syntax::trait_of(function);
  std::string_view trait = declared.field("name").text();
  if (!declared) trait = syntax::last_name(syntax::impl_of(function).field("trait"));
  std::vector<Node> result;
  const auto add_methods = [&](Node owner) {
    for (const Node& part : owner.field("body").named_children()) {
      if (part.is_any({"function_item", "function_signature_item"}) &&
          part.field("name").text() == name) {
        result.push_back(part);
      }
    }
  };
  if (!trait.empty() && items.traits(trait).size() == 1) {
    add_methods(items.traits(trait).front());
    for (const Node& item : items.impls(trait)) add_methods(item);
  }
  if (std::find(result.begin(), result.end(), function) == result.end()) return {function};
  return result;
}

std::vector<Node> parameters_of(Node function) {
  std::vector<Node> result;
  for (const Node& part : function.field("parameters").named_children()) {
    if (part.is_any({"parameter", "self_parameter"})) result.push_back(part);
  }
  return result;
}

bool is_borrowing(Node parameter) {
  const WrittenLifetimes lifetimes = lifetimes_in(parameter);
  return !lifetimes.elided.empty() || !lifetimes.named.empty();
}

namespace {

// What the body's last expression and its `return`s give.
std::vector<Node> results_in(Node body) {
  std::vector<Node> result;
  const std::vector<Node> statements = syntax::statements(body);
  if (!statements.empty() && !statements.back().is("let_declaration")) {
    result.push_back(statements.back());
  }
  syntax::walk(body, [&](Node node) {
    if (node.is_any({"function_item", "closure_expression"})) return Walk::Over;
    if (node.is("return_expression")) result.push_back(node);
    return Walk::Into;
  });
  return result;
}

}  // namespace

std::set<size_t> parameters_in_future(Node function, Reach reach) {
  const Node body = function.field("body");
  std::vector<Node> blocks;
  std::vector<Node> lets;
  syntax::walk(body, [&](Node node) {
    if (node.is_any({"function_item", "impl_item"})) return Walk::Over;
    if (node.is("let_declaration")) lets.push_back(node);
    if (!node.is("async_block")) return Walk::Into;
    blocks.push_back(node);
    return Walk::Over;
  });
  if (blocks.empty()) blocks = results_in(body);
  if (reach == Reach::Borrows) {
    std::erase_if(lets, [](const Node& let) {
      // A field by itself is copied.
      const Node value = let.field("value");
      return value.is("field_expression") || !only_borrows(value) || gives_owned(value);
    });
  }
  llvm::StringSet<> names;
  const auto add_names = [&names](Node node) {
    syntax::for_each_name(node, [&](std::string_view name, Node) { names.insert(name); });
  };
  for (const Node& block : blocks) add_names(block);
  // Backwards from the variables to what they are made of; each round may reach more.
  for (size_t before = 0; before != names.size();) {
    before = names.size();
    for (const Node& let : lets) {
      for (const syntax::Binding& binding : syntax::bindings(let.field("pattern"))) {
        if (names.contains(binding.name.text())) {
          add_names(let.field("value"));
          break;
        }
      }
    }
  }
  std::set<size_t> result;
  const std::vector<Node> parameters = parameters_of(function);
  for (size_t index = 0; index < parameters.size(); ++index) {
    const Node parameter = parameters[index];
    bool is_named = (parameter.is("self_parameter") || parameter.field("pattern").is("self")) &&
                    names.contains("self");
    for (const syntax::Binding& binding : syntax::bindings(parameter.field("pattern"))) {
      is_named |= names.contains(binding.name.text());
    }
    if (is_named) result.insert(index);
  }
  return result;
}

namespace {

// The one lifetime that stands for all of `parameters`, and what has to be written for it.
struct OneLifetime {
  std::string name;
  std::vector<Node> elided;  // given the name
  bool is_new = false;
  bool is_possible = true;
};

OneLifetime choose_lifetime(Node function, const WrittenFuture& future,
                            const std::set<size_t>& indexes) {
  OneLifetime result;
  const std::vector<Node> parameters = parameters_of(function);
  std::vector<std::string> named;
  size_t other_elided = 0;
  bool has_reference_to_self = false;
  bool borrows_self = false;
  for (size_t index = 0; index < parameters.size(); ++index) {
    const WrittenLifetimes in = lifetimes_in(parameters[index]);
    const bool is_self =
        parameters[index].is("self_parameter") || parameters[index].field("pattern").is("self");
    has_reference_to_self |= is_self && !in.elided.empty();
    if (!indexes.contains(index)) {
      other_elided += in.elided.size();
      continue;
    }
    borrows_self |= is_self && !in.elided.empty();
    result.elided.insert(result.elided.end(), in.elided.begin(), in.elided.end());
    for (const std::string& name : in.named) {
      if (std::find(named.begin(), named.end(), name) == named.end()) named.push_back(name);
    }
  }
  const Node bound = lifetime_of(future);
  const bool is_named_bound = bound && bound.text() != "'_" && bound.text() != "'static";
  if (is_named_bound) {
    result.name = std::string(bound.text());
    // A bound that no parameter has is another matter.
    result.is_possible = named.empty() || (named.size() == 1 && named.front() == result.name);
    return result;
  }
  if (named.size() > 1) {
    result.is_possible = false;
    return result;
  }
  if (named.size() == 1) {
    result.name = named.front();
    return result;
  }
  const bool is_self_alone = borrows_self && result.elided.size() == 1;
  const bool is_only_one =
      result.elided.size() == 1 && other_elided == 0 && (!has_reference_to_self || borrows_self);
  if (is_self_alone || is_only_one) {
    result.name = "'_";
    result.elided.clear();
    return result;
  }
  result.is_possible = !result.elided.empty();
  result.name = unused_lifetime(function);
  result.is_new = true;
  return result;
}

void write_borrowing(Node function, const WrittenFuture& future, const OneLifetime& lifetime,
                     EditList& edits) {
  for (const Node& place : lifetime.elided) write_lifetime(place, lifetime.name, edits);
  if (lifetime.is_new) declare(function, {lifetime.name}, {}, edits);
  write_bound(future, lifetime.name, edits);
  if (lifetime.name == "'_") return;
  // What the result leaves out meant `self`, or nothing that could be told.
  const Node bound = lifetime_of(future);
  for (const Node& place : lifetimes_in(function.field("return_type")).elided) {
    if (place != bound) write_lifetime(place, lifetime.name, edits);
  }
}

}  // namespace

Borrowing borrow_from(const syntax::Tree& tree, Node function, const WrittenFuture& future,
                      const std::set<size_t>& parameters) {
  Borrowing result;
  if (syntax::is_in_macro(function) || !has_own_lifetime(future)) return result;
  const OneLifetime lifetime = choose_lifetime(function, future, parameters);
  if (!lifetime.is_possible) return result;
  EditList edits(tree);
  write_borrowing(function, future, lifetime, edits);
  result.edits = fit_in_width(tree, function, edits.take());
  result.is_possible = true;
  return result;
}

Borrowing borrow_through_alias(const std::vector<const syntax::Tree*>& trees,
                               const std::vector<Node>& functions, const WrittenFuture& future,
                               const std::set<size_t>& parameters) {
  Borrowing result;
  const Node item = future.alias_item;
  const std::string name(item.field("name").text());
  const Node bounds = written_bounds(item.field("type"));
  if (!bounds || has_own_lifetime(future) || syntax::is_in_macro(item)) return result;
  for (const syntax::Tree* tree : trees) {
    EditList edits(*tree);
    if (tree->file() == item.span().file) {
      const std::string declared = unused_lifetime(item);
      declare(item, {declared}, {}, edits);
      edits.insert(bounds.end(), " + " + declared);
    }
    bool is_possible = true;
    syntax::walk(tree->root(), [&](Node node) {
      if (node == item) return Walk::Over;
      const bool is_use = node.is("generic_type") && syntax::last_name(node) == name;
      const bool is_plain =
          node.is_any({"type_identifier"}) && node.text() == name &&
          !node.parent().is_any({"generic_type", "scoped_identifier", "use_declaration"});
      if (!is_use && !is_plain) return Walk::Into;
      const Node function = syntax::enclosing(
          node, {"function_item", "function_signature_item", "closure_expression"});
      WrittenFuture use;
      use.alias = node;
      use.alias_item = item;
      const bool is_mended =
          std::find(functions.begin(), functions.end(), function) != functions.end() &&
          function.field("return_type").contains(node);
      if (!is_mended) {
        write_bound(use, "'static", edits);
        return Walk::Into;
      }
      const OneLifetime lifetime = choose_lifetime(function, use, parameters);
      is_possible &= lifetime.is_possible;
      if (lifetime.is_possible) write_borrowing(function, use, lifetime, edits);
      return Walk::Over;
    });
    if (!is_possible) return {};
    for (base::Edit& edit : edits.take()) result.edits.push_back(std::move(edit));
  }
  result.is_possible = true;
  return result;
}

}  // namespace jaa::rewrite
