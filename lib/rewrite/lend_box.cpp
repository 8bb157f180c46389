#include "rewrite/lend_box.h"

#include <algorithm>

#include "rewrite/callback.h"
#include "rewrite/list_edits.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

constexpr size_t MostCandidates = 4;

// The `dyn Future<..> + Send` in `type`, without a lifetime.
Node boxed_future(Node type) {
  Node found;
  syntax::walk(type, [&found](Node node) {
    const bool is_outer =
        node.is("dynamic_type") || (node.is("bounded_type") && node.text().starts_with("dyn "));
    if (!is_outer) return Walk::Into;
    const std::vector<Node> bounds = node.named_children();
    const bool has_lifetime = std::any_of(bounds.begin(), bounds.end(),
                                          [](const Node& one) { return one.is("lifetime"); });
    if (!has_lifetime && syntax::is_mentioned(node, "Future")) found = node;
    return Walk::Over;
  });
  return found;
}

std::vector<Node> elided_references(Node function_type) {
  std::vector<Node> result;
  syntax::walk(function_type.field("parameters"), [&result](Node node) {
    const std::vector<Node> parts = node.named_children();
    const bool is_named = std::any_of(parts.begin(), parts.end(),
                                      [](const Node& part) { return part.is("lifetime"); });
    if (node.is("reference_type") && !is_named) result.push_back(node);
    return node.is_any({"function_type", "dynamic_type"}) ? Walk::Over : Walk::Into;
  });
  return result;
}

base::Edit insertion(Node at, uint32_t offset, std::string text) {
  return {{at.span().file, offset, offset}, std::move(text)};
}

// One lifetime for what the arguments borrow; empty where the type has none to name.
std::string name_borrow(Node function_type, std::vector<base::Edit>& edits) {
  const std::vector<Node> elided = elided_references(function_type);
  const bool is_single =
      function_type.field("parameters").text().find("'_") == std::string_view::npos &&
      elided.size() == 1;
  if (function_type.parent().is("higher_ranked_trait_bound")) {
    const std::vector<Node> names =
        function_type.parent().field("type_parameters").named_children();
    return names.size() == 1 && elided.empty() ? std::string(names.front().text()) : "";
  }
  if (elided.empty()) return {};
  if (is_single) return "'_";
  const std::string name =
      file_text(function_type).find("'a") == std::string_view::npos ? "'a" : "'call";
  edits.push_back(insertion(function_type, function_type.begin(), "for<" + name + "> "));
  for (const Node& one : elided) edits.push_back(insertion(one, one.begin() + 1, name + " "));
  return name;
}

// The alias gets a lifetime, and all that name it say which.
bool lend_alias(Node alias, Node function_type, std::vector<base::Edit>& edits) {
  const Node future = boxed_future(alias.field("type"));
  const Node parameters = alias.field("type_parameters");
  if (!future) return false;
  const std::string name = "'a";
  if (file_text(alias).substr(alias.begin(), alias.text().size()).find("'a") !=
      std::string_view::npos)
    return false;
  edits.push_back(insertion(future, future.end(), " + " + name));
  if (parameters)
    edits.push_back(insertion(parameters, parameters.begin() + 1, name + ", "));
  else
    edits.push_back(insertion(alias, alias.field("name").end(), "<" + name + ">"));
  const std::string_view alias_name = alias.field("name").text();
  Node root = alias;
  while (root.parent()) root = root.parent();
  bool is_certain = true;
  syntax::walk(root, [&](Node node) {
    if (!node.is("type_identifier") || node.text() != alias_name || node == alias.field("name"))
      return Walk::Into;
    const Node around = syntax::enclosing(node, {"function_type"});
    std::string lifetime = "'static";
    if (around && around.field("return_type").contains(node)) {
      if (around == function_type || !elided_references(around).empty()) {
        std::vector<base::Edit> named;
        lifetime = name_borrow(around, named);
        is_certain = is_certain && !lifetime.empty();
        edits.insert(edits.end(), named.begin(), named.end());
      }
    }
    const Node generic = node.parent().is("generic_type") ? node.parent() : Node();
    if (generic)
      edits.push_back(
          insertion(generic, generic.field("type_arguments").begin() + 1, lifetime + ", "));
    else
      edits.push_back(insertion(node, node.end(), "<" + lifetime + ">"));
    return Walk::Into;
  });
  return is_certain;
}

std::vector<base::Edit> lend_one(const syntax::Items& items, Node function_type) {
  std::vector<base::Edit> edits;
  const Node returned = function_type.field("return_type");
  if (const Node future = boxed_future(returned)) {
    const std::string lifetime = name_borrow(function_type, edits);
    if (lifetime.empty()) return {};
    edits.push_back(insertion(future, future.end(), " + " + lifetime));
    return edits;
  }
  for (const Node& alias : items.aliases(syntax::last_name(returned)))
    if (lend_alias(alias, function_type, edits)) return edits;
  return {};
}

}  // namespace

std::vector<std::vector<base::Edit>> lend_box(const syntax::Items& items, Node bound,
                                              const std::vector<Node>& closures) {
  std::vector<std::vector<base::Edit>> result;
  std::vector<Node> types;
  if (bound) {
    types.push_back(bound);
  } else if (!closures.empty()) {
    Node root = closures.front();
    while (root.parent()) root = root.parent();
    syntax::walk(root, [&types](Node node) {
      if (node.is("function_type") && types.size() < MostCandidates) types.push_back(node);
      return Walk::Into;
    });
  }
  for (const Node& type : types) {
    std::vector<base::Edit> edits = lend_one(items, type);
    if (!edits.empty()) result.push_back(std::move(edits));
  }
  // The same type may be written again where the closure is kept.
  std::vector<base::Edit> all;
  size_t count = 0;
  Node root = bound;
  while (root.parent()) root = root.parent();
  syntax::walk(root, [&](Node node) {
    if (!node.is("function_type") || node.text() != bound.text()) return Walk::Into;
    const std::vector<base::Edit> edits =
        boxed_future(node.field("return_type")) ? lend_one(items, node) : std::vector<base::Edit>();
    count += edits.empty() ? 0 : 1;
    all.insert(all.end(), edits.begin(), edits.end());
    return Walk::Into;
  });
  if (count > 1) result.push_back(std::move(all));
  return result;
}

}  // namespace jaa::rewrite
