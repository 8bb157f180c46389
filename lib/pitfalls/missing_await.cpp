// Reports a future that is used as if it were the value it will have.
//
// Detected: rustc finds the type of a future where it needs another (flow/missing_await.h).
// The finding stands at the call that makes the future; all errors about it are one.
// Left to others: what a `for` goes over, and closures of iterators that give futures.
#include "flow/missing_await.h"
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "diag/catalogue.h"
#include "flow/interest.h"
#include "flow/named_block.h"
#include "flow/type_text.h"
#include "pitfalls/await_goal.h"
#include "pitfalls/blocking_closure.h"
#include "rewrite/naming.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

// The variable's only use is where the error is: it may be awaited there as well.
Node only_use(const flow::UnawaitedFuture& future) {
  if (!future.binding) {
    return {};
  }
  const std::string_view name = future.binding.field("pattern").text();
  Node use;
  for (const syntax::Node& mention :
       syntax::mentions(syntax::outermost_function(future.expression), name)) {
    if (mention.begin() >= future.binding.end()) {
      if (use) {
        return {};
      }
      use = mention;
    }
  }
  return use.is("identifier") && !syntax::is_in_macro(use) ? use : Node();
}

// Somebody runs the future already: it is the handle of a task.
bool is_task(const flow::UnawaitedFuture& future) {
  const llvm::StringRef type(future.type);
  const bool is_written_out =
      type.contains("Future") || type.contains("{") || type.starts_with("&");
  return (!type.empty() && !is_written_out) ||
         llvm::StringRef(syntax::called_name(future.expression)).contains("spawn");
}

// Behind the future: a call of one of its own methods, or of what it is taken for.
struct NextCall {
  std::string_view method;
  Node call;  // among tokens its arguments, where the call ends
};

NextCall call_behind(Node at) {
  if (syntax::is_in_macro(at)) {
    const Node dot = at.next();
    const Node arguments = dot.next().next();
    return dot.text() == "." && arguments.is("token_tree") ? NextCall{dot.next().text(), arguments}
                                                           : NextCall();
  }
  const Node access = at.parent();
  const Node call = access.parent();
  return access.is("field_expression") && call.is("call_expression") &&
                 call.field("function") == access
             ? NextCall{access.field("field").text(), call}
             : NextCall();
}

bool unpacks(const NextCall& next) {
  return next.method == "unwrap" || next.method == "expect";
}

// What an async lock gives when it is awaited.
bool gives_guard(const flow::UnawaitedFuture& future) {
  constexpr std::array<std::string_view, 3> Guards{"MutexGuard<", "ReadGuard<", "WriteGuard<"};
  return std::any_of(Guards.begin(), Guards.end(), [&future](std::string_view guard) {
    return future.type.find(guard) != std::string::npos;
  });
}

// `lock.lock().unwrap()` of an async lock: the await gives the guard itself, and there is
// nothing to unwrap. `handle.join()` of a task is its await; whether that has to be unpacked as
// a thread's, the compiler says. The fix puts the `.await` in the place of the calls.
std::vector<base::FixIt> await_instead_of_call(Node at) {
  std::vector<base::FixIt> fixes;
  const NextCall next = call_behind(at);
  const bool joins = next.method == "join" && next.call.text().ends_with("()");
  if (!next.call || (!unpacks(next) && !joins) ||
      !syntax::is_async_function(syntax::enclosing_function(next.call))) {
    return fixes;
  }
  const auto replace_until = [&](const NextCall& last) {
    base::FixIt fix;
    fix.name = "await_instead";
    fix.title = "await it instead of the `" + std::string(next.method) + "`";
    fix.edits = {{{at.span().file, at.end(), last.call.end()}, ".await"}};
    fix.body = syntax::outermost_function(next.call).span();
    fix.keeps_meaning = true;
    fixes.push_back(std::move(fix));
  };
  replace_until(next);
  const NextCall second = joins ? call_behind(next.call) : NextCall();
  if (second.call && unpacks(second)) {
    replace_until(second);
  }
  return fixes;
}

// Futures whose awaits make the same functions async, or that are arms of one `match`: one
// mistake.
struct Group {
  std::vector<flow::UnawaitedFuture> futures;
  std::vector<Node> functions;
};

bool have_common(const std::vector<Node>& a, const std::vector<Node>& b) {
  return std::any_of(a.begin(), a.end(), [&b](const syntax::Node& function) {
    return std::find(b.begin(), b.end(), function) != b.end();
  });
}

// Both are operands of one operator.
bool share_error(const Group& a, const Group& b) {
  const auto has = [&b](uint32_t diagnostic) {
    return std::any_of(b.futures.begin(), b.futures.end(), [diagnostic](const auto& future) {
      const std::vector<uint32_t>& all = future.diagnostics;
      return std::find(all.begin(), all.end(), diagnostic) != all.end();
    });
  };
  return std::any_of(a.futures.begin(), a.futures.end(), [&has](const auto& future) {
    return std::any_of(future.diagnostics.begin(), future.diagnostics.end(), has);
  });
}

bool are_arms_of_one(const Group& a, const Group& b) {
  return a.futures.front().whole == b.futures.front().whole;
}

// The closure whose value the block is.
Node closure_of(Node block) {
  return syntax::enclosing_function(block);
}

// It stands for the closure that a thread is to run: `future_given_as_closure`.
bool is_given_to_thread(const flow::Facts& facts, const flow::UnawaitedFuture& future) {
  return is_for_some_thread(flow::block_named(facts, future.type)) ||
         std::any_of(future.uses.begin(), future.uses.end(), [&facts](const base::Span& use) {
           return is_for_some_thread(facts.tree(use.file).node_at(use));
         });
}

std::vector<Group> grouped(const flow::Facts& facts) {
  std::vector<Group> groups;
  for (flow::UnawaitedFuture& future : flow::find_unawaited(facts)) {
    const bool is_block = future.expression.is("async_block");
    if (future.is_iterated || is_given_to_thread(facts, future) ||
        (is_block && !is_for_thread(closure_of(future.expression)))) {
      continue;
    }
    propagate::Goal goal;
    goal.unawaited = {future.expression};
    Group group{{std::move(future)}, propagate::carry(facts, goal, {}).functions};
    // What joins two groups makes one of them.
    for (size_t index = 0; index < groups.size();) {
      if (!have_common(groups[index].functions, group.functions) &&
          !are_arms_of_one(groups[index], group) && !share_error(groups[index], group)) {
        ++index;
        continue;
      }
      Group& other = groups[index];
      other.futures.insert(other.futures.end(), group.futures.begin(), group.futures.end());
      other.functions.insert(other.functions.end(), group.functions.begin(), group.functions.end());
      group = std::move(other);
      groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(index));
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

std::vector<base::FixIt> named(const std::string& name, std::vector<base::FixIt> fixes) {
  for (base::FixIt& fix : fixes) {
    fix.name = name;
  }
  return fixes;
}

// For a title: what is done with what a task leaves, a `Result`.
std::string unpacking(std::string_view unpack) {
  return unpack.empty()  ? ""
         : unpack == "?" ? ", and pass on its error"
                         : ", and unwrap its result";
}

// All of the group are variables with one use each, which can wait as well.
std::vector<base::FixIt> await_where_used(const flow::Facts& facts, const Group& group,
                                          const std::string& unpack) {
  propagate::Goal goal;
  for (const flow::UnawaitedFuture& future : group.futures) {
    goal.unawaited.push_back(only_use(future));
    if (!goal.unawaited.back()) {
      return {};
    }
  }
  goal.unpack = unpack;
  const std::string what = goal.unawaited.size() == 1
                               ? "`" + std::string(goal.unawaited.front().text()) + "` where it is"
                               : "them where they are";
  return named("await_use",
               propagate::fixes(facts, goal, "await " + what + " used" + unpacking(unpack)));
}

bool is_only_warned_of(const flow::Facts& facts, const Group& group) {
  return std::all_of(group.futures.begin(), group.futures.end(), [&](const auto& future) {
    return std::all_of(
        future.diagnostics.begin(), future.diagnostics.end(),
        [&](uint32_t diagnostic) { return flow::is_lost_future(facts.diagnostics()[diagnostic]); });
  });
}

void report(const flow::Facts& facts, const Group& group, Sink& sink) {
  const flow::UnawaitedFuture& first = group.futures.front();
  const std::string text = rewrite::quoted(facts.files().text(first.place), "expression");
  auto finding = sink.report(first.place, diag::missing_await{.expression = text});
  finding.label(first.type.empty() ? "a future, which does nothing until it is awaited"
                                   : "a future, `" + flow::shown_type_text(first.type) +
                                         "`, which does nothing until it is awaited");
  finding.evidence(base::Evidence::Messages);
  const bool is_lost = is_only_warned_of(facts, group);
  if (is_lost) {
    finding.level(base::Level::Warning);
  }
  if (first.is_guess) {
    finding.needs_proof();
  }
  propagate::Goal goal;
  for (const flow::UnawaitedFuture& future : group.futures) {
    goal.unawaited.push_back(future.expression);
    if (future.place != first.place) {
      finding.label(future.place, "another one");
    }
    for (const base::Span& use : future.uses) {
      if (!use.overlaps(future.place)) {
        finding.label(use, "its output is needed here");
      }
    }
    for (const uint32_t diagnostic : future.diagnostics) {
      finding.explains(diagnostic);
    }
  }
  if (first.expression.is("async_block")) {
    finding.fixes(block_on_value(facts, closure_of(first.expression), first.expression));
    return;
  }
  // Where a method is called on it: the variable, if that is there for nothing else.
  const Node called = only_use(first) ? only_use(first) : first.expression;
  std::vector<base::FixIt> instead =
      group.futures.size() == 1 ? await_instead_of_call(called) : std::vector<base::FixIt>();
  // A guard has nothing to unwrap, and a task no `join`.
  if (gives_guard(first) || call_behind(called).method == "join") {
    finding.fixes(std::exchange(instead, {}));
  }
  // Until its value is needed a task runs beside what follows; another future does not run.
  const bool are_tasks =
      !first.is_guess && std::all_of(group.futures.begin(), group.futures.end(), is_task);
  std::vector<base::FixIt> at_use = await_where_used(facts, group, "");
  if (are_tasks) {
    finding.fixes(std::exchange(at_use, {}));
  }
  const std::string title = group.futures.size() == 1 ? "await " + text : "await them";
  for (const flow::UnawaitedFuture& future : group.futures) {
    const NextCall next = call_behind(future.expression);
    if (gives_guard(future) && unpacks(next)) {
      goal.replaced.push_back({future.place.file, future.expression.end(), next.call.end()});
    }
  }
  offer_carrying(finding, facts, goal, title);
  if (are_tasks || is_lost) {
    for (const char* const unpack : {".unwrap()", "?"}) {
      finding.fixes(await_where_used(facts, group, unpack));
      goal.unpack = unpack;
      std::vector<base::FixIt> unpacked =
          named("await_handle", propagate::fixes(facts, goal, title + unpacking(unpack)));
      // Of a task it is the panic that the code would have had; else it is for a person to say
      // what becomes of an error.
      for (base::FixIt& fix : unpacked) {
        fix.keeps_meaning = are_tasks;
        fix.trade_off = are_tasks          ? fix.trade_off
                        : unpack[0] == '?' ? "the function ends with the error"
                                           : "it panics on an error";
      }
      finding.fixes(std::move(unpacked));
    }
  }
  finding.fixes(std::move(instead));
  finding.fixes(std::move(at_use));
}

}  // namespace

void missing_await(const flow::Facts& facts, Sink& sink) {
  for (const Group& group : grouped(facts)) {
    report(facts, group, sink);
  }
}

}  // namespace jaa::pitfalls
