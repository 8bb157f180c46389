#include "rewrite/closure_to_async.h"

#include <algorithm>
#include <optional>
#include <set>

#include "rewrite/chain.h"
#include "rewrite/chain_to_loop.h"
#include "rewrite/evaluation.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

using Edits = std::vector<base::Edit>;

void insert(Edits& edits, base::FileId file, uint32_t at, std::string text) {
  const base::Edit edit{{file, at, at}, std::move(text)};
  if (std::find(edits.begin(), edits.end(), edit) == edits.end()) edits.push_back(edit);
}

void make_async(Edits& edits, Node closure) {
  if (!closure.has_child("async")) insert(edits, closure.span().file, closure.begin(), "async ");
}

// What is called at `name`, as a whole; none when it is not called.
Node call_at(Node name) {
  if (syntax::is_in_macro(name)) {
    const Node next = name.next();
    return next.is("token_tree") && next.text().starts_with('(') && next.begin() == name.end()
               ? next
               : Node();
  }
  const Node parent = name.parent();
  return parent.is("call_expression") && parent.field("function") == name ? parent : Node();
}

bool is_awaited(Node call) {
  if (call.is("token_tree"))
    return call.next().text() == "." && call.next().next().text() == "await";
  return call.parent().is("await_expression");
}

// Every mention of `name` in `scope` behind `from` is a call, which gets its await. False
// where one is not, or is in a closure that cannot await.
bool await_calls(Node scope, uint32_t from, std::string_view name, Edits& edits) {
  bool has_call = false;
  for (const Node& token : syntax::mentions(scope, name)) {
    if (token.begin() < from) continue;
    const Node call = call_at(token);
    const Node function = syntax::enclosing_function(token);
    if (!call || (function.is("closure_expression") && !syntax::is_async_function(function)))
      return false;
    has_call = true;
    if (!is_awaited(call)) insert(edits, call.span().file, call.end(), ".await");
  }
  return has_call;
}

// The argument of an iterator's method that calls `name`: itself, or a closure that does
// nothing else.
Node stage_calling(Node name) {
  const Node closure = syntax::enclosing_function(name);
  const bool is_all = closure.is("closure_expression") && closure.field("body") == call_at(name);
  const Node argument = is_all ? closure : name;
  return argument.parent().is("arguments") ? argument : Node();
}

// Edits of the variable's closure and of its calls.
std::vector<Edits> named_closure(const syntax::Tree& tree, const syntax::Items& items,
                                 Node closure) {
  Edits edits;
  const Node let = closure.parent();
  const std::vector<syntax::Binding> bound = syntax::bindings(let.field("pattern"));
  if (let.field("type") || bound.size() != 1) return {};
  make_async(edits, closure);
  const Node block = syntax::enclosing_block(let);
  const std::string_view name = bound[0].name.text();
  if (await_calls(block, let.end(), name, edits)) return {edits};
  // Its only use may be in a chain.
  Node only;
  for (const Node& token : syntax::mentions(block, name)) {
    if (token.begin() < let.end()) continue;
    if (only) return {};
    only = token;
  }
  const Node stage = only ? stage_calling(only) : Node();
  if (!stage) return {};
  edits.clear();
  make_async(edits, closure);
  std::vector<Edits> result;
  for (Edits& loop : chain_to_loop({&tree, &items, stage, {stage}, {}})) {
    result.push_back(edits);
    result.back().insert(result.back().end(), loop.begin(), loop.end());
  }
  return result;
}

// The module of `function` polls futures: it is the program's runtime, which is not what
// has to change.
bool is_runtime(Node function, Node closure) {
  Node module = syntax::enclosing(function, {"mod_item"});
  if (!module) {
    module = function;
    while (module.parent()) module = module.parent();
  }
  const bool is_ours = module.span().file == closure.span().file && module.contains(closure);
  return !is_ours && syntax::is_mentioned(module, "Waker");
}

// `Fn(A) -> B` among the bounds of `owner`.
Node function_bound(Node owner) {
  Node result;
  syntax::walk(owner, [&](Node node) {
    const bool is_fn = node.is("function_type") && node.field("trait") &&
                       node.field("trait").text().starts_with("Fn");
    if (is_fn && !result) result = node;
    return node.is("block") ? syntax::Walk::Over : syntax::Walk::Into;
  });
  return result;
}

Node bound_of(Node function, Node type) {
  if (type.is("abstract_type")) return function_bound(type);
  if (!type.is("type_identifier")) return {};
  for (const Node& parameter : function.field("type_parameters").named_children())
    if (parameter.field("name") && parameter.field("name").text() == type.text())
      if (const Node bound = function_bound(parameter)) return bound;
  for (const Node& part : function.named_children())
    if (part.is("where_clause"))
      for (const Node& predicate : part.named_children())
        if (predicate.field("left").text() == type.text())
          if (const Node bound = function_bound(predicate)) return bound;
  return {};
}

// The bound asks for a closure that gives a future: `Fn(A) -> Fut`, where `Fut: Future`.
bool gives_future(Node function, Node bound) {
  const std::string_view type = bound.field("return_type").text();
  if (type.find("Future<") != std::string_view::npos) return true;
  bool result = false;
  const auto look = [&](Node list, std::string_view key) {
    for (const Node& part : list.named_children())
      result |= !type.empty() && part.field(key).text() == type &&
                part.field("bounds").text().find("Future<") != std::string_view::npos;
  };
  look(function.field("type_parameters"), "name");
  for (const Node& part : function.named_children())
    if (part.is("where_clause")) look(part, "left");
  return result;
}

// An `async fn` from now on.
void make_function_async(Edits& edits, Node function) {
  for (const Node& child : function.children()) {
    if (child.is("function_modifiers") || child.text() == "fn") {
      insert(edits, function.span().file, child.begin(), "async ");
      return;
    }
  }
}

Edits passed_closure(const syntax::Items& items, Node closure) {
  Edits edits;
  const Node call = closure.parent().parent();
  if (!closure.parent().is("arguments") || !call.is("call_expression")) return {};
  const std::vector<Node> arguments = call.field("arguments").parts();
  const auto index = static_cast<size_t>(std::find(arguments.begin(), arguments.end(), closure) -
                                         arguments.begin());
  const std::string_view name = syntax::called_name(call);
  const auto& functions = items.functions(name);
  if (functions.size() != 1 || syntax::trait_of(functions.front()) ||
      is_runtime(functions.front(), closure))
    return {};
  const Node function = functions.front();
  std::vector<Node> parameters;
  for (const Node& part : function.field("parameters").parts())
    if (part.is("parameter")) parameters.push_back(part);
  if (index >= parameters.size() || !function.field("body")) return {};
  const Node pattern = parameters[index].field("pattern");
  const Node bound = bound_of(function, parameters[index].field("type"));
  if (!bound || !pattern.is("identifier")) return {};
  if (gives_future(function, bound)) {
    // Its caller waits already.
    make_async(edits, closure);
    return edits;
  }
  const Node trait = bound.field("trait");
  insert(edits, trait.span().file, trait.begin(), "Async");
  if (!await_calls(function.field("body"), 0, pattern.text(), edits)) return {};
  const bool is_async = syntax::is_async_function(function);
  if (!is_async) make_function_async(edits, function);
  // Calls in macros are not among the items.
  make_async(edits, closure);
  if (!is_async && !is_awaited(call)) insert(edits, call.span().file, call.end(), ".await");
  for (const Node& other : items.calls()) {
    if (syntax::called_name(other) != name) continue;
    const std::vector<Node> passed = other.field("arguments").parts();
    if (index >= passed.size() || !passed[index].is("closure_expression")) return {};
    // What it gives is a future, which comes back to be awaited: so it is async in all but name.
    if (!is_async && is_awaited(other)) continue;
    make_async(edits, passed[index]);
    if (!is_async) insert(edits, other.span().file, other.end(), ".await");
  }
  return edits;
}

// What the closure that `call` gives is called with gets its await. False where it is neither
// called at once nor kept in a variable that is only called.
bool await_calls_of_result(Node call, Edits& edits) {
  const Node parent = call.parent();
  if (parent.is("call_expression") && parent.field("function") == call) {
    if (!is_awaited(parent)) insert(edits, parent.span().file, parent.end(), ".await");
    return true;
  }
  const Node pattern = parent.field("pattern");
  const std::vector<syntax::Binding> bound = syntax::bindings(pattern);
  const bool is_kept = parent.is("let_declaration") && parent.field("value") == call &&
                       !parent.field("type") && pattern.is_any({"identifier", "mut_pattern"}) &&
                       bound.size() == 1;
  return is_kept &&
         await_calls(syntax::enclosing_block(parent), parent.end(), bound[0].name.text(), edits);
}

// `fn f() -> impl Fn(A) -> B { |a| .. }`
Edits returned_closure(const syntax::Items& items, Node closure) {
  const Node function = returning_function(closure);
  const Node type = function.field("return_type");
  const Node bound = type.text().starts_with("impl ") ? function_bound(type) : Node();
  const std::string_view name = function.field("name").text();
  if (!bound || syntax::trait_of(function) || items.functions(name).size() != 1) return {};
  Edits edits;
  make_async(edits, closure);
  // What its caller wants may be the future itself.
  const Node output = bound.field("return_type");
  if (output.text().find("Future<") != std::string_view::npos) return {};
  insert(edits, bound.span().file, bound.field("trait").begin(), "Async");
  for (const Node& call : items.calls())
    if (syntax::called_name(call) == name && !await_calls_of_result(call, edits)) return {};
  return edits;
}

}  // namespace

Node returning_function(Node closure) {
  const Node block = closure.parent();
  const bool is_value = block.is("block") && tail_of(block) == closure;
  return is_value && block.parent().is("function_item") ? block.parent() : Node();
}

std::vector<Edits> make_closure_async(const syntax::Tree& tree, const syntax::Items& items,
                                      Node closure) {
  if (!closure.is("closure_expression") || syntax::is_in_macro(closure)) return {};
  if (closure.parent().is("let_declaration")) return named_closure(tree, items, closure);
  Edits edits = returning_function(closure) ? returned_closure(items, closure)
                                            : passed_closure(items, closure);
  if (edits.empty()) return {};
  return {std::move(edits)};
}

}  // namespace jaa::rewrite
