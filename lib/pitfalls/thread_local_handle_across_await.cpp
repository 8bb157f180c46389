// Reports a value that is bound to its thread by its type, held across an await of a
// future which has to be `Send`.
//
// Detected: what denies `Send` lies in a type of a dependency, is a marker, or belongs to
// a module with state for each thread, so that nothing but the value's life can change.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/type_sites.h"
#include "flow/type_text.h"
#include "pitfalls/send_report.h"

namespace jaa::pitfalls {
namespace {

// Every handle that `made` gives is to the same state of the thread: the function is of
// the crate and takes it out of a `thread_local!`, or it is that of the `rand` crate.
bool shares_thread_state(const flow::Facts& facts, const flow::Cause& cause) {
  const syntax::Node call = flow::origin_of(cause.value).value;
  const std::string_view name = syntax::last_name(call.field("function"));
  for (const syntax::Node& function : facts.items().functions(name)) {
    const std::string_view file = facts.files().text(function.span().file);
    if (function.text().find(".with(") != std::string_view::npos &&
        file.find("thread_local!") != std::string_view::npos) {
      return true;
    }
  }
  return cause.held && cause.held->type.find("rand::") != std::string::npos;
}

}  // namespace

void thread_local_handle_across_await(const flow::Facts& facts, Sink& sink) {
  for (const flow::Cause& cause : facts.causes()) {
    if (cause.kind != flow::CauseKind::ThreadHandle) {
      continue;
    }
    auto finding = sink.report(
        cause.place, diag::thread_local_handle_across_await{
                         .value = cause.subject, .type = flow::shown_type_text(cause.value_type)});
    finding.label("of a type that stays on the thread that made it");
    explain(finding, facts, cause);
    finding.fixes(shorten_scope(facts, cause));
    for (base::FixIt& fix : make_where_used(facts, cause)) {
      fix.keeps_meaning = shares_thread_state(facts, cause);
      finding.fix(std::move(fix));
    }
  }
}

}  // namespace jaa::pitfalls
