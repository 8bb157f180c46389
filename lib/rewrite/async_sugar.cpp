#include "rewrite/async_sugar.h"

#include <algorithm>

#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

// The lifetimes that the parameters leave out, and the first that they name.
struct Lifetimes {
  // A reference without one, or a `'_`.
  std::vector<Node> elided;
  std::string named;
  bool has_several_named = false;
};

Lifetimes lifetimes_of(Node function) {
  Lifetimes result;
  const auto name = [&result](std::string_view text) {
    if (text == "'static") return;
    result.has_several_named |= !result.named.empty() && result.named != text;
    result.named = text;
  };
  syntax::walk(function.field("parameters"), [&](Node node) {
    if (node.is("lifetime")) {
      if (node.text() == "'_")
        result.elided.push_back(node);
      else
        name(node.text());
      return Walk::Over;
    }
    const bool is_reference =
        node.is("reference_type") || (node.is("self_parameter") && node.has_child("&"));
    if (is_reference) {
      bool has_lifetime = false;
      for (const Node& part : node.named_children()) has_lifetime |= part.is("lifetime");
      if (!has_lifetime) result.elided.push_back(node);
    }
    return node.is_any({"function_type", "dynamic_type"}) ? Walk::Over : Walk::Into;
  });
  return result;
}

// `Future` where it is in scope by an import of the file or by the prelude of the
// edition.
std::string future_path(Node function, std::string_view edition, std::string_view text) {
  if (edition >= "2024") return "Future";
  bool is_imported = false;
  Node root = function;
  while (root.parent()) root = root.parent();
  for (Node scope = function; scope && !is_imported; scope = scope.parent()) {
    if (!scope.is_any({"source_file", "declaration_list"})) continue;
    for (const Node& item : scope.named_children())
      is_imported |= item.is("use_declaration") && syntax::is_mentioned(item, "Future");
    // A module does not see what the file around it imports.
    if (scope.parent().is("mod_item")) break;
  }
  if (is_imported) return "Future";
  return text.find("#![no_std]") == std::string_view::npos ? "std::future::Future"
                                                           : "core::future::Future";
}

std::string output_of(Node function) {
  const Node type = function.field("return_type");
  return type ? std::string(type.text()) : "()";
}

Node async_keyword(Node function) {
  for (const Node& part : function.children())
    if (part.is("function_modifiers"))
      for (const Node& modifier : part.children())
        if (modifier.is("async")) return modifier;
  return {};
}

// Gives the lifetimes one name, which the function declares; returns it.
std::string name_lifetimes(Node function, const std::vector<Node>& elided, EditList& edits) {
  const std::string name =
      function.parent().parent().text().find("'a") == std::string_view::npos ? "'a" : "'future";
  for (const Node& place : elided) {
    if (place.is("lifetime"))
      edits.replace(place, name);
    else
      edits.insert(place.begin() + 1, name + " ");
  }
  const Node parameters = function.field("type_parameters");
  if (parameters)
    edits.insert(parameters.begin() + 1, name + ", ");
  else
    edits.insert(function.field("name").end(), "<" + name + ">");
  return name;
}

std::string written_future(Node function, const DesugarOptions& options, const std::string& future,
                           const std::string& lifetime) {
  std::string bounds = future + "<Output = " + output_of(function) + ">";
  if (options.is_send) bounds += " + Send";
  if (!lifetime.empty()) bounds += " + " + lifetime;
  return options.form == FutureForm::Opaque ? "impl " + bounds
                                            : "std::pin::Pin<Box<dyn " + bounds + ">>";
}

}  // namespace

std::vector<base::Edit> desugar_async(const syntax::Tree& tree, Node function,
                                      const DesugarOptions& options) {
  const Node keyword = async_keyword(function);
  if (!keyword || syntax::is_in_macro(function) || function.has_error()) return {};
  const Lifetimes lifetimes = lifetimes_of(function);
  // `impl Trait` captures every lifetime in a trait, and everywhere since 2024; a box
  // never does.
  const bool captures = options.form == FutureForm::Opaque &&
                        (options.edition >= "2024" || syntax::trait_of(function) ||
                         !syntax::last_name(syntax::impl_of(function).field("trait")).empty());
  std::string lifetime;
  EditList edits(tree);
  if (!captures && (!lifetimes.elided.empty() || !lifetimes.named.empty())) {
    if (lifetimes.has_several_named || (!lifetimes.elided.empty() && !lifetimes.named.empty()))
      return {};
    lifetime = lifetimes.named.empty() ? "'_" : lifetimes.named;
    // Where several are left out, the future lives as long as the shortest: one name for all.
    if (lifetimes.elided.size() > 1) lifetime = name_lifetimes(function, lifetimes.elided, edits);
  }
  edits.replace(keyword.begin(), keyword.next() ? keyword.next().begin() : keyword.end(), "");
  if (!keyword.next()) {
    const Node after = keyword.parent().next();
    edits.replace(keyword.end(), after.begin(), "");
  }
  const std::string type = written_future(
      function, options, future_path(function, options.edition, tree.text()), lifetime);
  if (const Node written = function.field("return_type"))
    edits.replace(written, type);
  else
    edits.insert(function.field("parameters").end(), " -> " + type);
  const Node body = function.field("body");
  if (body) {
    const std::string head =
        options.form == FutureForm::Boxed ? "Box::pin(async move" : "async move";
    const std::string tail = options.form == FutureForm::Boxed ? ")" : "";
    wrap_body(tree, body, head, tail, edits);
  }
  return edits.take();
}

Node wrap_body(const syntax::Tree& tree, Node body, const std::string& head,
               const std::string& tail, EditList& edits) {
  const std::vector<Node> parts = body.named_children();
  if (parts.empty()) {
    edits.replace(body.begin() + 1, body.end() - 1, " " + head + " {}" + tail + " ");
    return {};
  }
  const auto first = std::find_if(parts.begin(), parts.end(), [&](Node part) {
    return !part.is("inner_attribute_item") &&
           (!part.is_comment() || syntax::starts_line(tree.text(), part.begin()));
  });
  const Node begin = first != parts.end() ? *first : parts.front();
  edits.wrap(begin, parts.back(), head, "", tail);
  return begin;
}

bool drops_arguments_early(Node function) {
  const Node body = function.field("body");
  if (!body) return false;
  for (const Node& parameter : function.field("parameters").named_children()) {
    if (parameter.is("self_parameter")) {
      if (!parameter.has_child("&") && !syntax::is_mentioned(body, "self")) return true;
      continue;
    }
    if (!parameter.is("parameter") ||
        parameter.field("type").is_any({"reference_type", "primitive_type"}))
      continue;
    if (parameter.field("pattern").is("self")) {
      if (!syntax::is_mentioned(body, "self")) return true;
      continue;
    }
    const std::vector<syntax::Binding> bound = syntax::bindings(parameter.field("pattern"));
    if (bound.empty()) return true;
    for (const syntax::Binding& binding : bound)
      if (!syntax::is_mentioned(body, binding.name.text())) return true;
  }
  return false;
}

std::string future_type(Node function, const DesugarOptions& options) {
  return written_future(function, options, "Future", "");
}

}  // namespace jaa::rewrite
