// Reports the `Result` that a task gives within the one that tells whether it ran, where the
// value in it is wanted.
//
// Detected by rustc, where another type is needed: at the await that is unpacked once, or at
// a use of the variable that it is given to. All of one function are one finding.
// Ignored on purpose: values that a pattern took out of the outer `Result`.
#include <algorithm>

#include "diag/catalogue.h"
#include "flow/nested_result.h"
#include "flow/type_text.h"
#include "pitfalls/sink.h"
#include "rewrite/naming.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using flow::NestedResult;
using Group = std::vector<NestedResult>;

std::vector<Group> by_function(std::vector<NestedResult> all) {
  std::vector<Group> result;
  for (NestedResult& one : all) {
    const syntax::Node function = syntax::enclosing_function(one.expression);
    const auto known = std::find_if(result.begin(), result.end(), [&function](const Group& group) {
      return syntax::enclosing_function(group.front().expression) == function;
    });
    if (known == result.end())
      result.push_back({std::move(one)});
    else
      known->push_back(std::move(one));
  }
  return result;
}

base::FixIt unpack(const Group& group) {
  base::FixIt fix;
  fix.name = "unpack";
  fix.title = "take the inner one off as well, by another `?`";
  fix.body = syntax::enclosing_function(group.front().expression).span();
  fix.keeps_meaning = true;
  for (const NestedResult& one : group)
    fix.edits.push_back({{one.place.file, one.place.end, one.place.end}, "?"});
  return fix;
}

// In the way the outer one is unpacked.
base::FixIt unwrap(const Group& group) {
  base::FixIt fix = unpack(group);
  fix.name = "unwrap";
  fix.title = "unwrap the inner one as well";
  fix.trade_off = "it panics on an error of the work, not only on one of the task";
  fix.keeps_meaning = false;
  for (size_t index = 0; index < group.size(); ++index)
    if (group[index].is_unwrapped) fix.edits[index].text = ".unwrap()";
  return fix;
}

}  // namespace

void nested_result_of_task(const flow::Facts& facts, Sink& sink) {
  for (const Group& group : by_function(flow::read_nested_results(facts))) {
    const NestedResult& first = group.front();
    auto finding = sink.report(
        first.place, diag::nested_result_of_task{
                         .expression = rewrite::shortened(facts.files().text(first.place)),
                         .type = flow::shown_type_text(first.type)});
    finding.label("only the outer one is taken off");
    for (const NestedResult& one : group) {
      if (one.place != first.place) finding.label(one.place, "and here");
      for (const base::Span& use : one.uses)
        if (use != one.place) finding.label(use, "the value in it is wanted here");
      for (const uint32_t index : one.diagnostics) finding.explains(index);
    }
    finding.evidence(base::Evidence::Messages);
    // That the value in it is what was wanted, only an accepted fix tells.
    finding.needs_proof();
    finding.fix(unpack(group));
    if (std::any_of(group.begin(), group.end(), [](const auto& one) { return one.is_unwrapped; }))
      finding.fix(unwrap(group));
  }
}

}  // namespace jaa::pitfalls
