#include "propagate/closure_waits.h"

#include "propagate/opened_trees.h"
#include "propagate/waiting.h"
#include "propagate/wraps.h"
#include "rewrite/evaluation.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

ClosureWaits wait_in_closures(const flow::Facts& facts) {
  ClosureWaits result;
  Waiting waiting(facts);
  Wraps wraps;
  OpenedTrees trees(facts);
  for (const rustc::Diagnostic& error : facts.diagnostics()) {
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const auto place =
          error.code == "E0728" && span.is_primary ? facts.names().span(span) : std::nullopt;
      if (!place) {
        continue;
      }
      // In the arguments of a macro there is an expression only when these are open.
      trees.open(place->file, {*place});
      const Node await =
          syntax::enclosing(trees.tree(place->file).smallest_node(*place), {"await_expression"});
      const Node operand = rewrite::awaited_operand(await);
      const Node function = syntax::enclosing_function(await);
      if (!operand || !function.is("closure_expression") || waiting.starts_runtime(operand)) {
        continue;
      }
      wraps.add(operand.span(), waiting.call_at(operand) + "(", ")");
      result.edits.push_back({{await.span().file, operand.end(), await.end()}, ""});
      result.places.push_back(await.span());
    }
  }
  // The end of what is waited for is where the `.await` begins.
  for (const base::Edit& edit : wraps.edits()) {
    bool is_joined = false;
    for (base::Edit& removal : result.edits) {
      if (removal.span.file == edit.span.file && removal.span.begin == edit.span.begin &&
          !removal.span.is_empty()) {
        removal.text = edit.text + removal.text;
        is_joined = true;
      }
    }
    if (!is_joined) {
      result.edits.push_back(edit);
    }
  }
  for (base::Edit& edit : waiting.definitions()) {
    result.edits.push_back(std::move(edit));
  }
  return result;
}

}  // namespace jaa::propagate
