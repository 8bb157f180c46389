// Reports a local that one of several async blocks of a function changes while another
// borrows it.
//
// Detected: rustc refuses the second borrow (E0499, E0502, E0506, E0524), and both are those
// of async blocks. Ignored on purpose: blocks that go to tasks of their own, which may not
// borrow at all; fields of `self`.
#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/joined_borrows.h"
#include "flow/taken_along.h"
#include "pitfalls/sink.h"
#include "rewrite/share_changes.h"
#include "syntax/mentions.h"

namespace jaa::pitfalls {
namespace {

using flow::JoinedBorrow;
using rewrite::Sharer;
using syntax::Node;

std::string names_of(const JoinedBorrow& borrow) {
  std::string result;
  for (const Node& variable : borrow.variables)
    result += (result.empty() ? "`" : ", `") + std::string(variable.text()) + "`";
  return result;
}

base::FixIt share(const flow::Facts& facts, const JoinedBorrow& borrow, Sharer sharer) {
  const bool is_cell = sharer == Sharer::RefCell;
  rewrite::ImportEdits imports;
  base::FixIt fix;
  fix.name = is_cell ? "cell" : "lock";
  fix.keeps_meaning = true;
  fix.title = "let the blocks share " + names_of(borrow) + " by a `" +
              (is_cell ? "RefCell" : "Mutex") + "`";
  for (const Node& variable : borrow.variables) {
    rewrite::ChangedLocal local;
    local.binding = variable;
    local.sharer = sharer;
    for (const Node& block : borrow.futures)
      if (syntax::is_mentioned(block, variable.text())) local.futures.push_back(block);
    std::vector<base::Edit> edits =
        rewrite::share_changes(facts.tree(variable.span().file), local, imports);
    if (edits.empty()) return {};
    for (base::Edit& edit : edits) fix.edits.push_back(std::move(edit));
  }
  for (base::Edit& edit : imports.take()) fix.edits.push_back(std::move(edit));
  return fix;
}

}  // namespace

void futures_change_one_local(const flow::Facts& facts, Sink& sink) {
  for (const JoinedBorrow& borrow : flow::read_joined_borrows(facts)) {
    auto finding = sink.report(flow::head_of_future(borrow.futures.back()),
                               diag::futures_change_one_local{.variables = names_of(borrow)});
    finding.label("holds its borrow from its start to its end");
    for (const Node& variable : borrow.variables) {
      finding.label(variable.span(), "belongs to the function");
    }
    for (const Node& block : borrow.futures) {
      if (block != borrow.futures.back())
        finding.label(flow::head_of_future(block), "and so does this block");
    }
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t index : borrow.diagnostics) finding.explains(index);
    for (const Sharer sharer : {Sharer::RefCell, Sharer::Mutex}) {
      base::FixIt fix = share(facts, borrow, sharer);
      if (!fix.edits.empty()) finding.fix(std::move(fix));
    }
    finding.help(
        "blocks that need not run in turns can be awaited one after the other, each where "
        "it is written");
  }
}

}  // namespace jaa::pitfalls
