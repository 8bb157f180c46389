#include "propagate/inherent_method.h"

#include <algorithm>
#include <map>

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"

#include "rewrite/edit_list.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

// Only the compiler, or a macro for whoever formats, calls these.
bool is_called_from_elsewhere(std::string_view method) {
  return llvm::StringSwitch<bool>(method).Cases("drop", "fmt", true).Default(false);
}

// A macro reads the `impl` and makes something of it.
bool is_read_by_macro(Node impl) {
  for (Node before = impl.previous(); before.is("attribute_item") || before.is_comment();
       before = before.previous()) {
    const llvm::StringRef text(before.text());
    const bool is_plain = before.is_comment() || text.starts_with("#[allow") ||
                          text.starts_with("#[expect") || text.starts_with("#[warn") ||
                          text.starts_with("#[cfg(") || text.starts_with("#[doc");
    if (!is_plain) {
      return true;
    }
  }
  return false;
}

// The struct, enum or union that `impl` is for, where there is one of that name only.
Node type_of(const flow::Facts& facts, Node impl) {
  const Node type = impl.field("type");
  const auto& all = facts.items().structs(syntax::last_name(type));
  return type.is_any({"type_identifier", "generic_type"}) && all.size() == 1 ? all.front() : Node();
}

// The types that the `impl` gives names to, by these; none where it has anything else beside
// `method`.
std::optional<std::map<std::string_view, Node>> named_types(Node impl, Node method) {
  std::map<std::string_view, Node> types;
  for (const Node& member : impl.field("body").parts()) {
    if (member.is("type_item")) {
      types[member.field("name").text()] = member;
    } else if (member != method && !member.is("attribute_item")) {
      return std::nullopt;
    }
  }
  return types;
}

bool is_for(Node impl, std::string_view type) {
  return syntax::last_name(impl.field("type")) == type;
}

// What no longer means the trait's method means none: not one of the type that this one
// dereferences to.
bool dereferences(const flow::Facts& facts, std::string_view type) {
  const auto& impls = facts.items().impls("Deref");
  return std::any_of(impls.begin(), impls.end(),
                     [&](const Node& impl) { return is_for(impl, type); });
}

// The method's name is free for it, also in calls that mean other methods now.
bool is_free(const flow::Facts& facts, Node impl, Node method, std::string_view type) {
  const auto& impls = facts.items().impls(syntax::last_name(impl.field("trait")));
  const auto& methods = facts.items().functions(method.field("name").text());
  return std::count_if(impls.begin(), impls.end(),
                       [&](const Node& other) { return is_for(other, type); }) == 1 &&
         std::none_of(methods.begin(), methods.end(), [&](const Node& other) {
           return other != method && is_for(syntax::impl_of(other), type);
         });
}

// `Self::Item` and `<Self as Iterator>::Item`, by the last name; none for other paths.
std::string_view own_type(Node path, Node impl) {
  const bool is_path = path.is_any({"scoped_type_identifier", "scoped_identifier"});
  const Node owner = is_path ? path.field("path") : Node();
  if (owner.text() == "Self") {
    return path.field("name").text();
  }
  const std::vector<Node> parts = owner.is("bracketed_type") ? owner.parts() : std::vector<Node>();
  const bool is_own = !parts.empty() && parts.front().is("qualified_type") &&
                      parts.front().field("type").text() == "Self" &&
                      parts.front().field("alias").text() == impl.field("trait").text();
  return is_own ? path.field("name").text() : std::string_view();
}

std::string visibility(Node type, Node impl) {
  for (const Node& part : type.children()) {
    if (part.is("visibility_modifier")) {
      return part.text() == "pub" ? "pub " : "pub(crate) ";
    }
  }
  return type.parent() == impl.parent() ? "" : "pub(crate) ";
}

bool is_program(const syntax::Tree& root) {
  const std::vector<Node> items = root.root().named_children();
  return std::any_of(items.begin(), items.end(), [](const Node& item) {
    return item.is("function_item") && item.field("name").text() == "main";
  });
}

// A declaration with its line and the empty line behind it.
void take_out(const syntax::Tree& tree, Node declaration, rewrite::EditList& edits) {
  const std::string_view text = tree.text();
  uint32_t begin = declaration.begin();
  while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) {
    --begin;
  }
  uint32_t end = declaration.end();
  for (int lines = 0; lines < 2; ++lines) {
    const size_t next = text.find_first_not_of(" \t\r", end);
    if (next == std::string_view::npos || text[next] != '\n') {
      break;
    }
    end = static_cast<uint32_t>(next) + 1;
  }
  edits.replace(begin, end, "");
}

}  // namespace

InherentMethod make_inherent(const flow::Facts& facts, Node method) {
  InherentMethod result;
  const Node impl = syntax::impl_of(method);
  const Node trait = impl.field("trait");
  const Node type = type_of(facts, impl);
  const auto types = named_types(impl, method);
  const std::string_view type_name = type.field("name").text();
  if (!trait || !type || !types || is_called_from_elsewhere(method.field("name").text()) ||
      is_read_by_macro(impl) || dereferences(facts, type_name) ||
      !is_free(facts, impl, method, type_name)) {
    return result;
  }
  const syntax::Tree& tree = facts.tree(impl.span().file);
  rewrite::EditList edits(tree);
  edits.replace(trait.begin(), impl.field("type").begin(), "");
  for (const auto& [name, declaration] : *types) {
    take_out(tree, declaration, edits);
  }
  bool is_known = true;
  syntax::walk(method, [&](Node node) {
    const std::string_view name = own_type(node, impl);
    if (name.empty()) {
      return syntax::Walk::Into;
    }
    const auto found = types->find(name);
    // `Self::Leaf` may be a variant as well, and then stays.
    if (found != types->end()) {
      const Node meant = found->second.field("type");
      is_known &= own_type(meant, impl).empty();
      edits.replace(node, std::string(meant.text()));
    }
    return syntax::Walk::Over;
  });
  if (!is_known) {
    return result;
  }
  result.method = method;
  result.edits = edits.take();
  result.visibility = visibility(type, impl);
  result.type = std::string(type_name);
  result.trait = std::string(syntax::last_name(trait));
  result.is_public =
      result.visibility == "pub " && !is_program(facts.tree(facts.root_of(type.span().file)));
  return result;
}

}  // namespace jaa::propagate
