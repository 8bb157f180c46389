// Reports a future that is used as if it were the value it will have.
//
// Detected: rustc finds the type of a future where it needs another (flow/missing_await.h).
// The finding stands at the call that makes the future; all errors about it are one.
// Left to others: what a `for` goes over, and closures of iterators that give futures.
#include "flow/missing_await.h"
#include "diag/catalogue.h"
#include "flow/type_text.h"
#include "pitfalls/await_goal.h"
#include "rewrite/naming.h"
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

}  // namespace

void missing_await(const flow::Facts& facts, Sink& sink) {
  for (const flow::UnawaitedFuture& future : flow::find_unawaited(facts)) {
    if (future.is_iterated) {
      continue;
    }
    const std::string text = rewrite::quoted(facts.files().text(future.place), "expression");
    auto finding = sink.report(future.place, diag::missing_await{.expression = text});
    finding.label(future.type.empty() ? "a future, which does nothing until it is awaited"
                                      : "a future, `" + flow::shown_type_text(future.type) +
                                            "`, which does nothing until it is awaited");
    for (const base::Span& use : future.uses) {
      if (!use.overlaps(future.place)) {
        finding.label(use, "its output is needed here");
      }
    }
    for (const uint32_t diagnostic : future.diagnostics) {
      finding.explains(diagnostic);
    }
    finding.evidence(base::Evidence::Messages);
    propagate::Goal goal;
    goal.unawaited = {future.expression};
    offer_carrying(finding, facts, goal, "await " + text);
    if (const syntax::Node use = only_use(future)) {
      goal.unawaited = {use};
      for (base::FixIt& fix : propagate::fixes(
               facts, goal, "await `" + std::string(use.text()) + "` where it is used")) {
        fix.name = "await_use";
        finding.fix(std::move(fix));
      }
    }
  }
}

}  // namespace jaa::pitfalls
