// Reports a closure that may be called several times and gives away, into the future of
// its first call, what it has captured.
//
// Detected: rustc names the captured variable and labels the closure's head (E0507,
// E0525). A use after the closure, which has taken the value (E0382), goes with it. Not
// reported: what the closure changes; that is `mutable_capture_in_async_block`.
#include "diag/catalogue.h"
#include "flow/cloning.h"
#include "flow/facts.h"
#include "flow/type_sites.h"
#include "pitfalls/callback_report.h"
#include "pitfalls/owned_values.h"
#include "pitfalls/send_report.h"
#include "rewrite/clone_capture.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using flow::ClosureError;
using flow::ClosureFault;
using syntax::Node;

// Each variable once, with the first use that rustc shows.
std::vector<rewrite::GivenAway> given_away(const ClosureGroup& group) {
  std::vector<rewrite::GivenAway> result;
  for (const ClosureError& error : group.errors) {
    const bool is_known = std::any_of(
        result.begin(), result.end(),
        [&error](const rewrite::GivenAway& one) { return one.variable == error.variable; });
    if (!is_known && !error.variable.empty()) {
      result.push_back({error.variable, error.use});
    }
  }
  return result;
}

std::string type_of(const flow::Facts& facts, const ClosureError& error) {
  if (!error.moved_type.empty()) {
    return error.moved_type;
  }
  Node name = error.declared;
  if (name.is("mut_pattern") && !name.named_children().empty()) {
    name = name.named_children().back();
  }
  const std::string root = error.variable.substr(0, error.variable.find('.'));
  if (!name.is("identifier") || name.text() != root) {
    name = flow::local_binding(error.use ? error.use : error.closure, root);
  }
  return likely_type(facts, name);
}

std::string joined(const std::vector<rewrite::GivenAway>& given) {
  std::string text;
  for (const rewrite::GivenAway& one : given) {
    text += (text.empty() ? "`" : ", `") + one.variable + "`";
  }
  return text;
}

void add_fixes(const flow::Facts& facts, const ClosureGroup& group,
               const std::vector<rewrite::GivenAway>& given, FindingBuilder& finding) {
  const Node closure = group.errors.front().closure;
  bool shares = true;
  for (const ClosureError& error : group.errors) {
    shares = shares && !flow::splits_state(facts.items(), type_of(facts, error));
  }
  for (std::vector<base::Edit>& edits :
       rewrite::clone_each_call(facts.tree(closure.span().file), closure, given)) {
    base::FixIt fix =
        bound_fix("clone_each_call", "clone " + joined(given) + " in each call", std::move(edits));
    fix.trade_off = shares ? "one clone a call" : "each call then has a state of its own";
    fix.keeps_meaning = shares;
    fix.body = syntax::outermost_function(closure).span();
    finding.fix(std::move(fix));
  }
  finding.fixes(ask_for_async(facts, group));
  if (!group.callbacks.empty() &&
      std::all_of(group.callbacks.begin(), group.callbacks.end(), rewrite::calls_once)) {
    base::FixIt fix = bound_fix("call_once", "ask for a closure that is called once",
                                rewrite::bind_kind(group.callbacks, "FnOnce"));
    finding.fix(std::move(fix));
  }
  std::vector<std::string> names;
  for (const rewrite::GivenAway& one : given) {
    names.push_back(one.variable);
  }
  std::vector<base::Edit> lent =
      rewrite::lend_before(facts.tree(closure.span().file), closure, names);
  if (!lent.empty()) {
    base::FixIt fix = bound_fix("lend", "let the closure have a reference", std::move(lent));
    fix.body = syntax::outermost_function(closure).span();
    finding.fix(std::move(fix));
  }
}

}  // namespace

void closure_moves_capture(const flow::Facts& facts, Sink& sink) {
  for (const ClosureGroup& group : giving_closures(facts)) {
    const std::vector<rewrite::GivenAway> given = given_away(group);
    if (given.empty()) {
      continue;
    }
    const ClosureError& first = group.errors.front();
    const Node place = first.use ? first.use : first.returned;
    auto finding = sink.report(place.span(),
                               diag::closure_moves_capture{
                                   .closure = std::string(first.closure.field("parameters").text()),
                                   .variable = given.front().variable});
    finding.label("the future of the first call takes it");
    for (size_t index = 1; index < given.size(); ++index) {
      if (given[index].use && given[index].use.span() != place.span()) {
        finding.label(given[index].use.span(), "and this");
      }
    }
    if (first.bound) {
      finding.label(first.bound.span(), "more than one call is asked for here");
    }
    explain(finding, group);
    add_fixes(facts, group, given, finding);
  }
}

}  // namespace jaa::pitfalls
