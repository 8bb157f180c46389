#include "flow/awaiting_closures.h"

#include <algorithm>

#include "llvm/ADT/StringSwitch.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;

namespace {

const rustc::DiagnosticSpan* primary_of(const rustc::Diagnostic& error) {
  for (const rustc::DiagnosticSpan& span : error.spans) {
    if (span.is_primary) {
      return &span;
    }
  }
  return nullptr;
}

bool names_future(std::string_view type) {
  return type.find("impl Future<") != std::string_view::npos ||
         type.find("{async block@") != std::string_view::npos ||
         type.find("{async fn body") != std::string_view::npos ||
         type.find("{async closure body@") != std::string_view::npos ||
         type.find("impl futures::Future<") != std::string_view::npos ||
         type.find("impl std::future::Future<") != std::string_view::npos;
}

bool quotes_future(std::string_view text) {
  const std::vector<std::string> parts = rustc::quoted_parts(text);
  return std::any_of(parts.begin(), parts.end(), names_future);
}

// The method call whose name is `node`, or stands around it.
Node method_call_at(Node node) {
  for (Node at = node; at; at = at.parent()) {
    if (at.is_any({"arguments", "block", "closure_expression"})) {
      return {};
    }
    const Node function = at.field("function");
    if (at.is("call_expression")) {
      const Node path = function.is("generic_function") ? function.field("function") : function;
      return path.is("field_expression") ? at : Node();
    }
  }
  return {};
}

Node field_of(Node call) {
  const Node function = call.field("function");
  return function.is("generic_function") ? function.field("function") : function;
}

std::string_view name_of(Node call) {
  return field_of(call).field("field").text();
}

// Methods that hand on the items of the iterator they are called on.
bool keeps_items(std::string_view method) {
  return llvm::StringSwitch<bool>(method)
      .Cases("take", "skip", "rev", "inspect", "filter", "step_by", "fuse", true)
      .Cases("take_while", "skip_while", "peekable", "by_ref", true)
      .Default(false);
}

// Methods of iterators, slices, options and results that want values, or a closure that
// gives one. A method of another type may want futures.
bool wants_values(std::string_view method) {
  return llvm::StringSwitch<bool>(method)
      .Cases("sum", "product", "collect", "max", "min", "unzip", "flat_map", "flatten", true)
      .Cases("max_by_key", "min_by_key", "sort_by_key", "sort_unstable_by_key", true)
      .Cases("sort_by_cached_key", "retain", "partition", "for_each", "extend", true)
      .Cases("filter", "any", "all", "find", "position", "take_while", "skip_while", true)
      .Cases("filter_map", "find_map", "map_while", "try_for_each", "map", "map_err", true)
      .Cases("unwrap_or_else", "or_else", "and_then", "map_or_else", "map_or", "then", true)
      .Cases("ok_or_else", "or_insert_with", "get_or_insert_with", "is_some_and", true)
      .Cases("is_ok_and", "is_none_or", "fold", "try_fold", "reduce", true)
      .Default(false);
}

// Those for whose closure a future can never be right, whatever comes behind them.
bool never_wants_futures(std::string_view method) {
  return llvm::StringSwitch<bool>(method)
      .Cases("fold", "filter", "any", "all", "position", "retain", "partition", true)
      .Cases("find", "take_while", "skip_while", "reduce", true)
      .Default(false);
}

// A chain that begins with an iterator: streams have methods of the same names, which take
// futures.
bool is_of_iterator(Node call) {
  for (Node at = field_of(call).field("value"); at.is("call_expression");
       at = field_of(at).field("value")) {
    const bool makes_iterator = llvm::StringSwitch<bool>(name_of(at))
                                    .Cases("iter", "iter_mut", "into_iter", "drain", true)
                                    .Cases("chars", "bytes", "lines", "keys", "values", true)
                                    .Default(false);
    if (makes_iterator) {
      return true;
    }
  }
  return false;
}

bool is_function(Node argument) {
  return argument.is_any({"closure_expression", "identifier", "scoped_identifier"});
}

Node only_argument(Node call) {
  const std::vector<Node> arguments = call.field("arguments").parts();
  return arguments.size() == 1 && is_function(arguments.front()) ? arguments.front() : Node();
}

// What makes the items that reach `call`: the function given to it, or to a `map` before.
Node maker_of(Node call) {
  if (only_argument(call)) {
    return only_argument(call);
  }
  for (Node at = field_of(call).field("value"); at.is("call_expression");
       at = field_of(at).field("value")) {
    const std::string_view name = name_of(at);
    if (name == "map") {
      return only_argument(at);
    }
    if (!keeps_items(name)) {
      break;
    }
  }
  return {};
}

// The closure whose value `expression` is, given to a method.
Node closure_giving(Node expression) {
  Node at = expression;
  while (at) {
    const Node parent = at.parent();
    if (parent.is("closure_expression") && parent.field("body") == at) {
      return parent.parent().is("arguments") && method_call_at(parent.parent().parent()) ? parent
                                                                                         : Node();
    }
    const bool is_end = parent.is("block") && parent.end() > at.end() && !at.text().ends_with(';');
    if (!is_end && !parent.is("parenthesized_expression")) {
      return {};
    }
    at = parent;
  }
  return {};
}

Node value_of(Node closure) {
  Node value = closure.field("body");
  if (value.is("block")) {
    const std::vector<Node> statements = syntax::statements(value);
    value = statements.empty() ? Node() : statements.back();
  }
  return value;
}

bool is_async_call(Node call, const syntax::Items& items) {
  const Node function = call.field("function");
  const std::string_view name =
      function.is("field_expression") ? name_of(call) : syntax::last_name(function);
  const auto& functions = items.functions(name);
  return call.is("call_expression") &&
         std::any_of(functions.begin(), functions.end(), [](const Node& each) {
           return syntax::is_async_function(each) ||
                  each.field("return_type").text().find("Future<") != std::string_view::npos;
         });
}

// Which parts of a tuple are calls of async functions.
std::vector<Node> future_parts(Node argument, const syntax::Items& items) {
  std::vector<Node> result;
  const Node value = value_of(argument);
  if (value.is("tuple_expression")) {
    for (const Node& part : value.parts()) {
      if (is_async_call(part, items)) {
        result.push_back(part);
      }
    }
  }
  return result;
}

// The variable that `expression` reads from, by whatever fields and methods.
Node root_of(Node expression) {
  Node at = expression;
  while (true) {
    if (at.is("call_expression")) {
      at = field_of(at).field("value");
    } else if (at.is_any({"field_expression", "reference_expression"})) {
      at = at.field("value");
    } else if (at.is_any({"try_expression", "parenthesized_expression", "unary_expression",
                          "index_expression"})) {
      const std::vector<Node> parts = at.parts();
      at = parts.empty() ? Node() : parts.front();
    } else {
      return at.is("identifier") ? at : Node();
    }
  }
}

// The expression that the variable `use` has its value from: of the last `let` before, or
// of the loop around it.
Node source_of(Node use, std::string_view name) {
  Node result;
  const Node function = syntax::enclosing_function(use);
  syntax::walk(function, [&](Node node) {
    if (node.begin() >= use.begin()) {
      return syntax::Walk::Stop;
    }
    const bool binds = (node.is("let_declaration") && node.end() <= use.begin()) ||
                       (node.is("for_expression") && node.field("body").contains(use));
    if (binds) {
      for (const syntax::Binding& binding : syntax::bindings(node.field("pattern"))) {
        result = binding.name.text() == name ? node.field("value") : result;
      }
    }
    return syntax::Walk::Into;
  });
  return result;
}

bool is_future_maker(Node argument, const syntax::Items& items) {
  if (!argument.is("closure_expression")) {
    const auto& functions = items.functions(syntax::last_name(argument));
    return std::any_of(functions.begin(), functions.end(), syntax::is_async_function);
  }
  const Node value = value_of(argument);
  return argument.has_child("async") || value.is("async_block") || is_async_call(value, items);
}

// The function that made the futures in the list that `use` comes from.
Node maker_of_list(Node use, std::string_view name, const syntax::Items& items) {
  Node value = source_of(use, name);
  for (int step = 0; step < 3 && value; ++step) {
    if (name_of(value) == "collect") {
      const Node maker = maker_of(value);
      return maker && is_future_maker(maker, items) ? maker : Node();
    }
    const Node root = root_of(value);
    value = root ? source_of(root, root.text()) : Node();
  }
  return {};
}

// The closure around `node` that gives a future where a value is wanted. That is why nothing
// tells the type of what it is given back.
Node closure_of_untyped(Node node, const syntax::Items& items) {
  for (Node at = node.parent(); at && !at.is("function_item"); at = at.parent()) {
    const Node call = at.is("closure_expression") && at.parent().is("arguments")
                          ? method_call_at(at.parent().parent())
                          : Node();
    if (call && never_wants_futures(name_of(call)) && is_future_maker(at, items)) {
      return is_of_iterator(call) ? at : Node();
    }
  }
  return {};
}

// The maker of the futures that are used at `node`: an expression, a token of a macro's
// arguments, or a name in a format string, of which `text` is the part that is meant.
Node maker_behind(Node node, std::string_view text, const syntax::Items& items) {
  if (!syntax::is_in_macro(node)) {
    const Node root = root_of(method_call_at(node) ? method_call_at(node) : node);
    return root ? maker_of_list(root, root.text(), items) : Node();
  }
  const std::vector<std::string_view> names = syntax::format_names(text);
  if (syntax::enclosing(node, {"string_literal"}) && names.size() == 1) {
    return maker_of_list(node, names.front(), items);
  }
  Node first = node;
  while (first.previous().text() == ".") {
    first = first.previous().previous();
  }
  return first.is("identifier") ? maker_of_list(first, first.text(), items) : Node();
}

// A mismatch says only "found future" of the expression, without a type.
bool finds_future(const rustc::DiagnosticSpan& span) {
  return span.label.find("found future") != std::string::npos || quotes_future(span.label);
}

}  // namespace

namespace {

// The await at `place`; in a macro's arguments, where there are only tokens, its keyword.
Node await_at(const syntax::Tree& tree, const base::Span& place) {
  const Node node = tree.smallest_node(place);
  const Node await = syntax::enclosing(node, {"await_expression"});
  return await && await.end() == place.end ? await : node;
}

bool is_plain_closure(Node function) {
  return function.is("closure_expression") && !syntax::is_async_function(function);
}

// The tree in which the closure around the await at `place` is one; null for an await in
// no such closure.
const syntax::Tree* tree_with_closure(const Facts& facts, const base::Span& place,
                                      OpenedFiles& opened) {
  const syntax::Tree& tree = facts.tree(place.file);
  const Node await = await_at(tree, place);
  if (is_plain_closure(syntax::enclosing_function(await))) {
    return &tree;
  }
  const auto shows_closure = [&place](const syntax::Tree& other) {
    const Node closure = syntax::enclosing_function(await_at(other, place));
    return is_plain_closure(closure) && closure.span().file == place.file &&
           !syntax::is_in_macro(closure);
  };
  // Another await may have needed the same.
  for (const auto& file : opened) {
    if (shows_closure(*file->tree)) {
      return &*file->tree;
    }
  }
  // A macro in a macro's arguments is one only when the outer one is open.
  std::unique_ptr<syntax::OpenedFile> last;
  for (int depth = 0; depth < 8; ++depth) {
    const syntax::Tree& seen = last ? *last->tree : tree;
    const std::vector<Node> macros = syntax::plain_macros_around(await_at(seen, place));
    if (macros.empty()) {
      return nullptr;
    }
    auto file = syntax::open_macros(last ? last->files : facts.files(), place.file, macros);
    last = std::move(file);
    if (shows_closure(*last->tree)) {
      opened.push_back(std::move(last));
      return &*opened.back()->tree;
    }
  }
  return nullptr;
}

}  // namespace

std::vector<AwaitingClosure> awaiting_closures(const Facts& facts, OpenedFiles& opened) {
  std::vector<AwaitingClosure> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const rustc::DiagnosticSpan* primary = primary_of(error);
    if (!error.is_error() || error.code != "E0728" || primary == nullptr) {
      continue;
    }
    const auto place = facts.names().span(*primary);
    const syntax::Tree* tree = place ? tree_with_closure(facts, *place, opened) : nullptr;
    if (tree == nullptr) {
      continue;
    }
    const Node await = await_at(*tree, *place);
    const Node closure = syntax::enclosing_function(await);
    const auto known = std::find_if(result.begin(), result.end(), [&](const AwaitingClosure& one) {
      return one.closure == closure;
    });
    AwaitingClosure& entry = known == result.end()
                                 ? result.emplace_back(AwaitingClosure{tree, closure, {}, {}})
                                 : *known;
    entry.awaits.push_back(await);
    entry.diagnostics.push_back(index);
  }
  return result;
}

std::vector<FutureReturned> futures_returned(const Facts& facts) {
  std::vector<FutureReturned> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const rustc::DiagnosticSpan* primary = primary_of(error);
    if (!error.is_error() || primary == nullptr) {
      continue;
    }
    const auto place = facts.names().span(*primary);
    if (!place) {
      continue;
    }
    const Node node = facts.tree(place->file).smallest_node(*place);
    // A place in a format string counts as written by the macro.
    if (primary->is_from_macro() && !syntax::enclosing(node, {"string_literal"})) {
      continue;
    }
    Node call;
    Node argument;
    if (error.code == "E0271" && quotes_future(error.message) && is_function(node) &&
        node.parent().is("arguments")) {
      // A function by its name, where one that returns a value is wanted.
      call = method_call_at(node.parent().parent());
      argument = call ? node : Node();
    } else if (error.code == "E0277" && quotes_future(error.message)) {
      call = method_call_at(node);
      argument = maker_of(call);
    } else if (error.code == "E0308" && (finds_future(*primary) || node.is("async_block"))) {
      argument = closure_giving(node);
      call = argument ? argument.parent().parent() : Node();
      if (!argument && node.is("call_expression") && method_call_at(node) == node) {
        // `option.map(|x| load(x))` as a whole.
        call = node;
        argument = only_argument(node);
      }
    }
    if (error.code == "E0282") {
      argument = closure_of_untyped(node, facts.items());
      call = argument ? argument.parent().parent() : Node();
    }
    const bool is_of_list = error.code == "E0277" || error.code == "E0599" || error.code == "E0308";
    if (!argument && is_of_list &&
        (quotes_future(error.message) || quotes_future(primary->label))) {
      // A list of futures that was made before.
      argument = maker_behind(node, facts.files().text(*place), facts.items());
      call = argument ? argument.parent().parent() : Node();
    }
    if (!call || !argument || !wants_values(name_of(call))) {
      continue;
    }
    const auto known = std::find_if(result.begin(), result.end(), [&](const FutureReturned& one) {
      return one.argument == argument;
    });
    if (known == result.end()) {
      result.push_back({argument,
                        field_of(call).field("field"),
                        {index},
                        future_parts(argument, facts.items())});
    } else {
      known->diagnostics.push_back(index);
    }
  }
  // What else cannot be called on such a chain is no matter of its own.
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const rustc::DiagnosticSpan* primary = primary_of(error);
    const auto place = primary == nullptr ? std::nullopt : facts.names().span(*primary);
    if (!error.is_error() || error.code != "E0599" || !place || !quotes_future(error.message)) {
      continue;
    }
    const Node call = method_call_at(facts.tree(place->file).smallest_node(*place));
    for (FutureReturned& one : result) {
      const Node before = field_of(call).field("value");
      if (before.contains(one.argument) && before.contains(one.method)) {
        one.diagnostics.push_back(index);
        break;
      }
    }
  }
  return result;
}

}  // namespace jaa::flow
