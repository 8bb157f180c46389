// Reports an await in a closure that is not async, within whatever function.
//
// Detected by rustc (E0728), once for each await. The closures of one chain of calls are
// one finding, because the chain is rewritten as a whole.
// Ignored on purpose: an await directly in a function that is not async; the function is
// what has to change there.
#include <algorithm>

#include "diag/catalogue.h"
#include "flow/awaiting_closures.h"
#include "flow/facts.h"
#include "pitfalls/blocking_closure.h"
#include "pitfalls/closure_remedies.h"
#include "rewrite/async_block.h"
#include "rewrite/chain.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

// The whole chain that the closure is an argument in; the closure itself for no chain.
base::Span chain_of(Node closure) {
  const rewrite::Chain chain = rewrite::chain_around(closure);
  return chain.calls.empty() ? closure.span() : chain.calls.back().call.span();
}

// A plain block in the closure is what should be async.
bool awaits_in_block(const flow::AwaitingClosure& one, const flow::Facts& facts) {
  return one.tree == &facts.tree(one.closure.span().file) &&
         std::any_of(one.awaits.begin(), one.awaits.end(),
                     [](const Node& await) { return rewrite::value_block(await).is_valid(); });
}

}  // namespace

void await_in_sync_closure(const flow::Facts& facts, Sink& sink) {
  flow::OpenedFiles opened;
  std::vector<flow::AwaitingClosure> closures = flow::awaiting_closures(facts, opened);
  std::erase_if(closures, [&facts](const auto& one) { return awaits_in_block(one, facts); });
  std::vector<bool> is_done(closures.size());
  for (size_t index = 0; index < closures.size(); ++index) {
    if (is_done[index]) {
      continue;
    }
    const flow::AwaitingClosure& one = closures[index];
    const std::string name = receiver_name(one.closure);
    auto finding =
        sink.report(one.awaits.front().span(),
                    diag::await_in_sync_closure{.callee = name.empty() ? "this expression" : name});
    finding.label("nothing can be awaited in a plain closure");
    finding.evidence(base::Evidence::Messages);
    Node first = one.closure;
    for (size_t other = index; other < closures.size(); ++other) {
      if (chain_of(closures[other].closure) != chain_of(one.closure)) {
        continue;
      }
      is_done[other] = true;
      // The stage that comes first in the chain is the one whose receiver is shortest.
      if (rewrite::chain_around(first).calls.size() > 0 &&
          closures[other].closure.begin() < first.begin()) {
        first = closures[other].closure;
      }
      for (const Node& await : closures[other].awaits) {
        if (await != one.awaits.front()) {
          finding.label(await.span(), "nor here");
        }
      }
      for (const uint32_t diagnostic : closures[other].diagnostics) {
        finding.explains(diagnostic);
      }
    }
    std::vector<base::FixIt> fixes;
    if (!is_for_thread(one.closure)) {
      fixes = closure_remedies(facts, {one.tree, first, {}, {}});
    }
    for (base::FixIt& fix : block_in_closure(facts, one)) {
      fixes.push_back(std::move(fix));
    }
    closure_words(finding, first, !fixes.empty());
    finding.fixes(std::move(fixes));
  }
}

}  // namespace jaa::pitfalls
