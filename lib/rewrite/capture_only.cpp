// What an `impl Future` captures, said with `use<..>`.
#include <algorithm>

#include "rewrite/future_signature.h"
#include "rewrite/signature_lifetimes.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

Node declared_name(Node parameter) {
  return parameter.field("name") ? parameter.field("name") : parameter;
}

// `f(x: impl A)` -> `f<T: A>(x: T)`, so that the types have names; returns these.
struct NamedTypes {
  std::vector<std::string> names;
  std::vector<std::string> declared;  // "T: A"
};

NamedTypes name_parameter_types(Node function, EditList& edits) {
  NamedTypes result;
  const std::vector<std::string> free{"T", "U", "V", "W", "X", "Y", "Z"};
  size_t next = 0;
  const auto unused = [&] {
    const Node owner = syntax::enclosing(function.parent(), {"impl_item", "trait_item"});
    while (next < free.size() && (syntax::is_mentioned(function, free[next]) ||
                                  syntax::is_mentioned(owner.field("type_parameters"), free[next])))
      ++next;
    return next < free.size() ? free[next++] : "T" + std::to_string(++next);
  };
  syntax::walk(function.field("parameters"), [&](Node node) {
    if (node.is_any({"function_type"})) return Walk::Over;
    if (!node.is_any({"abstract_type", "bounded_type"}) || !node.text().starts_with("impl ")) {
      return Walk::Into;
    }
    result.names.push_back(unused());
    result.declared.push_back(result.names.back() + ": " +
                              std::string(node.text().substr(std::string_view("impl ").size())));
    edits.replace(node, result.names.back());
    return Walk::Over;
  });
  return result;
}

}  // namespace

std::vector<base::Edit> capture_only(const syntax::Tree& tree, Node function,
                                     const WrittenFuture& future, const std::set<size_t>& kept) {
  if (!future.is_opaque || syntax::is_in_macro(function)) return {};
  EditList edits(tree);
  std::vector<std::string> names;
  // A `use<..>` or a `+ '_` that is there already says something else.
  bool says_something = lifetime_of(future).is_valid();
  syntax::walk(future.bounds, [&](Node node) {
    says_something |= node.is("use_bounds");
    return Walk::Into;
  });
  if (says_something) return {};
  const auto add = [&names](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  std::vector<std::string> declared;
  const std::vector<Node> parameters = parameters_of(function);
  size_t elided = 0;
  for (const size_t index : kept) elided += lifetimes_in(parameters[index]).elided.size();
  size_t all_elided = 0;
  bool keeps_self = false;
  for (size_t index = 0; index < parameters.size(); ++index) {
    const WrittenLifetimes in = lifetimes_in(parameters[index]);
    all_elided += in.elided.size();
    keeps_self |=
        parameters[index].is("self_parameter") && in.elided.size() == 1 && kept.contains(index);
  }
  // `'_` in the list means what it means in the result: `self`, or the only one.
  const bool is_underscore = elided == 1 && (keeps_self || all_elided == 1);
  for (const size_t index : kept) {
    const WrittenLifetimes in = lifetimes_in(parameters[index]);
    for (const std::string& name : in.named) add(name);
    for (const Node& place : in.elided) {
      if (is_underscore) {
        add("'_");
        continue;
      }
      declared.push_back(unused_lifetime(function, declared.size()));
      write_lifetime(place, declared.back(), edits);
      add(declared.back());
    }
  }
  const Node owner = syntax::impl_of(function);
  if (!kept.empty()) {
    // What `Self` stands for has lifetimes of its own.
    for (const std::string& name : lifetimes_in(owner.field("type")).named) add(name);
  }
  for (const Node& item : {owner, function}) {
    for (const Node& part : item.field("type_parameters").named_children()) {
      if (part.is_any({"type_parameter", "const_parameter", "type_identifier"})) {
        add(std::string(declared_name(part).text()));
      }
    }
  }
  const NamedTypes types = name_parameter_types(function, edits);
  for (const std::string& name : types.names) add(name);
  if (syntax::trait_of(function)) add("Self");
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  const std::string first = declared.empty() ? std::string() : declared.front();
  declare(function, declared, types.declared, edits);
  edits.insert(future.bounds.end(), " + use<" + list + ">");
  if (!first.empty()) {
    for (const Node& place : lifetimes_in(function.field("return_type")).elided) {
      write_lifetime(place, first, edits);
    }
  }
  return fit_in_width(tree, function, edits.take());
}

}  // namespace jaa::rewrite
