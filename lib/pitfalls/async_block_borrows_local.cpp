// Reports an async block that its function returns and that borrows the function's
// variables.
//
// Detected: rustc names the variable (E0373, or E0597 where the block is kept in a
// variable first), and the block goes into the result of its function or closure. A block
// that is given to another call, such as a spawn, is another pitfall.
#include <algorithm>
#include <optional>

#include "diag/catalogue.h"
#include "flow/cloning.h"
#include "flow/escaping_future.h"
#include "pitfalls/callback_report.h"
#include "pitfalls/send_report.h"
#include "rewrite/clone_capture.h"
#include "rewrite/evaluation.h"
#include "rewrite/into_future.h"
#include "rewrite/naming.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using flow::EscapingBorrow;
using syntax::Node;

bool is_bound_in(Node function, std::string_view name) {
  bool found = false;
  const auto look_at = [&](Node pattern) {
    for (const syntax::Binding& binding : syntax::bindings(pattern)) {
      found |= binding.name.text() == name;
    }
  };
  look_at(function.field("parameters"));
  syntax::walk(function.field("body"), [&](Node node) {
    if (node.is_any({"let_declaration", "let_condition", "for_expression", "match_arm"})) {
      look_at(node.field("pattern"));
    }
    return syntax::Walk::Into;
  });
  return found;
}

// A variable from around the closure that the block changes: a copy would take the change.
std::string changed_from_outside(const EscapingBorrow& borrow) {
  if (!borrow.function.is("closure_expression")) return {};
  std::string result;
  syntax::for_each_name(borrow.block, [&](std::string_view name, Node) {
    if (result.empty() && !is_bound_in(borrow.function, name) &&
        rewrite::change_of(std::string(name), borrow.block) == rewrite::Change::Yes) {
      result = std::string(name);
    }
  });
  return result;
}

// The names of what the block takes from around its closure and does not copy; none where
// one of them cannot be lent.
std::optional<std::vector<std::string>> lendable(const flow::Facts& facts,
                                                 const EscapingBorrow& borrow) {
  std::vector<std::string> names;
  for (const Node& binding : captures(borrow.function, borrow.block)) {
    const std::string name(binding.text());
    const std::string type = facts.type_of(binding);
    if (binding.is("self_parameter")) return std::nullopt;
    if (!type.empty() && flow::cloning_of(facts.items(), type) == flow::Cloning::Copies) continue;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

// Each call's future takes what belongs to that call; what is from around the closure stays
// there, for the next call, and for whoever looks at it later.
std::vector<base::Edit> own_and_lend(const flow::Facts& facts, const EscapingBorrow& borrow) {
  const Node closure = borrow.function;
  const auto names = lendable(facts, borrow);
  if (!names) return {};
  std::vector<base::Edit> edits =
      rewrite::lend_before(facts.tree(closure.span().file), closure, *names);
  if (edits.empty()) return {};
  if (!closure.has_child("move"))
    edits.push_back({{closure.span().file, closure.begin(), closure.begin()}, "move "});
  for (base::Edit& edit : rewrite::own_captures(borrow.block)) edits.push_back(std::move(edit));
  return edits;
}

}  // namespace

void async_block_borrows_local(const flow::Facts& facts, Sink& sink) {
  const std::vector<EscapingBorrow> all_borrows = flow::read_escaping_borrows(facts);
  std::vector<Node> done;
  for (const EscapingBorrow& first : all_borrows) {
    if (!first.block || std::find(done.begin(), done.end(), first.block) != done.end()) continue;
    done.push_back(first.block);
    const base::Span block = first.block.span();
    const Node variable = flow::root_variable(first.borrowed);
    const std::string name = rewrite::shortened((variable ? variable : first.borrowed).text());
    constexpr uint32_t AsyncLength = 5;
    auto finding = sink.report({block.file, block.begin, block.begin + AsyncLength},
                               diag::async_block_borrows_local{.variable = name});
    finding.label("runs after the function has returned");
    finding.evidence(base::Evidence::Messages);
    std::vector<base::Span> labelled;
    for (const EscapingBorrow& one : all_borrows) {
      if (one.block != first.block) continue;
      finding.explains(one.diagnostic);
      if (std::find(labelled.begin(), labelled.end(), one.borrowed.span()) == labelled.end()) {
        labelled.push_back(one.borrowed.span());
        finding.label(one.borrowed.span(), "borrowed from the function");
      }
    }
    if (first.function.is("closure_expression") && !first.function.has_child("async")) {
      base::FixIt lend = bound_fix("lend", "let each call own what is its own, and lend the rest",
                                   own_and_lend(facts, first));
      lend.body = syntax::outermost_function(first.function).span();
      if (!lend.edits.empty()) finding.fix(std::move(lend));
    }
    base::FixIt fix = bound_fix("move", "let the async block own what it uses",
                                rewrite::own_captures(first.block));
    const std::string changed = changed_from_outside(first);
    if (!changed.empty()) {
      fix.keeps_meaning = false;
      fix.trade_off = "the block changes a copy of `" + changed + "` where it can be copied";
    }
    if (!fix.edits.empty()) finding.fix(std::move(fix));
  }
}

}  // namespace jaa::pitfalls
