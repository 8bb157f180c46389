// Reports a method that is not async although its trait's is.
//
// Detected by rustc, at the head of the method in the `impl`. The remedy makes it async;
// where the trait asks for a boxed future, it returns one.
#include "diag/catalogue.h"
#include "pitfalls/async_clash.h"
#include "pitfalls/sink.h"

namespace jaa::pitfalls {

void sync_impl_of_async_method(const flow::Facts& facts, Sink& sink) {
  for (const AsyncClash& clash : async_clashes(facts)) {
    if (clash.is_async) {
      continue;
    }
    auto finding = sink.report(clash.place, diag::sync_impl_of_async_method{.method = clash.name});
    finding.label("gives its value at once");
    if (clash.declared) {
      finding.label(clash.declared.field("name").span(), "the trait promises a future of it");
    }
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t diagnostic : clash.diagnostics) {
      finding.explains(diagnostic);
    }
    if (clash.wants_box) {
      finding.fixes(box_as_declared(facts, clash));
    } else {
      finding.fixes(make_async(facts, clash));
    }
    finding.help("`std::future::ready(..)` is a future of a value that is there already");
  }
}

}  // namespace jaa::pitfalls
