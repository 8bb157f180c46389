// Reports a closure, or a function given as one, whose future borrows an argument of the
// call, where the bound has one type for the futures of all calls.
//
// Detected: rustc labels the closure's parameter and the bar behind it (no code), or says
// that a function is not general enough for such a bound (E0308). One finding for each
// bound: it and all that is given for it change together.
#include "diag/catalogue.h"
#include "flow/cloning.h"
#include "flow/facts.h"
#include "pitfalls/callback_report.h"
#include "pitfalls/send_report.h"
#include "rewrite/async_closure.h"
#include "rewrite/lend_box.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using flow::ClosureFault;
using syntax::Node;

struct Subject {
  base::Span place;
  std::string name;
};

// The future that the first closure returns; or the function that is given in its place.
std::optional<Subject> subject_of(const flow::Facts& facts, const ClosureGroup& group) {
  for (const flow::ClosureError& error : group.errors) {
    if (error.fault == ClosureFault::ArgumentEscapes) {
      return Subject{error.returned.span(), std::string(error.closure.field("parameters").text())};
    }
  }
  for (const uint32_t index : group.others) {
    for (const rustc::DiagnosticSpan& span : facts.diagnostics()[index].spans) {
      const auto place = span.is_primary ? facts.names().span(span) : std::nullopt;
      if (!place || span.is_from_macro()) {
        continue;
      }
      for (const rewrite::Callback& callback : group.callbacks) {
        for (const Node& argument : rewrite::arguments_for(facts.items(), callback)) {
          const bool is_function = argument.is_any({"identifier", "scoped_identifier"});
          if (is_function && place->contains(argument.span())) {
            return Subject{argument.span(), std::string(argument.text())};
          }
        }
      }
    }
  }
  // In a macro's arguments there are no calls to find it in.
  for (const uint32_t index : group.others) {
    for (const rustc::DiagnosticSpan& span : facts.diagnostics()[index].spans) {
      const auto place = span.is_primary ? facts.names().span(span) : std::nullopt;
      if (place && !span.is_from_macro() && !group.callbacks.empty()) {
        return Subject{*place,
                       std::string(group.callbacks.front().parameter.field("pattern").text())};
      }
    }
  }
  return std::nullopt;
}

// `T` where rustc says that the parameter `name` is a `&T`; empty for a `&mut T`, of which
// a copy would not do.
std::string borrowed_type(const ClosureGroup& group, Node closure, std::string_view name) {
  for (const flow::ClosureError& error : group.errors) {
    if (error.closure == closure && error.variable == name &&
        error.fault == ClosureFault::ArgumentEscapes) {
      return error.borrowed;
    }
  }
  return {};
}

// The closure makes itself a value of its argument before there is a future.
std::vector<base::FixIt> own_argument(const flow::Facts& facts, const ClosureGroup& group) {
  std::vector<base::Edit> edits;
  bool has_state = false;
  for (const Node& closure : group.closures()) {
    const Node block = rewrite::returned_block(closure);
    std::vector<std::string> lets;
    for (const Node& parameter : closure.field("parameters").named_children()) {
      const Node pattern = parameter.is("parameter") ? parameter.field("pattern") : parameter;
      const std::string name(pattern.text());
      const std::string type = borrowed_type(group, closure, name);
      if (pattern.is("identifier") && !type.empty() && syntax::is_mentioned(block, name)) {
        lets.push_back("let " + name + " = " + name + ".to_owned();");
        has_state |= flow::splits_state(facts.items(), type);
      }
    }
    if (lets.empty() || syntax::is_in_macro(closure)) {
      return {};
    }
    rewrite::run_first(facts.tree(closure.span().file), closure, block, lets, edits);
  }
  base::FixIt fix = bound_fix("own_argument", "let the future own what it uses", edits);
  fix.trade_off =
      has_state ? "each call works on a state of its own" : "a copy of the argument for each call";
  fix.keeps_meaning = !has_state;
  return {std::move(fix)};
}

}  // namespace

void closure_returns_borrowing_future(const flow::Facts& facts, Sink& sink) {
  for (const ClosureGroup& group : lending_closures(facts)) {
    const bool is_of_capture = group.has(ClosureFault::CaptureEscapes) ||
                               group.has(ClosureFault::Mutates) || group.has(ClosureFault::Moves);
    const auto subject = is_of_capture ? std::nullopt : subject_of(facts, group);
    if (!subject) {
      continue;
    }
    auto finding = sink.report(subject->place,
                               diag::closure_returns_borrowing_future{.callback = subject->name});
    finding.label("the future borrows what the call is given");
    explain(finding, group);
    const Node bound = group.callbacks.empty() ? Node() : group.callbacks.front().bound;
    if (bound && group.callbacks.front().future) {
      finding.label(bound.span(), "`" + std::string(bound.field("return_type").text()) +
                                      "` is one type for all calls, so it borrows from none");
    } else if (bound) {
      finding.label(bound.span(), "the future that this returns borrows nothing");
    }
    std::vector<base::FixIt> fixes = ask_for_async(facts, group);
    for (base::FixIt& fix : ask_for_box(facts, group)) {
      fixes.push_back(std::move(fix));
    }
    for (std::vector<base::Edit>& edits :
         rewrite::lend_box(facts.items(), bound, group.closures())) {
      fixes.push_back(
          bound_fix("lend_box", "say that the box may borrow the argument", std::move(edits)));
    }
    if (fixes.empty() || !bound) {
      for (base::FixIt& fix : own_argument(facts, group)) {
        fixes.push_back(std::move(fix));
      }
    }
    finding.fixes(std::move(fixes));
    if (!bound) {
      finding.help(
          "a future that owns all it uses can be returned: clone what it needs before the block");
    }
  }
}

}  // namespace jaa::pitfalls
