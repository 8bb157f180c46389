// Reports an async function whose future would contain itself.
//
// Detected by rustc (E0733), which names the functions of the cycle and the awaits that
// lead from one to the next. The finding stands at the await that closes the cycle: one
// box there is enough, however many functions take part.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/send_report.h"
#include "pitfalls/trait_future.h"
#include "rewrite/box_call.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

struct Step {
  syntax::Node await;
  syntax::Node name;  // of the function around it; none for a block in no function
  std::string function;
};

std::vector<Step> steps_of(const flow::Facts& facts, const flow::Recursion& recursion) {
  std::vector<Step> result;
  for (const flow::RecursiveStep& step : recursion.steps) {
    const auto span = flow::span_of(step.await, facts.files());
    const syntax::Node node = span ? facts.tree(span->file).smallest_node(*span) : syntax::Node();
    const syntax::Node await = syntax::enclosing(node, {"await_expression"});
    if (await) {
      const syntax::Node name = syntax::enclosing(await, {"function_item"}).field("name");
      result.push_back({await, name, name ? std::string(name.text()) : "async block"});
    }
  }
  return result;
}

// A step that a macro makes: the function is all there is to point at.
void report_hidden(const flow::Facts& facts, const flow::Recursion& recursion, Sink& sink) {
  for (const flow::RecursiveStep& step : recursion.steps) {
    const auto place = flow::span_of(step.function, facts.files());
    if (!place) {
      continue;
    }
    std::string text(facts.files().text(*place).substr(0, 60));
    text = text.substr(0, text.find('\n'));
    auto finding = sink.report(*place, diag::async_recursion_unboxed{.function = text});
    finding.evidence(base::Evidence::Messages);
    finding.explains(recursion.diagnostic);
    finding.note("the recursive call is made by a macro, where no edit is offered");
    finding.help("`Box::pin(call).await` in the macro puts its future in a box");
    return;
  }
}

}  // namespace

void async_recursion_unboxed(const flow::Facts& facts, Sink& sink) {
  for (const flow::Recursion& recursion : facts.recursions()) {
    const std::vector<Step> steps = steps_of(facts, recursion);
    if (steps.empty() || steps.size() != recursion.steps.size()) {
      if (!recursion.needs_signature) {
        report_hidden(facts, recursion, sink);
      }
      continue;
    }
    const Step& closing = steps.back();
    auto finding = sink.report(closing.await.span(),
                               diag::async_recursion_unboxed{.function = steps.front().function});
    finding.label("the future of this call is part of itself");
    finding.evidence(base::Evidence::Messages);
    finding.explains(recursion.diagnostic);
    if (closing.name) {
      finding.label(closing.name.span(), "and is made here");
    }
    for (size_t index = 0; index + 1 < steps.size(); ++index) {
      finding.label(steps[index].await.span(), "leads there from `" + steps[index].function + "`");
    }
    if (recursion.needs_signature) {
      const syntax::Node method = syntax::enclosing(closing.await, {"function_item"});
      for (const bool is_send : {false, true}) {
        finding.fixes(return_boxed(facts, method, is_send));
      }
      continue;
    }
    // From the closing call backwards, each is a place for the box.
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
      base::FixIt fix = bound_fix(step == steps.rbegin() ? "box_call" : "box_call_elsewhere",
                                  "put the future of the recursive call in a box",
                                  rewrite::box_awaited(rewrite::awaits_of_same_call(step->await)));
      fix.trade_off = "one allocation a call";
      fix.body = syntax::outermost_function(step->await).span();
      if (!fix.edits.empty()) {
        finding.fix(std::move(fix));
      }
    }
    finding.help(
        "a loop over a `Vec` of what is left to do needs no recursion, and no box for each step");
    finding.help(
        "or the function itself returns `Pin<Box<dyn Future<Output = ..>>>`, which boxes "
        "every call of it");
  }
}

}  // namespace jaa::pitfalls
