// Reports a closure whose future borrows, or changes, what the closure has captured, where
// the bound is for closures that lend nothing to their futures.
//
// Detected: rustc says that a captured variable escapes or is returned (no code), that a
// `Fn` closure changes it (E0596, E0525), or that it is moved out (E0507) though the
// closure changes it. What else rustc says of that closure (E0373, E0382) goes with it.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/callback_report.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {

using flow::ClosureFault;
using syntax::Node;

void mutable_capture_in_async_block(const flow::Facts& facts, Sink& sink) {
  for (const ClosureGroup& group : lending_closures(facts)) {
    const flow::ClosureError* error = nullptr;
    for (const flow::ClosureError& one : group.errors) {
      const bool is_of_capture = one.fault == ClosureFault::CaptureEscapes ||
                                 one.fault == ClosureFault::Mutates ||
                                 one.fault == ClosureFault::Moves;
      if (error == nullptr && is_of_capture && !one.variable.empty()) {
        error = &one;
      }
    }
    for (const flow::ClosureError& one : group.errors) {
      if (error == nullptr && one.fault == ClosureFault::CaptureEscapes) {
        error = &one;
      }
    }
    if (error == nullptr) {
      continue;
    }
    std::string variable = error->variable;
    if (variable.empty()) {
      const std::vector<Node> captured = captures(error->closure, error->closure.field("body"));
      if (captured.empty()) {
        continue;
      }
      variable = captured.front().text();
    }
    auto finding =
        sink.report(error->returned.span(),
                    diag::mutable_capture_in_async_block{
                        .closure = std::string(error->closure.field("parameters").text()),
                        .variable = variable});
    finding.label("its future works on what belongs to the closure");
    if (error->use && !error->returned.span().overlaps(error->use.span())) {
      finding.label(error->use.span(), "`" + variable + "` is used here");
    }
    if (error->declared && !error->returned.span().overlaps(error->declared.span())) {
      finding.label(error->declared.span(), "and lives out here");
    }
    explain(finding, group);
    if (!group.callbacks.empty()) {
      finding.label(group.callbacks.front().bound.span(),
                    "a closure of this kind lends nothing to its future");
    }
    finding.fixes(ask_for_async(facts, group));
    std::vector<base::FixIt> clones = clone_for_block(facts, group);
    const bool has_clones = !clones.empty();
    finding.fixes(std::move(clones));
    if (group.callbacks.empty() && !has_clones) {
      finding.help(
          "the function is not of this workspace: a loop in its place can await and change the "
          "variable, or share it as a `Cell`, `RefCell` or `Mutex`");
    }
  }
}

}  // namespace jaa::pitfalls
