// What mends the closures of one bound: the bound, and the closures that are given for it.
#include <algorithm>
#include <set>

#include "llvm/ADT/STLExtras.h"

#include "flow/cloning.h"
#include "pitfalls/callback_report.h"
#include "pitfalls/send_report.h"
#include "propagate/callables.h"
#include "propagate/opened_trees.h"
#include "rewrite/async_closure.h"
#include "rewrite/clone_capture.h"
#include "rewrite/evaluation.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {

using flow::ClosureError;
using flow::ClosureFault;
using rewrite::Callback;
using syntax::Node;

namespace {

// A closure that is not in an error, but cannot be given for the bound either: its future
// uses a reference that the call is given.
bool has_to_change(const Callback& callback, Node closure) {
  const Node block = rewrite::returned_block(closure);
  if (!block || closure.has_child("async") || !callback.takes_reference()) {
    return false;
  }
  for (const Node& parameter : closure.field("parameters").named_children()) {
    const Node pattern = parameter.is("parameter") ? parameter.field("pattern") : parameter;
    for (const syntax::Binding& binding : syntax::bindings(pattern)) {
      if (syntax::is_mentioned(block, binding.name.text())) {
        return true;
      }
    }
  }
  return false;
}

std::vector<Node> closures_to_change(const flow::Facts& facts, const ClosureGroup& group) {
  std::vector<Node> result = group.closures();
  for (const Callback& callback : group.callbacks) {
    for (const Node& argument : rewrite::arguments_for(facts.items(), callback)) {
      if (argument.is("closure_expression") && !llvm::is_contained(result, argument) &&
          has_to_change(callback, argument)) {
        result.push_back(argument);
      }
    }
  }
  return result;
}

bool is_plain_copy(std::string_view type) {
  static const std::set<std::string_view> copied{"i8",  "i16", "i32",  "i64",  "i128", "isize",
                                                 "u8",  "u16", "u32",  "u64",  "u128", "usize",
                                                 "f32", "f64", "bool", "char", "()",   ""};
  return copied.contains(type);
}

// The compiler says of all that the block does to its copy of `name` that nobody reads it: so
// the variable itself was meant.
bool is_copy_in_vain(const flow::Facts& facts, const std::string& name, Node block) {
  const auto is_unread = [&facts](const Node& mention) {
    const std::vector<rustc::Diagnostic>& all = facts.diagnostics();
    return std::any_of(all.begin(), all.end(), [&](const rustc::Diagnostic& one) {
      return one.code == "unused_assignments" &&
             std::any_of(one.spans.begin(), one.spans.end(), [&](const auto& span) {
               return span.is_primary && facts.node_at(span).span().contains(mention.span());
             });
    });
  };
  const std::vector<Node> mentions = syntax::mentions(block, name);
  return std::all_of(mentions.begin(), mentions.end(), is_unread);
}

// An `async move` block has copies of the numbers that it captures; what it does to them
// is not seen outside. An async closure works on the variables themselves.
std::vector<std::string> changed_copies(const flow::Facts& facts, const ClosureGroup& group,
                                        Node closure) {
  std::vector<std::string> result;
  const Node block = rewrite::returned_block(closure);
  if (!block.has_child("move")) {
    return result;
  }
  // What rustc says is moved is no copy.
  const auto is_moved = [&group](const std::string& name) {
    return std::any_of(group.errors.begin(), group.errors.end(), [&name](const ClosureError& one) {
      return one.fault == ClosureFault::Moves &&
             one.variable.substr(0, one.variable.find('.')) == name;
    });
  };
  for (const Node& binding : captures(closure, block)) {
    const std::string name(binding.text());
    if (!llvm::is_contained(result, name) && !is_moved(name) &&
        rewrite::change_of(name, block) != rewrite::Change::No &&
        is_plain_copy(facts.type_of(binding))) {
      result.push_back(name);
    }
  }
  return result;
}

bool asks_for_send(const Callback& callback) {
  return std::any_of(callback.future_bounds.begin(), callback.future_bounds.end(),
                     [](const Node& bound) { return bound.text() == "Send"; });
}

// A clone in its place would be changed instead.
bool may_be_changed(Node binding, std::string_view type, Node block) {
  const bool is_mut = binding.previous().is("mutable_specifier");
  return type.starts_with("&mut ") ||
         (is_mut && rewrite::change_of(std::string(binding.text()), block) != rewrite::Change::No);
}

// It is kept as a `dyn Fn`, which changes nothing that it has.
bool is_kept_as_fn(const flow::Facts& facts, Node closure) {
  propagate::OpenedTrees opened(facts);
  const Node type = propagate::Callables(facts, opened).type_of(closure);
  return type.field("trait").text() == "Fn";
}

void add_words(std::string& all, std::string_view more) {
  all += all.empty() ? "" : "; ";
  all += more;
}

}  // namespace

std::vector<base::FixIt> ask_for_async(const flow::Facts& facts, const ClosureGroup& group) {
  std::vector<base::FixIt> result;
  if (group.callbacks.empty()) {
    return result;
  }
  const std::vector<Node> closures = closures_to_change(facts, group);
  if (!std::all_of(closures.begin(), closures.end(), rewrite::can_be_async)) {
    return result;
  }
  const bool may_change = group.has(ClosureFault::Mutates);
  std::string kind = group.callbacks.front().kind;
  kind = may_change && kind == "Fn" ? "FnMut" : kind;
  const std::vector<base::Edit> bounds =
      rewrite::bind_async(facts.items(), group.callbacks, may_change);
  const bool is_async = std::all_of(group.callbacks.begin(), group.callbacks.end(),
                                    [](const Callback& one) { return one.is_async; });
  if (bounds.empty() && !is_async) {
    return result;
  }
  base::FixIt fix =
      bound_fix("async_closure",
                bounds.empty() ? "write an async closure" : "ask for `Async" + kind + "`", bounds);
  bool may_move = false;
  bool is_kept = false;  // what the block takes, it has to take again
  for (const Node& closure : closures) {
    const Node block = rewrite::returned_block(closure);
    may_move |= block.has_child("move") && !closure.has_child("move");
    is_kept |= kind == "FnOnce" && block.has_child("move") && !captures(closure, block).empty();
    for (const std::string& copy : changed_copies(facts, group, closure)) {
      if (is_copy_in_vain(facts, copy, block)) {
        continue;
      }
      fix.keeps_meaning = false;
      add_words(fix.trade_off,
                "what it does to `" + copy + "` is then done to the variable itself");
    }
    if (rewrite::works_before_future(closure) &&
        !std::all_of(group.callbacks.begin(), group.callbacks.end(), [](const Callback& one) {
          return rewrite::awaits_each_call(one) || !one.function.field("body");
        })) {
      fix.keeps_meaning = false;
      add_words(fix.trade_off, "what the closure does before its block waits for the first poll");
    }
  }
  if (std::any_of(group.callbacks.begin(), group.callbacks.end(), asks_for_send)) {
    add_words(fix.trade_off, "nothing says any more that the future is `Send`");
  }
  for (const bool moves : {is_kept, !is_kept}) {
    if (moves && !may_move) {
      continue;
    }
    base::FixIt one = fix;
    for (const Node& closure : closures) {
      const bool takes = moves && rewrite::returned_block(closure).has_child("move");
      rewrite::make_async(facts.tree(closure.span().file), closure, takes, one.edits);
    }
    if (!one.edits.empty()) {
      result.push_back(std::move(one));
    }
  }
  return result;
}

std::vector<base::FixIt> ask_for_box(const flow::Facts& facts, const ClosureGroup& group) {
  std::vector<base::FixIt> result;
  if (group.callbacks.empty() || group.has(ClosureFault::CaptureEscapes) ||
      group.has(ClosureFault::Mutates) || group.has(ClosureFault::LendsState)) {
    return result;
  }
  const bool is_async = std::any_of(group.callbacks.begin(), group.callbacks.end(),
                                    [](const Callback& one) { return one.is_async; });
  if (is_async) {
    return result;
  }
  std::vector<base::Edit> edits =
      rewrite::bind_boxed(facts.items(), group.callbacks, facts.package().edition);
  if (edits.empty()) {
    return result;
  }
  for (const Callback& callback : group.callbacks) {
    for (const Node& argument : rewrite::arguments_for(facts.items(), callback)) {
      if (argument.is("closure_expression")) {
        rewrite::box_returned(argument, edits);
      } else if (!facts.items().functions(syntax::last_name(argument)).empty()) {
        const Node function = facts.items().functions(syntax::last_name(argument)).front();
        edits.push_back({argument.span(), rewrite::boxing_closure(argument, function)});
      }
    }
  }
  base::FixIt fix = bound_fix("box", "ask for a boxed future that may borrow the argument", edits);
  fix.trade_off = "one allocation a call; callers have to give a box";
  for (const Node& closure : group.closures()) {
    for (const std::string& copy : changed_copies(facts, group, closure)) {
      fix.keeps_meaning = false;
      add_words(fix.trade_off, "each call changes a copy of `" + copy + "`");
    }
  }
  result.push_back(std::move(fix));
  return result;
}

std::vector<base::FixIt> clone_for_block(const flow::Facts& facts, const ClosureGroup& group) {
  const std::vector<Node> closures = group.closures();
  const Node closure = closures.size() == 1 ? closures.front() : Node();
  const Node block = closure.has_child("async") ? Node() : rewrite::returned_block(closure);
  if (!block || block.has_child("move") || !group.has(ClosureFault::CaptureEscapes)) {
    return {};
  }
  const bool is_fn = is_kept_as_fn(facts, closure);
  bool splits = false;
  std::vector<std::string> names;
  for (const Node& binding : captures(closure, block)) {
    const std::string name(binding.text());
    if (llvm::is_contained(names, name)) {
      continue;
    }
    const std::string type = facts.type_of(binding);
    if (!is_fn && may_be_changed(binding, type, block)) {
      return {};
    }
    const flow::Cloning cloning = flow::cloning_of(facts.items(), type);
    if (cloning == flow::Cloning::Impossible) {
      return {};
    }
    splits |= cloning == flow::Cloning::SplitsState;
    if (cloning != flow::Cloning::Copies) {
      names.push_back(name);
    }
  }
  std::vector<base::Edit> edits =
      rewrite::own_clones(facts.tree(closure.span().file), closure, block, names);
  if (edits.empty()) {
    return {};
  }
  base::FixIt fix =
      bound_fix("clone_each_call", "let each future have clones of its own", std::move(edits));
  fix.trade_off = splits ? "each call then has a state of its own" : "one clone a call";
  fix.keeps_meaning = !splits;
  fix.body = syntax::outermost_function(closure).span();
  return {std::move(fix)};
}

}  // namespace jaa::pitfalls
