#include "flow/taken_along.h"

#include <algorithm>

#include "flow/call_sites.h"
#include "flow/captures.h"
#include "flow/escaping_future.h"
#include "llvm/ADT/StringRef.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::flow {

using syntax::Node;
using syntax::Walk;

namespace {

bool is_awaited(Node expression) {
  Node parent = expression.parent();
  while (parent.is("parenthesized_expression")) parent = parent.parent();
  return parent.is("await_expression");
}

// `tokio::spawn(..)`, `executor.spawn_local(..)`, `thread::spawn(..)`.
bool is_any_spawn(Node call) {
  return call.is("call_expression") && llvm::StringRef(syntax::called_name(call)).contains("spawn");
}

bool is_spawn(Node call) {
  const llvm::StringRef function(call.field("function").text());
  return is_any_spawn(call) && !function.contains("thread::") && !function.contains("scope.");
}

bool makes_future(Node closure) {
  bool result = closure.has_child("async");
  syntax::walk(closure, [&result](Node node) {
    result |= node.is_any({"async_block", "await_expression"});
    return result ? Walk::Stop : Walk::Into;
  });
  return result;
}

class Search {
 public:
  explicit Search(const Facts& facts) : calls_(facts.trees(), facts.crates(), facts.items()) {}

  // `node` is a future, or becomes one, by what it is and where it stands.
  [[nodiscard]] bool is_future(Node node) const {
    if (node.is("async_block")) return !is_awaited(node);
    if (node.is("closure_expression")) return makes_future(node);
    if (node.is("call_expression") && !is_awaited(node)) {
      const std::vector<Node> callees = calls_.callees(node);
      if (std::any_of(callees.begin(), callees.end(), CallSites::gives_future)) return true;
    }
    // What an executor is given is a future of some shape; threads are given closures, and
    // games spawn what they like by a method.
    return node.is("call_expression") && node.parent().is("arguments") &&
           is_spawn(node.parent().parent()) &&
           !node.parent().parent().field("function").is("field_expression");
  }

 private:
  CallSites calls_;
};

Node scope_of(Node binding) {
  for (Node at = binding; at; at = at.parent()) {
    if (at.is("parameters")) return at.parent().field("body");
    if (at.is("closure_parameters")) return at.parent().field("body");
    if (at.is_any({"block", "match_arm", "for_expression", "if_expression", "while_expression"}))
      return at;
  }
  return {};
}

Node find(const Facts& facts, Node binding, bool with_derived) {
  const Search search(facts);
  Node result;
  syntax::walk(scope_of(binding), [&](Node node) {
    if (node.is_any({"token_tree", "function_item"})) return Walk::Over;
    if (node.begin() < binding.end() || !search.is_future(node)) return Walk::Into;
    for (const Capture& capture : captures_of(node))
      if (capture.binding == binding || (with_derived && is_derived(capture.binding, binding)))
        result = node;
    return result ? Walk::Stop : Walk::Into;
  });
  return result;
}

}  // namespace

Node taker_of(const Facts& facts, Node binding) {
  return find(facts, binding, false);
}

Node taker_of_derived(const Facts& facts, Node binding) {
  return find(facts, binding, true);
}

Node receiver_of_value(const Facts& facts, Node expression) {
  const Search search(facts);
  for (Node at = expression.parent();
       at && !at.is_any({"block", "closure_expression", "async_block", "token_tree"});
       at = at.parent())
    if (search.is_future(at)) return at;
  return {};
}

Node future_at(const Facts& facts, const rustc::DiagnosticSpan& span) {
  const auto place = span.is_from_macro() ? std::nullopt : facts.names().span(span);
  const Node block = syntax::enclosing(facts.node_at(span), {"async_block", "closure_expression"});
  if (!place || !block || block.begin() != place->begin || place->end >= block.end()) return {};
  return block.is("async_block") || makes_future(block) ? block : Node();
}

bool outlives_function(const Facts& facts, Node future, Node binding) {
  if (returned_from(facts, future)) return true;
  for (Node at = future; binding && at && !at.contains(binding); at = at.parent())
    if (at.parent().is("arguments") && is_any_spawn(at.parent().parent())) return true;
  Node let;
  for (Node at = future; at && !at.is_any({"block", "token_tree"}); at = at.parent()) {
    // A thread that runs a future outlives the function, too.
    if (at.parent().is("arguments") && is_any_spawn(at.parent().parent())) return true;
    if (at.is("let_declaration")) let = at;
  }
  bool result = false;
  const std::vector<syntax::Binding> bound = syntax::bindings(let.field("pattern"));
  syntax::walk(let ? let.parent() : Node(), [&](Node node) {
    if (is_any_spawn(node))
      for (const syntax::Binding& one : bound)
        result |= syntax::is_mentioned(node.field("arguments"), one.name.text());
    return result ? Walk::Stop : Walk::Into;
  });
  return result;
}

base::Span head_of_future(Node future) {
  base::Span span = future.span();
  if (future.is("call_expression")) return future.field("function").span();
  if (future.is("struct_expression")) return future.field("name").span();
  const Node body = future.is("closure_expression") ? future.field("body") : Node();
  const std::string_view text = future.text();
  const size_t open = body ? body.begin() - future.begin() : text.find('{');
  const size_t last = text.substr(0, open).find_last_not_of(" \t\r\n");
  if (last != std::string_view::npos) span.end = span.begin + static_cast<uint32_t>(last + 1);
  return span;
}

}  // namespace jaa::flow
