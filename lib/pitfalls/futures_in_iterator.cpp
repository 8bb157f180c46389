// Reports a closure that gives a method a future where it wants what the future yields.
//
// Detected by rustc: a mismatch at the closure's value (E0308), or a bound that a future
// does not meet at the method that takes the items (E0277).
// Ignored on purpose: futures that are collected into a container of futures, which is
// how they are awaited together.
#include <algorithm>

#include "diag/catalogue.h"
#include "flow/awaiting_closures.h"
#include "flow/facts.h"
#include "pitfalls/closure_remedies.h"
#include "rewrite/chain.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

base::Span chain_of(Node argument) {
  const rewrite::Chain chain = rewrite::chain_around(argument);
  return chain.calls.empty() ? argument.span() : chain.calls.back().call.span();
}

}  // namespace

void futures_in_iterator(const flow::Facts& facts, Sink& sink) {
  const std::vector<flow::FutureReturned> returned = flow::futures_returned(facts);
  std::vector<bool> is_done(returned.size());
  for (size_t index = 0; index < returned.size(); ++index) {
    if (is_done[index]) {
      continue;
    }
    const flow::FutureReturned& one = returned[index];
    auto finding = sink.report(one.argument.span(),
                               diag::futures_in_iterator{.method = std::string(one.method.text())});
    finding.label("gives a future, which nobody awaits");
    finding.label(one.method.span(), "works on what it is given, and does not wait");
    finding.evidence(base::Evidence::Messages);
    WaitingClosure closure{&facts.tree(one.argument.span().file), one.argument, {}, {}};
    for (size_t other = index; other < returned.size(); ++other) {
      if (chain_of(returned[other].argument) != chain_of(one.argument)) {
        continue;
      }
      is_done[other] = true;
      if (returned[other].parts.empty()) {
        closure.futures.push_back(returned[other].argument);
      }
      for (const Node& part : returned[other].parts) {
        closure.parts.push_back(part);
      }
      if (returned[other].argument.begin() < closure.argument.begin()) {
        closure.argument = returned[other].argument;
      }
      if (other != index) {
        finding.label(returned[other].argument.span(), "gives a future as well");
      }
      for (const uint32_t diagnostic : returned[other].diagnostics) {
        finding.explains(diagnostic);
      }
    }
    std::vector<base::FixIt> fixes = closure_remedies(facts, closure);
    closure_words(finding, closure.argument, !fixes.empty());
    finding.fixes(std::move(fixes));
  }
}

}  // namespace jaa::pitfalls
