#include "pitfalls/await_goal.h"

#include "syntax/queries.h"

namespace jaa::pitfalls {

using syntax::Node;

std::vector<OutsideAwait> outside_awaits(const flow::Facts& facts) {
  std::vector<OutsideAwait> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    if (error.code != "E0728") {
      continue;
    }
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const auto place = span.is_primary ? facts.names().visible_span(span) : std::nullopt;
      if (!place) {
        continue;
      }
      const Node token = facts.tree(place->file).smallest_node(*place);
      // A macro that awaits for its caller (`select!`) is all that there is to see of it.
      const bool is_whole = syntax::is_in_macro(token) || token.is("macro_invocation");
      const Node await = is_whole ? token : syntax::enclosing(token, {"await_expression"});
      if (await) {
        result.push_back({index, *place, await, syntax::enclosing_function(await)});
      }
    }
  }
  return result;
}

bool is_destructor(Node function) {
  return function.field("name").text() == "drop" &&
         syntax::last_name(syntax::impl_of(function).field("trait")) == "Drop";
}

void offer_carrying(FindingBuilder& finding, const flow::Facts& facts, const propagate::Goal& goal,
                    const std::string& title) {
  propagate::Options certain;
  certain.callers = propagate::Callers::Certain;
  const propagate::Plan plan = propagate::carry(facts, goal, certain);
  if (!plan.stopped_at.empty()) {
    finding.note("making it async would end at " + plan.stopped_at, plan.stopped_place, "");
  }
  finding.fixes(propagate::fixes(facts, goal, title));
  if (!plan.functions.empty()) {
    finding.fixes(propagate::block_in_place(facts, goal));
  }
}

}  // namespace jaa::pitfalls
