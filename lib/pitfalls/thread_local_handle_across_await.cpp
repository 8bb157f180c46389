// Reports a value that is bound to its thread by its type, held across an await of a
// future which has to be `Send`.
//
// Detected: what denies `Send` lies in a type of another crate, or behind a private field
// of another module, so that nothing but the value's life can be changed.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/type_text.h"
#include "pitfalls/send_report.h"

namespace jaa::pitfalls {

void thread_local_handle_across_await(const flow::Facts& facts, Sink& sink) {
  for (const flow::Cause& cause : facts.causes()) {
    if (cause.kind != flow::CauseKind::ThreadHandle) {
      continue;
    }
    auto finding = sink.report(
        cause.place, diag::thread_local_handle_across_await{
                         .value = cause.subject, .type = flow::short_type_text(cause.value_type)});
    finding.label("of a type that stays on the thread that made it");
    explain(finding, facts, cause);
    finding.fixes(shorten_scope(facts, cause));
  }
}

}  // namespace jaa::pitfalls
