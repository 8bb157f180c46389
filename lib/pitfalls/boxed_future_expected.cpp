// Reports a future that stands where a boxed one is expected: a handler in a table, the
// result of a function, an element of a list.
//
// Detected: rustc quotes the box as what it expects and offers `Box::pin`, or finds
// `Box::new` there, or a boxed function whose result is no box (E0271). All places of one
// function that expect the same are one finding.
#include <algorithm>

#include "diag/catalogue.h"
#include "flow/future_mismatch.h"
#include "pitfalls/send_report.h"
#include "rewrite/box_future.h"
#include "rewrite/one_block.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using flow::FutureMismatch;
using syntax::Node;
using Kind = FutureMismatch::Kind;

// The other arms of the branch that `node` is an arm of, where they are futures too:
// rustc stops at the first.
std::vector<Node> other_arms(const flow::Facts& facts, Node node) {
  std::vector<Node> result;
  Node branch;
  for (Node at = node.parent();
       at && !at.is_any({"closure_expression", "async_block", "function_item"}); at = at.parent()) {
    if (at.is_any({"if_expression", "match_expression"})) branch = at;
  }
  const std::vector<Node> values = rewrite::arm_values(branch);
  const bool is_arm = std::any_of(values.begin(), values.end(), [&node](const Node& value) {
    return value.span() == node.span();
  });
  for (const Node& value : values) {
    if (is_arm && value.span() != node.span() && flow::is_future_expression(facts, value)) {
      result.push_back(value);
    }
  }
  return result;
}

// The closure that a boxed variable is, `let double = |n| async move { .. };`.
Node closure_of(Node name) {
  const Node function = syntax::outermost_function(name);
  Node result;
  syntax::walk(function, [&](Node node) {
    if (node.is("let_declaration") && node.field("pattern").text() == name.text() &&
        node.field("value").is("closure_expression")) {
      result = node.field("value");
    }
    return syntax::Walk::Into;
  });
  return result;
}

// A boxed function or closure gives boxes.
void box_given(const flow::Facts& facts, const FutureMismatch& one, rewrite::EditList& edits) {
  const std::vector<Node> arguments = one.node.field("arguments").named_children();
  if (arguments.size() != 1) return;
  const Node given = arguments.front();
  Node closure = given.is("closure_expression") ? given : Node();
  if (given.is("identifier")) closure = closure_of(given);
  if (closure) {
    if (closure.span().file == one.place.file &&
        flow::is_future_expression(facts, closure.field("body"))) {
      rewrite::box_value(facts.tree(one.place.file), closure.field("body").span(), "", edits);
    }
    return;
  }
  const syntax::Items::List& functions = facts.items().functions(syntax::last_name(given));
  if (functions.size() == 1) rewrite::box_result_of(one.node, functions.front(), edits);
}

bool is_same_cause(const FutureMismatch& a, const FutureMismatch& b) {
  return a.kind != Kind::Distinct && b.kind != Kind::Distinct &&
         (a.kind == Kind::ClosureBody) == (b.kind == Kind::ClosureBody) &&
         a.place.file == b.place.file &&
         syntax::outermost_function(a.node) == syntax::outermost_function(b.node);
}

}  // namespace

void boxed_future_expected(const flow::Facts& facts, Sink& sink) {
  const std::vector<FutureMismatch> all_places = flow::read_future_mismatches(facts);
  std::vector<bool> is_done(all_places.size());
  for (size_t first = 0; first < all_places.size(); ++first) {
    const FutureMismatch& start = all_places[first];
    if (is_done[first] || start.kind == Kind::Distinct) continue;
    auto finding = sink.report(start.place, diag::boxed_future_expected{.type = start.expected});
    finding.label("a future by itself, each of its own type");
    finding.evidence(base::Evidence::Messages);
    rewrite::EditList edits(facts.tree(start.place.file));
    rewrite::ImportEdits imports;
    std::vector<base::Span> boxed;
    const auto box = [&](const base::Span& place) {
      if (std::find(boxed.begin(), boxed.end(), place) != boxed.end()) return;
      boxed.push_back(place);
      rewrite::box_value(facts.tree(place.file), place, "", edits);
    };
    for (size_t index = first; index < all_places.size(); ++index) {
      const FutureMismatch& one = all_places[index];
      if (!is_same_cause(start, one)) continue;
      is_done[index] = true;
      finding.explains(one.diagnostic);
      if (index != first) finding.label(one.place, "and here");
      if (one.kind == Kind::BoxNewInstead) {
        rewrite::pin_box(one.node, edits);
      } else if (one.kind == Kind::ClosureBody) {
        // Where it is written, nothing says what the closure has to give.
        const bool is_send = one.expected.find("+ Send") != std::string::npos;
        rewrite::box_value(
            facts.tree(one.place.file), one.place,
            rewrite::boxed_future_type(one.node, is_send, facts.package().edition, imports), edits);
        boxed.push_back(one.place);
      } else if (one.kind == Kind::FunctionGiven) {
        box_given(facts, one, edits);
      } else {
        box(one.place);
        for (const Node& arm : other_arms(facts, one.node)) box(arm.span());
      }
    }
    base::FixIt fix = bound_fix(
        "box_future",
        boxed.size() > 1 ? "put each future in a box of its own" : "put the future in a box",
        edits.take());
    for (base::Edit& edit : imports.take()) fix.edits.push_back(std::move(edit));
    fix.trade_off = "one allocation a future";
    if (!fix.edits.empty()) finding.fix(std::move(fix));
  }
}

}  // namespace jaa::pitfalls
