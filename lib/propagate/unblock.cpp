#include "propagate/unblock.h"

#include <algorithm>
#include <set>
#include <string>

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"

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

// What functions are made of that poll a future until it is done.
bool is_of_polling(std::string_view name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("poll", "pin", "new", "new_unchecked", "as_mut", "from_waker", true)
      .Cases("noop", "noop_waker", "noop_waker_ref", "waker", "waker_ref", "from_raw", true)
      .Cases("from", "into", "clone", "current", "park", "unpark", true)
      .Cases("yield_now", "sleep", "spin_loop", "get_mut", "panic", "unreachable", true)
      .Default(false);
}

// One of the program's own: it polls the future, or hands it to what does, and that is all.
// One that counts, say, or changes the output has to go on doing so.
bool only_runs(Node function) {
  const std::vector<Node> all = syntax::statements(function.field("body"));
  if (all.size() == 1 && all.front().is("call_expression") &&
      syntax::called_name(all.front()) == "block_on") {
    const std::vector<Node> arguments = all.front().field("arguments").parts();
    return arguments.size() == 1 && arguments.front().is("identifier");
  }
  bool polls = false;
  bool does_more = false;
  syntax::walk(function.field("body"), [&](Node node) {
    if (node.is_any({"impl_item", "struct_item", "function_item", "use_declaration"})) {
      return syntax::Walk::Over;  // a waker's
    }
    std::string_view name;
    if (node.is("call_expression")) {
      name = syntax::called_name(node);
    } else if (node.is("macro_invocation")) {
      name = syntax::last_name(node.field("macro"));
    }
    polls |= name == "poll";
    does_more |= (!name.empty() && !is_of_polling(name)) ||
                 node.is_any({"assignment_expression", "compound_assignment_expr",
                              "binary_expression", "await_expression"});
    return does_more ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return polls && !does_more;
}

// A function of the program is known by its body, one of a dependency by its name.
bool only_runs(const flow::Facts& facts, Node callee) {
  const std::string_view name = syntax::name_of_callee(callee);
  const syntax::Items::List& functions = facts.items().functions(name);
  return functions.empty() ? name == "block_on"
                           : std::all_of(functions.begin(), functions.end(),
                                         [](const Node& function) { return only_runs(function); });
}

bool binds_tightly(Node operand) {
  return operand.is_any({"call_expression", "identifier", "async_block", "field_expression",
                         "parenthesized_expression", "macro_invocation", "scoped_identifier",
                         "index_expression", "self"});
}

// What `async { .. }` gives, where code that is async can do the same without a block; none
// where something leaves the block, or would come to stand in another expression.
Node only_value(Node block, Node call) {
  std::vector<Node> all;
  bool is_simple = block.is("async_block");
  for (const Node& part : is_simple ? block.named_children() : std::vector<Node>()) {
    all = part.is("block") ? part.named_children() : all;
  }
  is_simple = is_simple && all.size() == 1 &&
              !all.front().is_any({"expression_statement", "let_declaration", "line_comment",
                                   "block_comment", "return_expression"});
  if (!is_simple) {
    return {};
  }
  const Node value = all.front();
  syntax::walk(value, [&](Node node) {
    is_simple = is_simple && !node.is_any({"return_expression", "try_expression", "token_tree"});
    return is_simple ? syntax::Walk::Into : syntax::Walk::Stop;
  });
  const bool stands_alone = binds_tightly(value) || value.is("await_expression") ||
                            call.parent().is_any({"arguments", "let_declaration"});
  return is_simple && stands_alone ? value : Node();
}

void await_call(Node call, std::vector<base::Edit>& edits) {
  const std::vector<Node> arguments = call.field("arguments").parts();
  if (arguments.size() != 1) {
    return;
  }
  const Node operand = arguments.front();
  const base::FileId file = call.span().file;
  if (const Node value = only_value(operand, call)) {
    edits.push_back({{file, call.begin(), value.begin()}, ""});
    edits.push_back({{file, value.end(), call.end()}, ""});
    return;
  }
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
