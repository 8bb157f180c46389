// Reports a callback that is bound by `AsyncFn` or its kin and called in a future that has
// to be `Send`: nothing can be asked of the futures that its calls give.
//
// Detected: rustc names the type of such a future as what is not `Send`. The bound, found
// by the variable that is called or by the name of its type, is what changes; for a
// callback that is handed on, all bounds on its way.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/type_sites.h"
#include "pitfalls/callback_report.h"
#include "pitfalls/send_report.h"
#include "rewrite/async_closure.h"
#include "rewrite/callback.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using rewrite::Callback;
using syntax::Node;

Node called_name(const flow::Facts& facts, const flow::Cause& cause) {
  if (cause.value.is("token_tree")) {
    const syntax::Tree& tree = facts.tree(cause.place.file);
    const Node first =
        tree.smallest_node({cause.place.file, cause.place.begin, cause.place.begin + 1});
    return first.is("identifier") ? first : Node();
  }
  const Node call = syntax::enclosing(cause.value, {"call_expression"});
  Node function = call.field("function");
  while (function.is("parenthesized_expression") && !function.named_children().empty()) {
    function = function.named_children().front();
  }
  return function.is("identifier") ? function : Node();
}

std::vector<Callback> callbacks_of(const flow::Facts& facts, const flow::Cause& cause) {
  std::optional<Callback> found;
  if (const Node name = called_name(facts, cause)) {
    const Node binding = flow::local_binding(name, name.text());
    const Node parameter = syntax::enclosing(binding, {"parameter", "closure_expression", "block"});
    if (parameter.is("parameter")) {
      found = rewrite::callback_of(parameter);
    }
  }
  if (!found) {
    found = rewrite::callback_of_type(cause.value, cause.subject_trait);
  }
  if (!found || !found->is_async) {
    return {};
  }
  return rewrite::bound_alike(facts.items(), *found);
}

// Async closures that are given for it, which may lend what they have captured.
std::vector<Node> async_closures(const flow::Facts& facts, const std::vector<Callback>& callbacks) {
  std::vector<Node> result;
  for (const Callback& callback : callbacks) {
    for (const Node& argument : rewrite::arguments_for(facts.items(), callback)) {
      if (argument.is("closure_expression") && argument.has_child("async") &&
          !syntax::is_in_macro(argument)) {
        result.push_back(argument);
      }
    }
  }
  return result;
}

// Every future of a call is a type of its own, with a name and what is asked of it.
std::vector<base::FixIt> name_future(const flow::Facts& facts,
                                     const std::vector<Callback>& callbacks) {
  std::vector<base::FixIt> result;
  const std::vector<Node> closures = async_closures(facts, callbacks);
  for (const char* bounds : {"Send", "Send + 'static"}) {
    const std::vector<base::Edit> edits =
        rewrite::bind_future(facts.items(), callbacks, bounds, facts.package().edition);
    if (edits.empty()) {
      return result;
    }
    base::FixIt fix =
        bound_fix("name_future", "give the future a type parameter that is `Send`", edits);
    fix.trade_off = "the future can borrow neither an argument nor what the closure has captured";
    if (!closures.empty()) {
      base::FixIt plain = fix;
      for (const Node& closure : closures) {
        rewrite::return_block(closure, false, plain.edits);
      }
      result.push_back(std::move(plain));
    }
    result.push_back(std::move(fix));
  }
  return result;
}

std::vector<base::FixIt> box_future(const flow::Facts& facts,
                                    const std::vector<Callback>& callbacks) {
  std::vector<base::Edit> edits =
      rewrite::bind_boxed(facts.items(), callbacks, facts.package().edition);
  if (edits.empty()) {
    return {};
  }
  for (const Callback& callback : callbacks) {
    for (const Node& argument : rewrite::arguments_for(facts.items(), callback)) {
      if (argument.is("closure_expression") && argument.has_child("async")) {
        rewrite::return_block(argument, true, edits);
      } else if (argument.is("closure_expression")) {
        rewrite::box_returned(argument, edits);
      } else if (!facts.items().functions(syntax::last_name(argument)).empty()) {
        edits.push_back(
            {argument.span(),
             rewrite::boxing_closure(
                 argument, facts.items().functions(syntax::last_name(argument)).front())});
      }
    }
  }
  base::FixIt fix = bound_fix("box_future", "ask for a boxed future that is `Send`", edits);
  fix.trade_off = "one allocation a call; callers have to give a box";
  return {std::move(fix)};
}

}  // namespace

void async_closure_not_send(const flow::Facts& facts, Sink& sink) {
  for (const flow::Cause& cause : facts.causes()) {
    if (cause.kind != flow::CauseKind::AsyncCall) {
      continue;
    }
    const std::vector<Callback> callbacks = callbacks_of(facts, cause);
    // In a macro the call is no node of its own.
    const std::string_view text = facts.files().text(cause.place);
    const std::string call(text.substr(0, text.find('\n')));
    auto finding = sink.report(cause.place, diag::async_closure_not_send{.call = call});
    finding.label("the future of this call is awaited here");
    if (!callbacks.empty()) {
      const Node bound = callbacks.front().bound;
      finding.label(bound.span(), "this bound cannot ask for `Send`");
    }
    explain(finding, facts, cause);
    if (callbacks.empty()) {
      finding.help("a bound `Fn(..) -> Fut` with `Fut: Future<Output = ..> + Send` can ask for it");
      continue;
    }
    const bool lends = std::any_of(callbacks.begin(), callbacks.end(),
                                   [](const Callback& one) { return one.takes_reference(); });
    std::vector<base::FixIt> named = name_future(facts, callbacks);
    std::vector<base::FixIt> boxed = box_future(facts, callbacks);
    finding.fixes(lends ? std::move(boxed) : std::move(named));
    finding.fixes(lends ? std::move(named) : std::move(boxed));
  }
}

}  // namespace jaa::pitfalls
