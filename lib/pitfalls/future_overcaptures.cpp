// Reports an `impl Future` that counts as borrowing from an argument it does not hold.
//
// Detected: a borrow error in edition 2024 at a call whose `impl Future` names nothing
// that it captures, and whose body does not take the lent parameter into its future.
#include "diag/catalogue.h"
#include "pitfalls/overcaptured_call.h"
#include "pitfalls/send_report.h"
#include "rewrite/future_signature.h"
#include "rewrite/naming.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

std::vector<base::FixIt> capture_less(const flow::Facts& facts, Node function) {
  base::FixIt fix = bound_fix("capture_less",
                              "let the future of `" + std::string(function.field("name").text()) +
                                  "` capture what it holds and no more",
                              {});
  const std::vector<Node> family = rewrite::method_family(facts.items(), function);
  std::set<size_t> held;
  for (const Node& member : family) {
    const std::vector<Node> parameters = rewrite::parameters_of(member);
    for (const size_t index : rewrite::parameters_in_future(member, rewrite::Reach::Borrows)) {
      if (rewrite::is_borrowing(parameters[index])) held.insert(index);
    }
  }
  for (const Node& member : family) {
    const auto future = rewrite::written_future(facts.items(), member.field("return_type"));
    const auto edits = rewrite::capture_only(facts.tree(member.span().file), member, future, held);
    if (edits.empty()) return {};
    fix.edits.insert(fix.edits.end(), edits.begin(), edits.end());
  }
  return {std::move(fix)};
}

}  // namespace

void future_overcaptures(const flow::Facts& facts, Sink& sink) {
  const std::vector<flow::Overcapture> found = overcaptures(facts);
  std::vector<Node> done;
  for (const flow::Overcapture& first : found) {
    if (std::find(done.begin(), done.end(), first.function) != done.end()) continue;
    done.push_back(first.function);
    const auto future = rewrite::written_future(facts.items(), first.function.field("return_type"));
    if (!future.is_opaque) continue;
    auto finding = sink.report(
        future.bounds.span(),
        diag::future_overcaptures{.function = std::string(first.function.field("name").text()),
                                  .value = rewrite::shortened(first.lent.text())});
    finding.label("since edition 2024 this borrows from every parameter");
    finding.evidence(base::Evidence::Messages);
    for (const flow::Overcapture& one : found) {
      if (one.function != first.function) continue;
      finding.label(one.call.span(), "counts as borrowed until this future is done");
      finding.explains(one.diagnostic);
    }
    finding.fixes(capture_less(facts, first.function));
  }
}

}  // namespace jaa::pitfalls
