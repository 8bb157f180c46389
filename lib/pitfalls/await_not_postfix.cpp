// Reports awaits that are not written as `future.await`: in front of their operand, as a call,
// or as a macro.
//
// Detected: rustc refuses an `await` where an expression may stand, or what is behind one. It
// takes a whole chain for the operand; the calls in it say which part is the future. Ignored on
// purpose: the arguments of macros that nothing is known of.
#include <algorithm>
#include <map>
#include <memory>

#include "diag/catalogue.h"
#include "flow/call_sites.h"
#include "flow/facts.h"
#include "flow/misplaced_await.h"
#include "pitfalls/sink.h"
#include "rewrite/edit_list.h"
#include "rewrite/evaluation.h"
#include "rewrite/naming.h"
#include "syntax/layout.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using flow::MisplacedAwait;
using syntax::Node;

constexpr uint32_t AwaitLength = 5;

bool is_postfix(Node expression) {
  return expression.is_any({"identifier", "self", "scoped_identifier", "generic_function",
                            "call_expression", "field_expression", "index_expression",
                            "try_expression", "await_expression", "macro_invocation", "block",
                            "async_block", "parenthesized_expression"});
}

// What an await in front of it takes in other languages: all that is written behind a name,
// but no operator.
Node operand_at(const syntax::Tree& tree, const MisplacedAwait& await) {
  const uint32_t begin = await.excess.end;
  Node node = tree.smallest_node({await.excess.file, begin, begin + 1});
  while (is_postfix(node.parent()) && node.parent().begin() == begin) node = node.parent();
  const bool is_expression = is_postfix(node) && node.begin() == begin &&
                             !node.parent().is("ERROR") && !syntax::is_in_macro(node) &&
                             syntax::enclosing_function(node);
  return is_expression ? node : Node();
}

Node inside_parentheses(Node expression) {
  const std::vector<Node> parts = expression.parts();
  return expression.is("parenthesized_expression") && parts.size() == 1 ? parts.front() : Node();
}

// Parentheses that held an await in front of something together, and hold nothing now.
bool is_needless_around(Node parenthesized, Node operand) {
  const Node outer = parenthesized.parent();
  return inside_parentheses(parenthesized) == operand &&
         (is_postfix(outer) || outer.is_any({"let_declaration", "arguments"}));
}

// Before an `.await` behind `future`: a line of its own where its last method has one.
std::string gap_behind(const syntax::Tree& tree, Node future) {
  const Node name = rewrite::method_name(future);
  const Node dot = name.previous();
  if (!name || !syntax::starts_line(tree.text(), dot.begin())) return {};
  return std::string(syntax::layout(tree.text()).line_end) +
         std::string(syntax::indentation(tree.text(), dot.begin()));
}

class Operand {
 public:
  Operand(const flow::Facts& facts, const syntax::Tree& tree, const MisplacedAwait& await)
      : tree_(tree), await_(await), operand_(await.is_in_front ? operand_at(tree, await) : Node()) {
    if (!operand_) return;
    future_ = operand_;
    while (future_.is("try_expression") && !future_.parts().empty())
      future_ = future_.parts().front();
    const Node inner = inside_parentheses(future_);
    if (is_postfix(inner) && !syntax::has_comment(tree, future_.span())) {
      unwrapped_ = future_;
      future_ = inner;
    }
    const flow::CallSites calls(facts.trees(), facts.crates(), facts.items());
    for (Node at = future_; at; at = rewrite::chain_receiver(at)) {
      const std::vector<Node> callees = calls.callees(at);
      if (!callees.empty() &&
          std::all_of(callees.begin(), callees.end(), flow::CallSites::gives_future)) {
        places_.push_back(at);
        break;
      }
    }
    for (const Node& other : {future_, operand_})
      if (std::find(places_.begin(), places_.end(), other) == places_.end())
        places_.push_back(other);
  }

  [[nodiscard]] Node whole() const { return operand_; }
  // The expressions that may be the future, best first.
  [[nodiscard]] const std::vector<Node>& places() const { return places_; }

  [[nodiscard]] std::vector<base::Edit> await_behind(Node future) const {
    rewrite::EditList edits(tree_);
    edits.replace(await_.excess.begin, await_.excess.end, "");
    edits.insert(future.end(), gap_behind(tree_, future) + (await_.tries ? ".await?" : ".await"));
    if (unwrapped_ && unwrapped_.contains(future) && future != unwrapped_)
      take_off(unwrapped_, edits);
    const Node around = operand_.parent();
    if (is_needless_around(around, operand_) && !syntax::has_comment(tree_, around.span()))
      take_off(around, edits);
    return edits.take();
  }

 private:
  static void take_off(Node parenthesized, rewrite::EditList& edits) {
    edits.replace(parenthesized.begin(), parenthesized.begin() + 1, "");
    edits.replace(parenthesized.end() - 1, parenthesized.end(), "");
  }

  const syntax::Tree& tree_;
  const MisplacedAwait& await_;
  Node operand_;    // all that stands behind the await
  Node future_;     // without its `?` and without parentheses around it
  Node unwrapped_;  // these parentheses
  std::vector<Node> places_;
};

base::FixIt behind_operand(const flow::Facts& facts, const Operand& operand, Node future,
                           size_t number) {
  base::FixIt fix;
  fix.name = number == 0 ? "behind" : "behind_" + std::to_string(number + 1);
  fix.title = "await behind " + rewrite::quoted(facts.files().text(future.span()), "the future");
  fix.edits = operand.await_behind(future);
  return fix;
}

base::FixIt without_excess(const MisplacedAwait& await) {
  base::FixIt fix;
  fix.name = "behind";
  fix.title = "write `.await` without parentheses";
  fix.edits = {{await.excess, ""}};
  return fix;
}

std::vector<base::FixIt> fixes_of(const flow::Facts& facts, const Operand& operand,
                                  const MisplacedAwait& await, Node function) {
  std::vector<base::FixIt> result;
  if (!await.is_in_front) result.push_back(without_excess(await));
  for (const Node& future : operand.places()) {
    result.push_back(behind_operand(facts, operand, future, result.size()));
  }
  for (base::FixIt& fix : result) {
    fix.keeps_meaning = true;
    if (function) fix.body = function.span();
  }
  return result;
}

// The await and what it takes, or its own part in it.
base::Span written(const Operand& operand, const MisplacedAwait& await) {
  return await.is_in_front
             ? base::Span{await.excess.file, await.excess.begin, operand.whole().end()}
             : base::Span{await.excess.file, await.excess.begin - AwaitLength, await.excess.end};
}

}  // namespace

void await_not_postfix(const flow::Facts& facts, Sink& sink) {
  const std::vector<MisplacedAwait> awaits = flow::read_misplaced_awaits(facts);
  std::map<base::FileId, std::unique_ptr<syntax::OpenedFile>> files;
  for (const MisplacedAwait& await : awaits) {
    std::unique_ptr<syntax::OpenedFile>& file = files[await.excess.file];
    if (!file) file = flow::blank_excess(facts.files(), await.excess.file, awaits);
    const syntax::Tree& tree = *file->tree;
    const Operand operand(facts, tree, await);
    if (await.is_in_front && !operand.whole()) continue;
    const base::Span whole = written(operand, await);
    const base::Span place{whole.file, whole.begin,
                           await.is_in_front ? whole.begin + AwaitLength : whole.end};
    auto finding = sink.report(
        place, diag::await_not_postfix{.written = rewrite::shortened(facts.files().text(whole))});
    finding.label(await.is_in_front ? "stands behind the future: `future.await`"
                                    : "is no call: `future.await`");
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t index : await.diagnostics) finding.explains(index);
    finding.fixes(
        fixes_of(facts, operand, await, syntax::enclosing_function(tree.smallest_node(whole))));
  }
}

}  // namespace jaa::pitfalls
