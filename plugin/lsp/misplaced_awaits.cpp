#include "plugin/lsp/misplaced_awaits.h"

#include <algorithm>
#include <map>

#include "diag/catalogue.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::lsp {
namespace {

using syntax::Node;

// Attributes of the language, which rewrite nothing that they stand on.
bool is_plain_attribute(std::string_view name) {
  constexpr std::string_view Plain[] = {
      "allow",  "cfg",          "cold",           "deny",   "deprecated",   "derive",   "doc",
      "expect", "forbid",       "ignore",         "inline", "link_section", "must_use", "no_mangle",
      "repr",   "should_panic", "target_feature", "test",   "track_caller", "warn"};
  return std::find(std::begin(Plain), std::end(Plain), name) != std::end(Plain);
}

bool may_be_rewritten(Node item) {
  for (Node before = item.previous(); before.is("attribute_item") || before.is_comment();
       before = before.previous()) {
    if (!before.is("attribute_item")) {
      continue;
    }
    const std::vector<Node> parts = before.parts();
    const std::vector<Node> path = parts.empty() ? parts : parts.front().parts();
    if (path.empty() || !is_plain_attribute(path.front().text())) {
      return true;
    }
  }
  return false;
}

bool is_certain(Node function) {
  for (Node at = function; at; at = at.parent()) {
    if (at.is_any({"function_item", "impl_item", "trait_item", "mod_item"}) &&
        may_be_rewritten(at)) {
      return false;
    }
  }
  return !function.has_error();
}

Node keyword_of(Node await) {
  for (const Node child : await.children()) {
    if (child.is("await")) {
      return child;
    }
  }
  return {};
}

// The method or function that a closure is an argument of.
std::string callee_of(Node closure) {
  const Node call = closure.parent().is("arguments") ? closure.parent().parent() : Node();
  const Node callee = call.field("function");
  const Node name = callee.is("field_expression") ? callee.field("field") : callee;
  return name ? std::string(name.text()) : "this expression";
}

TextRange range_of(Node node) {
  return {node.begin(), node.end()};
}

// What is said of the first await in `function`, which is not async.
MisplacedAwait describe(Node function, Node keyword) {
  MisplacedAwait result;
  result.keyword = range_of(keyword);
  result.function = range_of(function);
  const auto say = [&result](const auto& page) {
    result.code = page.name;
    result.message = page.message();
  };
  if (function.is("closure_expression")) {
    say(diag::await_in_sync_closure{.callee = callee_of(function)});
    result.label = "nothing can be awaited in a plain closure";
    return result;
  }
  result.label = "only async code can wait without blocking its thread";
  const std::string name(function.field("name").text());
  const Node impl = syntax::impl_of(function);
  if (name == "drop" && syntax::last_name(impl.field("trait")) == "Drop") {
    say(diag::await_in_drop{.type = std::string(impl.field("type").text())});
  } else {
    say(diag::await_outside_async{.function = name});
  }
  return result;
}

}  // namespace

std::vector<MisplacedAwait> misplaced_awaits(const syntax::Tree& tree) {
  // Functions that the walk is in, the innermost last.
  std::vector<Node> open;
  std::map<uint32_t, MisplacedAwait> found;  // by where the function begins
  syntax::walk(tree.root(), [&](Node node) {
    while (!open.empty() && open.back().end() <= node.begin()) {
      open.pop_back();
    }
    if (node.is_any({"function_item", "closure_expression", "async_block", "const_item",
                     "static_item", "const_block"})) {
      open.push_back(node);
    } else if (node.is("await_expression") && !open.empty()) {
      const Node function = open.back();
      const Node keyword = keyword_of(node);
      if (keyword && function.is_any({"function_item", "closure_expression"}) &&
          !syntax::is_async_function(function) && is_certain(function)) {
        const auto [place, is_new] = found.try_emplace(function.begin());
        if (is_new || keyword.begin() < place->second.keyword.begin) {
          place->second = describe(function, keyword);
        }
      }
    }
    return syntax::Walk::Into;
  });
  std::vector<MisplacedAwait> result;
  for (auto& [begin, await] : found) {
    result.push_back(std::move(await));
  }
  return result;
}

}  // namespace jaa::lsp
