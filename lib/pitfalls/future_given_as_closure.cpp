// Reports a future that is given to what makes a thread, which wants a closure to run.
//
// Detected by rustc (E0277): a future where `FnOnce()` is asked for.
// Ignored on purpose: other functions that take closures, of which it is not known who waits
// when they are called.
#include <algorithm>

#include "diag/catalogue.h"
#include "flow/future_text.h"
#include "flow/named_block.h"
#include "flow/taken_along.h"
#include "pitfalls/blocking_closure.h"
#include "pitfalls/sink.h"
#include "rewrite/naming.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

struct GivenFuture {
  Node future;
  std::vector<uint32_t> diagnostics;
};

// The future is found where a closure without parameters is expected. Another error may say
// the same of the call that it is given to.
std::vector<GivenFuture> given_futures(const flow::Facts& facts) {
  std::vector<GivenFuture> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const std::vector<std::string> quoted = rustc::quoted_parts(error.message);
    if (error.code != "E0277" || quoted.size() != 2 || quoted.front() != "FnOnce()" ||
        !flow::is_future_type(quoted.back(), facts.items()))
      continue;
    Node future = flow::block_named(facts, quoted.back());
    for (const rustc::DiagnosticSpan& span : error.spans)
      if (span.is_primary && !future) future = facts.node_at(span);
    if (!future || !is_for_some_thread(future) || syntax::is_in_macro(future)) continue;
    auto known = std::find_if(result.begin(), result.end(),
                              [&future](const GivenFuture& one) { return one.future == future; });
    if (known == result.end()) known = result.insert(known, GivenFuture{future, {}});
    known->diagnostics.push_back(index);
  }
  return result;
}

// `spawn` in place of `spawn_blocking`, of the same runtime.
base::FixIt make_task(Node future) {
  Node function = future.parent().parent().field("function");
  if (function.is("generic_function")) function = function.field("function");
  const Node name = function.is("identifier")         ? function
                    : function.is("field_expression") ? function.field("field")
                                                      : function.field("name");
  base::FixIt fix;
  fix.name = "spawn_task";
  fix.title = "make it a task, by `spawn`";
  fix.trade_off = "what blocks in it stops the tasks beside it";
  fix.edits.push_back({name.span(), "spawn"});
  return fix;
}

}  // namespace

void future_given_as_closure(const flow::Facts& facts, Sink& sink) {
  for (const GivenFuture& given : given_futures(facts)) {
    const Node callee = given.future.parent().parent().field("function");
    auto finding =
        sink.report(flow::head_of_future(given.future),
                    diag::future_given_as_closure{.callee = rewrite::shortened(callee.text())});
    finding.label("a future does nothing until it is polled");
    finding.label(callee.span(), "runs what it is given by calling it");
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t index : given.diagnostics) finding.explains(index);
    finding.fixes(block_in_new_closure(facts, given.future));
    if (is_for_blocking_work(given.future)) finding.fix(make_task(given.future));
  }
}

}  // namespace jaa::pitfalls
