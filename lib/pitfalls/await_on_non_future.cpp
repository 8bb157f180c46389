// Reports an await of something that is no future.
//
// Detected by rustc: E0277 at the keyword of an `await`, of a type that has no future in
// it. Where the value comes from a function of the workspace, all awaits of that function
// are one finding. A function that awaits something itself wants to be async: that is
// `await_outside_async`.
#include <algorithm>
#include <map>
#include <set>

#include "diag/catalogue.h"
#include "flow/call_sites.h"
#include "flow/future_text.h"
#include "flow/type_text.h"
#include "pitfalls/async_clash.h"
#include "pitfalls/await_goal.h"
#include "rewrite/evaluation.h"
#include "rewrite/naming.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

struct BadAwait {
  uint32_t diagnostic = 0;
  std::string type;
  Node await;
  Node operand;
};

// The type that is no future, as the message quotes it; empty where it is about something
// else that the future lacks.
std::string denied_type(const rustc::Diagnostic& error, const flow::Facts& facts) {
  std::vector<std::string> quoted = rustc::quoted_parts(error.message);
  if (quoted.empty()) {
    return {};
  }
  const bool has_future = std::any_of(quoted.begin(), quoted.end(), [&facts](const auto& text) {
    return text.find("Future") != std::string::npos || text == "Unpin" ||
           flow::is_future_type(text, facts.items());
  });
  // What is missing is named below the message. A type may lack `Sized` at an await.
  const bool lacks_future =
      std::any_of(error.children.begin(), error.children.end(), [](const auto& child) {
        const std::vector<std::string> names = rustc::quoted_parts(child.message);
        return std::any_of(names.begin(), names.end(), flow::names_future_trait);
      });
  return has_future || !lacks_future ? std::string() : quoted.front();
}

std::vector<BadAwait> bad_awaits(const flow::Facts& facts) {
  std::vector<BadAwait> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const auto primary = std::find_if(error.spans.begin(), error.spans.end(),
                                      [](const auto& span) { return span.is_primary; });
    if (error.code != "E0277" || primary == error.spans.end() || !primary->is_await()) {
      continue;
    }
    const std::string type = denied_type(error, facts);
    const Node await = syntax::enclosing(facts.node_at(*primary), {"await_expression"});
    const std::vector<Node> parts = await.parts();
    if (!type.empty() && !parts.empty() && !syntax::is_in_macro(await)) {
      result.push_back({index, type, await, parts.front()});
    }
  }
  return result;
}

base::FixIt remove_awaits(const std::vector<BadAwait>& awaits) {
  base::FixIt fix;
  fix.name = "remove_await";
  fix.title = "take out the `.await`";
  for (const BadAwait& one : awaits) {
    fix.edits.push_back({{one.await.span().file, one.operand.end(), one.await.end()}, ""});
  }
  fix.keeps_meaning = true;
  return fix;
}

// A `Result` is awaited, as a blocking lock gives it: it is unpacked instead.
base::FixIt unwrap_instead(const std::vector<BadAwait>& awaits) {
  base::FixIt fix = remove_awaits(awaits);
  fix.name = "unwrap_instead";
  fix.title = "unwrap it instead of the `.await`";
  // A lock's error says that another thread panicked, which is not to be passed over.
  const bool are_locks = std::all_of(awaits.begin(), awaits.end(), [](const BadAwait& one) {
    return one.type.find("PoisonError<") != std::string::npos;
  });
  fix.trade_off =
      are_locks ? "it panics where a thread panicked with the lock held" : "it panics on an error";
  fix.keeps_meaning = are_locks;
  for (base::Edit& edit : fix.edits) {
    edit.text = ".unwrap()";
  }
  return fix;
}

// Functions that are not async, and that other errors say should be: they await, or their
// trait's other implementations are.
std::vector<Node> wants_async(const flow::Facts& facts) {
  std::vector<Node> result;
  for (const OutsideAwait& one : outside_awaits(facts)) {
    if (one.function.is("function_item")) {
      result.push_back(one.function);
    }
  }
  for (const AsyncClash& clash : async_clashes(facts)) {
    if (clash.is_async && clash.declared) {
      result.push_back(clash.declared);
    }
  }
  return result;
}

// What is called is hidden by a method of the type itself; one of a trait has the same name and
// gives a future. It is called by the trait's name: as `self` is written, and as it is.
std::vector<base::FixIt> call_hidden(Node operand, const std::vector<Node>& callees) {
  std::vector<base::FixIt> result;
  const Node method = rewrite::method_name(operand);
  const Node receiver = rewrite::chain_receiver(operand);
  if (!method || !rewrite::is_place(receiver)) {
    return result;
  }
  for (const Node& callee : callees) {
    const Node trait = syntax::trait_of(callee);
    if (!trait || !flow::CallSites::gives_future(callee)) {
      continue;
    }
    const std::string name(trait.field("name").text());
    std::string borrow;
    for (const Node& part : callee.field("parameters").named_children()) {
      if (part.is("self_parameter") && part.text().starts_with("&")) {
        borrow = part.has_child("mutable_specifier") ? "&mut " : "&";
      }
    }
    for (const std::string& before : std::set<std::string>{"", borrow}) {
      base::FixIt fix;
      fix.name = "call_hidden";
      fix.title = "call `" + name + "::" + std::string(method.text()) + "`, which gives a future";
      const Node arguments = operand.field("arguments");
      const base::FileId file = operand.span().file;
      fix.edits.push_back({{file, operand.begin(), arguments.begin() + 1},
                           name + "::" + std::string(method.text()) + "(" + before +
                               std::string(receiver.text()) +
                               (rewrite::has_arguments(operand) ? ", " : "")});
      fix.keeps_meaning = true;
      result.push_back(std::move(fix));
    }
  }
  return result;
}

}  // namespace

void await_on_non_future(const flow::Facts& facts, Sink& sink) {
  std::vector<BadAwait> bad = bad_awaits(facts);
  if (bad.empty()) {
    return;  // and nothing is searched for whom they call
  }
  const flow::CallSites calls(facts.trees(), facts.crates(), facts.items());
  const std::vector<Node> to_be_async = wants_async(facts);
  // By the function that gives the value, else each by itself.
  std::map<base::Span, std::pair<Node, std::vector<BadAwait>>> groups;
  for (BadAwait& await : bad) {
    const std::vector<Node> callees =
        await.operand.is("call_expression") ? calls.callees(await.operand) : std::vector<Node>();
    const bool has_one = callees.size() == 1 && callees.front().is("function_item") &&
                         !flow::CallSites::gives_future(callees.front());
    const Node function = has_one ? callees.front() : Node();
    // Whichever it calls, one of that name is not async and should be. And where what is
    // called gives a future, what lacks one is in the arguments.
    const std::string_view name = flow::CallSites::called_name(await.operand);
    const bool will_be_async = std::any_of(
        to_be_async.begin(), to_be_async.end(),
        [&name](const Node& one) { return !name.empty() && one.field("name").text() == name; });
    if (will_be_async || (!callees.empty() && std::all_of(callees.begin(), callees.end(),
                                                          flow::CallSites::gives_future))) {
      continue;
    }
    auto& [callee, group] = groups[has_one ? function.span() : await.await.span()];
    callee = function;
    group.push_back(std::move(await));
  }
  for (const auto& [place, group] : groups) {
    const auto& [function, awaits] = group;
    const Node operand = awaits.front().operand;
    auto finding = sink.report(
        operand.span(),
        diag::await_on_non_future{.expression = rewrite::quoted(operand.text(), "expression"),
                                  .type = flow::shown_type_text(awaits.front().type)});
    finding.label("has its value at once, so there is nothing to wait for");
    finding.evidence(base::Evidence::Messages);
    for (const BadAwait& await : awaits) {
      finding.explains(await.diagnostic);
      if (await.operand != operand) {
        finding.label(await.operand.span(), "and here");
      }
    }
    std::vector<base::FixIt> made_async;
    if (function) {
      finding.label(function.field("name").span(), "is not `async`");
      propagate::Goal goal;
      goal.functions = {function};
      made_async = propagate::fixes(facts, goal, "");
    }
    // Where every call is awaited, and there are several, the `async` is what is missing.
    const std::vector<base::FixIt> hidden = call_hidden(
        operand, operand.is("call_expression") ? calls.callees(operand) : std::vector<Node>());
    finding.fixes(hidden);
    const bool is_meant =
        function && awaits.size() > 1 && awaits.size() == calls.of({function}).size();
    if (is_meant) {
      finding.fixes(std::move(made_async));
      finding.fix(remove_awaits(awaits));
    } else {
      base::FixIt removal = remove_awaits(awaits);
      if (!hidden.empty()) {
        removal.keeps_meaning = false;
        removal.trade_off = "it is the method of that name that waits for nothing";
      }
      finding.fix(std::move(removal));
      finding.fixes(std::move(made_async));
    }
    const std::string& type = awaits.front().type;
    if (type.starts_with("Result<") || type.starts_with("std::result::Result<")) {
      finding.fix(unwrap_instead(awaits));
    }
  }
}

}  // namespace jaa::pitfalls
