// Reports a recursive async function of which the compiler has to know whether its future
// is `Send` in order to find out whether its future is `Send`.
//
// Detected: rustc leaves an obligation `impl Future<..>: Send` undecided (E0283 and kin),
// and the call that is asked about is of an async function of the crate. The finding
// stands at that call.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/send_report.h"
#include "pitfalls/trait_future.h"
#include "rewrite/async_sugar.h"
#include "rewrite/evaluation.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

// The async functions called within `expression`, outermost call first.
std::vector<syntax::Node> async_callees(const flow::Facts& facts, syntax::Node expression) {
  std::vector<syntax::Node> result;
  syntax::walk(expression, [&](syntax::Node node) {
    for (const syntax::Node& item : node.is("call_expression")
                                        ? facts.items().functions(syntax::called_name(node))
                                        : syntax::Items::List()) {
      if (syntax::is_async_function(item) || item.field("return_type").is_any({"abstract_type"})) {
        result.push_back(item);
      }
    }
    return syntax::Walk::Into;
  });
  return result;
}

}  // namespace

void async_recursion_send_cycle(const flow::Facts& facts, Sink& sink) {
  std::vector<base::Span> reported;
  for (const flow::Denial& denial : facts.denials()) {
    const auto place = flow::span_of(denial.value ? *denial.value : denial.demand, facts.files());
    if (denial.undecided.empty() || !place) {
      continue;
    }
    const syntax::Node call = facts.tree(place->file).smallest_node(*place);
    const std::vector<syntax::Node> functions = async_callees(facts, call);
    if (functions.empty()) {
      continue;
    }
    const syntax::Node function = functions.front();
    auto finding = sink.report(
        call.span(),
        diag::async_recursion_send_cycle{.function = std::string(function.field("name").text())});
    finding.label("whether this is `Send` is asked within its own cycle");
    finding.label(function.field("name").span(), "nothing here says that the future is `Send`");
    finding.evidence(base::Evidence::Messages);
    finding.explains(denial.diagnostic);
    if (denial.is_inferred) {
      finding.needs_proof();
    }
    for (base::FixIt& fix : say_send(facts, function)) {
      // Nobody implements it: it is no method of a trait.
      fix.trade_off.clear();
      note_early_drop(fix, function);
      finding.fix(std::move(fix));
    }
    const rewrite::DesugarOptions boxed{rewrite::FutureForm::Boxed, true, facts.package().edition};
    base::FixIt fix =
        bound_fix("return_boxed",
                  "write `" + std::string(function.field("name").text()) + "` as `-> " +
                      rewrite::future_type(function, boxed) + "`",
                  rewrite::desugar_async(facts.tree(function.span().file), function, boxed));
    fix.trade_off = "one allocation a call";
    note_early_drop(fix, function);
    if (!fix.edits.empty()) {
      finding.fix(std::move(fix));
    }
    finding.help("a loop over a queue of what is left to do needs no recursion");
  }
}

}  // namespace jaa::pitfalls
