// Reports a future that is used as if it were the value it will have.
//
// Detected: rustc finds the type of a future where it needs another (flow/missing_await.h).
// The finding stands at the call that makes the future; all errors about it are one.
// Left to others: what a `for` goes over, and closures of iterators that give futures.
#include "flow/missing_await.h"
#include <algorithm>
#include <optional>
#include <utility>

#include "diag/catalogue.h"
#include "flow/type_text.h"
#include "pitfalls/await_goal.h"
#include "pitfalls/blocking_closure.h"
#include "rewrite/naming.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

// The variable's only use is where the error is: it may be awaited there as well.
syntax::Node only_use(const flow::UnawaitedFuture& future) {
  if (!future.binding) {
    return {};
  }
  const std::string_view name = future.binding.field("pattern").text();
  syntax::Node use;
  for (const syntax::Node& mention :
       syntax::mentions(syntax::outermost_function(future.expression), name)) {
    if (mention.begin() >= future.binding.end()) {
      if (use) {
        return {};
      }
      use = mention;
    }
  }
  return use.is("identifier") && !syntax::is_in_macro(use) ? use : syntax::Node();
}

// Somebody runs the future already: it is the handle of a task.
bool is_task(const flow::UnawaitedFuture& future) {
  const llvm::StringRef type(future.type);
  const bool is_written_out =
      type.contains("Future") || type.contains("{") || type.starts_with("&");
  return (!type.empty() && !is_written_out) ||
         llvm::StringRef(syntax::called_name(future.expression)).contains("spawn");
}

// `lock.lock().unwrap()` of an async lock: the await gives the guard itself, and there is
// nothing to unwrap. The fix puts the `.await` in the place of the `unwrap`.
std::optional<base::FixIt> await_instead_of_unwrap(const flow::UnawaitedFuture& future) {
  const bool is_token = syntax::is_in_macro(future.expression);
  // Among tokens, its arguments are where the call ends.
  const syntax::Node name =
      is_token ? future.expression.next().next() : future.expression.parent().field("field");
  const syntax::Node call = is_token ? name.next() : future.expression.parent().parent();
  const std::string_view method = name.text();
  if (!call.is(is_token ? "token_tree" : "call_expression") ||
      (method != "unwrap" && method != "expect") ||
      !syntax::is_async_function(syntax::enclosing_function(call))) {
    return std::nullopt;
  }
  base::FixIt fix;
  fix.name = "await_instead";
  fix.title = "await it instead of the `" + std::string(method) + "`";
  fix.edits = {{{future.place.file, future.expression.end(), call.end()}, ".await"}};
  fix.body = syntax::outermost_function(call).span();
  fix.keeps_meaning = true;
  return fix;
}

// Futures whose awaits make the same functions async, or that are arms of one `match`: one
// mistake.
struct Group {
  std::vector<flow::UnawaitedFuture> futures;
  std::vector<syntax::Node> functions;
};

bool have_common(const std::vector<syntax::Node>& a, const std::vector<syntax::Node>& b) {
  return std::any_of(a.begin(), a.end(), [&b](const syntax::Node& function) {
    return std::find(b.begin(), b.end(), function) != b.end();
  });
}

bool are_arms_of_one(const Group& a, const Group& b) {
  return a.futures.front().whole == b.futures.front().whole;
}

// The closure whose value the block is.
syntax::Node closure_of(syntax::Node block) {
  return syntax::enclosing_function(block);
}

std::vector<Group> grouped(const flow::Facts& facts) {
  std::vector<Group> groups;
  for (flow::UnawaitedFuture& future : flow::find_unawaited(facts)) {
    const bool is_block = future.expression.is("async_block");
    if (future.is_iterated || (is_block && !is_for_thread(closure_of(future.expression)))) {
      continue;
    }
    propagate::Goal goal;
    goal.unawaited = {future.expression};
    Group group{{std::move(future)}, propagate::carry(facts, goal, {}).functions};
    // What joins two groups makes one of them.
    for (size_t index = 0; index < groups.size();) {
      if (!have_common(groups[index].functions, group.functions) &&
          !are_arms_of_one(groups[index], group)) {
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

void report(const flow::Facts& facts, const Group& group, Sink& sink) {
  const flow::UnawaitedFuture& first = group.futures.front();
  const std::string text = rewrite::quoted(facts.files().text(first.place), "expression");
  auto finding = sink.report(first.place, diag::missing_await{.expression = text});
  finding.label(first.type.empty() ? "a future, which does nothing until it is awaited"
                                   : "a future, `" + flow::shown_type_text(first.type) +
                                         "`, which does nothing until it is awaited");
  finding.evidence(base::Evidence::Messages);
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
  auto instead = group.futures.size() == 1 ? await_instead_of_unwrap(first) : std::nullopt;
  // A guard has nothing to unwrap.
  const bool gives_guard = first.type.find("MutexGuard<") != std::string::npos ||
                           first.type.find("ReadGuard<") != std::string::npos ||
                           first.type.find("WriteGuard<") != std::string::npos;
  if (instead && gives_guard) {
    finding.fix(*std::exchange(instead, std::nullopt));
  }
  const syntax::Node use = group.futures.size() == 1 ? only_use(first) : syntax::Node();
  std::vector<base::FixIt> at_use;
  if (use) {
    propagate::Goal used;
    used.unawaited = {use};
    at_use =
        propagate::fixes(facts, used, "await `" + std::string(use.text()) + "` where it is used");
    for (base::FixIt& fix : at_use) {
      fix.name = "await_use";
    }
  }
  // Until its value is needed a task runs beside what follows; another future does not run.
  if (is_task(first)) {
    finding.fixes(std::exchange(at_use, {}));
  }
  offer_carrying(finding, facts, goal, group.futures.size() == 1 ? "await " + text : "await them");
  if (instead) {
    finding.fix(std::move(*instead));
  }
  finding.fixes(std::move(at_use));
}

}  // namespace

void missing_await(const flow::Facts& facts, Sink& sink) {
  for (const Group& group : grouped(facts)) {
    report(facts, group, sink);
  }
}

}  // namespace jaa::pitfalls
