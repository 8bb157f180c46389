// Reports an async method of an `impl` whose trait asks for a value and not for a future.
//
// Detected by rustc (E0053), at what the method returns. Where the method waits for
// nothing, it need not be async. Else the trait's method becomes async, and with it the
// other implementations and the callers; or, where the trait asks for a boxed future, the
// method returns one. A method of another crate's trait may become the type's own. `drop` has a
// pitfall of its own.
#include "diag/catalogue.h"
#include "pitfalls/async_clash.h"
#include "pitfalls/await_goal.h"
#include "pitfalls/sink.h"
#include "syntax/items.h"

namespace jaa::pitfalls {

void async_impl_of_sync_method(const flow::Facts& facts, Sink& sink) {
  for (const AsyncClash& clash : async_clashes(facts)) {
    if (!clash.is_async || is_destructor(clash.method)) {
      continue;
    }
    const std::string trait(syntax::last_name(syntax::impl_of(clash.method).field("trait")));
    auto finding = sink.report(
        clash.place, diag::async_impl_of_sync_method{.method = clash.name, .trait = trait});
    finding.label("gives a future");
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t diagnostic : clash.diagnostics) {
      finding.explains(diagnostic);
    }
    if (!clash.declared) {
      finding.fixes(make_sync(clash));
      propagate::Goal goal;
      goal.functions = {clash.method};
      finding.fixes(propagate::fixes(facts, goal, ""));
      finding.help("`" + trait +
                   "` is of another crate and stays as it is; what has to be awaited can be "
                   "done before, by an async function that calls this method at its end");
      continue;
    }
    finding.label(clash.declared.field("name").span(), clash.wants_box
                                                           ? "the trait asks for a future in a box"
                                                           : "the trait asks for the value itself");
    if (clash.wants_box) {
      finding.fixes(box_as_declared(facts, clash));
      continue;
    }
    finding.fixes(make_sync(clash));
    propagate::Goal goal;
    goal.functions = {clash.declared};
    offer_carrying(finding, facts, goal, "");
  }
}

}  // namespace jaa::pitfalls
