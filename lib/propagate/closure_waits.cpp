#include "propagate/closure_waits.h"

#include "flow/awaiting_closures.h"
#include "propagate/waiting.h"
#include "propagate/wraps.h"
#include "rewrite/evaluation.h"

namespace jaa::propagate {

using syntax::Node;

ClosureWaits wait_in_closures(const flow::Facts& facts) {
  ClosureWaits result;
  flow::OpenedFiles opened;
  Waiting waiting(facts);
  Wraps wraps;
  for (const flow::AwaitingClosure& closure : flow::awaiting_closures(facts, opened)) {
    for (const Node& await : closure.awaits) {
      const Node operand = rewrite::awaited_operand(await);
      if (!operand || waiting.starts_runtime(operand)) {
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
