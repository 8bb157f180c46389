#include "propagate/unblock.h"

#include <algorithm>
#include <set>
#include <string>

#include "llvm/ADT/StringRef.h"

#include "propagate/blocking.h"
#include "propagate/opened_trees.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

// `Runtime::new().unwrap().block_on` and `smol::block_on`, not `runtime.block_on`.
bool is_without_variable(Node callee) {
  while (callee.is_any({"field_expression", "call_expression", "try_expression"})) {
    if (callee.is("field_expression")) {
      callee = callee.field("value");
    } else if (callee.is("call_expression")) {
      const Node function = callee.field("function");
      if (!function.is("field_expression")) {
        return true;
      }
      callee = function;
    } else {
      callee = callee.parts().empty() ? Node() : callee.parts().front();
    }
  }
  return false;
}

// The call whose callee `name` is the last name of.
Node call_of(Node name) {
  Node callee = name;
  while (callee.parent().is_any({"scoped_identifier", "field_expression", "generic_function"}) &&
         callee.parent().end() >= callee.end() &&
         !callee.parent().field("value").contains(callee)) {
    callee = callee.parent();
  }
  const Node call = callee.parent();
  return call.is("call_expression") && call.field("function") == callee ? call : Node();
}

// It runs the future and does nothing else, as far as that shows: it polls by itself, or is
// called as such functions are. One that also counts, say, has to go on doing that.
bool only_runs(const flow::Facts& facts, Node callee) {
  const std::string_view name =
      callee.is("field_expression") ? callee.field("field").text() : syntax::last_name(callee);
  if (name == "block_on") {
    return true;
  }
  const syntax::Items::List& functions = facts.items().functions(name);
  bool polls = false;
  syntax::walk(functions.size() == 1 ? functions.front().field("body") : Node(), [&](Node node) {
    polls |= node.is("field_identifier") && node.text() == "poll";
    return polls ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return polls;
}

bool binds_tightly(Node operand) {
  return operand.is_any({"call_expression", "identifier", "async_block", "field_expression",
                         "parenthesized_expression", "macro_invocation", "scoped_identifier",
                         "index_expression", "self"});
}

void await_call(Node call, std::vector<base::Edit>& edits) {
  const std::vector<Node> arguments = call.field("arguments").parts();
  if (arguments.size() != 1) {
    return;
  }
  const Node operand = arguments.front();
  const base::FileId file = call.span().file;
  const bool is_tight = binds_tightly(operand);
  base::Span before{file, call.begin(), operand.begin()};
  base::Span behind{file, operand.end(), call.end()};
  for (const Node& child : call.field("arguments").children()) {
    if (child.is_comment() && child.begin() < operand.begin()) {
      before.end = std::min(before.end, child.begin());
    } else if (child.is_comment()) {
      behind.begin = child.end();
    }
  }
  edits.push_back({before, is_tight ? "" : "("});
  edits.push_back({behind, is_tight ? ".await" : ").await"});
}

}  // namespace

std::vector<base::Edit> await_where_it_blocks(const flow::Facts& facts, Node function) {
  std::vector<base::Edit> edits;
  std::set<std::string> names{"block_on"};
  for (const Blocking& way : ways_to_block(facts, function)) {
    names.insert(llvm::StringRef(way.call).rsplit("::").second.str());
    names.insert(way.call);
  }
  std::vector<base::Span> places;
  syntax::for_each_name(function.field("body"), [&](std::string_view name, Node token) {
    if (names.contains(std::string(name)) && token.text() == name) {
      places.push_back(token.span());
    }
  });
  // Behind a dot it is no name, but a method.
  syntax::walk(function.field("body"), [&](Node node) {
    if (node.is("field_identifier") && node.text() == "block_on") {
      places.push_back(node.span());
    }
    return syntax::Walk::Into;
  });
  if (places.empty()) {
    return edits;
  }
  const base::FileId file = function.span().file;
  OpenedTrees opened(facts);
  opened.open(file, places);
  for (const base::Span& place : places) {
    const Node call = call_of(opened.tree(file).smallest_node(place));
    const Node callee = call.field("function");
    const bool is_method = callee.is("field_expression");
    if (call && syntax::enclosing_function(call).span() == function.span() &&
        (!is_method || is_without_variable(callee)) && is_way_to_block(facts, call) &&
        only_runs(facts, callee)) {
      await_call(call, edits);
    }
  }
  return edits;
}

}  // namespace jaa::propagate
