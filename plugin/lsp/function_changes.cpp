#include "plugin/lsp/function_changes.h"

#include <algorithm>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"
#include "propagate/find_function.h"
#include "rewrite/boxed_method.h"
#include "syntax/items.h"
#include "syntax/queries.h"
#include "syntax/uses.h"

namespace jaa::lsp {

using llvm::StringRef;
using syntax::Node;

namespace {

// The function whose head the place is on: from its visibility to the end of its signature.
Node function_with_head(const syntax::Tree& tree, TextRange place) {
  const Node at = tree.smallest_node({tree.file(), place.begin, place.end});
  const Node function = syntax::enclosing(at, {"function_item", "function_signature_item"});
  const Node body = function.field("body");
  return body && body.begin() < place.end ? Node() : function;
}

// In its own body, not in closures and blocks that are async themselves.
bool awaits(Node function) {
  const Node body = function.field("body");
  if (body.text().find("await") == std::string_view::npos) {
    return false;  // most say so at once, however long they are
  }
  bool result = false;
  syntax::walk(body, [&](Node node) {
    const bool is_await =
        node.is("await_expression") || (node.text() == "await" && syntax::is_in_macro(node));
    result |= is_await && syntax::enclosing_function(node) == function;
    return result ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return result;
}

// Traits that stand in every scope.
bool is_in_prelude(StringRef name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("AsMut", "AsRef", "Clone", "Default", "DoubleEndedIterator", "Drop", "Eq",
             "ExactSizeIterator", "Extend", true)
      .Cases("Fn", "FnMut", "FnOnce", "From", "FromIterator", "Future", "Into", "IntoFuture", true)
      .Cases("IntoIterator", "Iterator", "Ord", "PartialEq", "PartialOrd", "ToOwned", "ToString",
             "TryFrom", "TryInto", true)
      .Default(false);
}

// The lists of items in which a name that the item uses may stand, inside out.
std::vector<Node> scopes_of(Node item) {
  std::vector<Node> result;
  for (Node at = item.parent(); at; at = at.parent()) {
    if (at.is_any({"block", "declaration_list", "source_file"})) {
      result.push_back(at);
    }
    if (at.is("mod_item")) {
      break;
    }
  }
  return result;
}

// What the name stands for in the scopes, as an import writes it; the name itself for what
// is declared there, empty where nothing tells.
std::string meaning_of(const std::vector<Node>& scopes, const std::string& wanted) {
  std::string result;
  for (const Node& scope : scopes) {
    for (const Node& item : scope.named_children()) {
      if (item.is_any({"trait_item", "mod_item"}) && item.field("name").text() == wanted) {
        return wanted;
      }
      if (item.is("use_declaration")) {
        syntax::each_use(item, [&](const std::string& name, const std::string& path) {
          if (name == wanted) {
            result = path;
          }
        });
      }
    }
    if (!result.empty()) {
      return result;
    }
  }
  return result;
}

// The function implements a method of a trait of std's. What other crates there are, a file
// does not tell.
bool is_of_std_trait(Node function) {
  const Node impl = syntax::impl_of(function);
  Node trait = impl.field("trait");
  if (trait.is("generic_type")) {
    trait = trait.field("type");
  }
  if (!trait) {
    return false;
  }
  const std::vector<Node> scopes = scopes_of(impl);
  std::string path(trait.text());
  // An import may be named by another one; circles end.
  constexpr int MostSteps = 8;
  for (int step = 0; step < MostSteps; ++step) {
    StringRef rest(path);
    rest.consume_front("::");
    const StringRef first = rest.take_until([](char c) { return c == ':'; }).trim();
    rest = rest.drop_front(first.size());
    if (first == "std" || first == "core" || first == "alloc") {
      return true;
    }
    if (first == "crate" || first == "self" || first == "super") {
      return false;
    }
    const std::string meaning = meaning_of(scopes, first.str());
    if (meaning.empty()) {
      return rest.empty() && is_in_prelude(first);
    }
    if (meaning == first) {
      return false;
    }
    path = meaning + rest.str();
  }
  return false;
}

}  // namespace

std::string name_of(FunctionChangeKind kind) {
  switch (kind) {
    case FunctionChangeKind::Add:
      return "add_async";
    case FunctionChangeKind::Remove:
      return "remove_async";
    case FunctionChangeKind::Complete:
      return "complete_async";
  }
  return {};
}

std::optional<FunctionChangeKind> change_called(std::string_view name) {
  for (const FunctionChangeKind kind :
       {FunctionChangeKind::Add, FunctionChangeKind::Remove, FunctionChangeKind::Complete}) {
    if (name_of(kind) == name) {
      return kind;
    }
  }
  return std::nullopt;
}

std::optional<FunctionChange> function_change_at(const Document& document, TextRange place,
                                                 bool has_errors) {
  const Node function = function_with_head(document.tree(), place);
  const Node name = function.field("name");
  if (!name || function.has_error() || syntax::is_in_macro(function) ||
      function.parent().parent().is("foreign_mod_item")) {
    return std::nullopt;
  }
  if (!propagate::fixed_form(function).empty() || propagate::is_entry(function) ||
      is_of_std_trait(function)) {
    return std::nullopt;
  }
  const std::string shown = "`" + std::string(name.text()) + "`";
  if (!rewrite::gives_future(function)) {
    return FunctionChange{FunctionChangeKind::Add, name.begin(),
                          "Make " + shown + " async, through its callers"};
  }
  if (rewrite::is_async(function) && has_errors) {
    return FunctionChange{FunctionChangeKind::Complete, name.begin(),
                          "Carry the `async` of " + shown + " through its callers"};
  }
  if (rewrite::is_async(function) && !awaits(function)) {
    return FunctionChange{FunctionChangeKind::Remove, name.begin(),
                          "Take `async` from " + shown + ", through its callers"};
  }
  return std::nullopt;
}

}  // namespace jaa::lsp
