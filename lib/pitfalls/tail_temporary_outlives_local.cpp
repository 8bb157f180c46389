// Reports a temporary at the end of an async block or function that borrows one of its locals
// and is dropped after it.
//
// Detected: rustc refuses the borrow (E0597) and proposes to bind the value of the block's last
// expression, or to end that with a semicolon: it does where only the order of the drops is
// wrong, which edition 2024 changed. Ignored on purpose: sync functions.
#include <algorithm>
#include <optional>

#include "diag/catalogue.h"
#include "flow/facts.h"
#include "llvm/ADT/StringRef.h"
#include "pitfalls/sink.h"
#include "rewrite/edit_list.h"
#include "rewrite/naming.h"
#include "syntax/layout.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

struct Tail {
  Node expression;
  bool is_unit = false;  // its value is nothing, and needs no name
};

// The expression that the proposal is about: `let x = ..; x`, or a `;` behind it.
std::optional<Tail> proposed_tail(const flow::Facts& facts, const rustc::Diagnostic& error) {
  for (const rustc::Diagnostic& child : error.children) {
    std::optional<uint32_t> begin;
    std::optional<base::Span> end;
    for (const rustc::DiagnosticSpan& span : child.spans) {
      const auto place = span.is_from_macro() ? std::nullopt : facts.names().span(span);
      if (!place || !span.suggested_replacement) continue;
      const llvm::StringRef text(*span.suggested_replacement);
      if (text.starts_with("let ")) begin = place->begin;
      if (text.starts_with(";")) end = place;
    }
    if (!end) continue;
    const syntax::Tree& tree = facts.tree(end->file);
    if (begin) {
      const Node expression = tree.node_at({end->file, *begin, end->begin});
      if (expression) return Tail{expression, false};
    }
    const Node last = tree.smallest_node({end->file, end->begin - 1, end->begin});
    const Node statement = syntax::enclosing_statement(last);
    if (statement.end() == end->begin) return Tail{statement, true};
  }
  return std::nullopt;
}

base::FixIt bind_value(const syntax::Tree& tree, const Tail& tail) {
  const Node expression = tail.expression;
  rewrite::EditList edits(tree);
  base::FixIt fix;
  fix.keeps_meaning = true;
  if (tail.is_unit) {
    fix.name = "end_statement";
    fix.title = "end the statement, and with it the temporary";
    edits.insert(expression.end(), ";");
  } else {
    const std::string name = rewrite::FreshNames(expression).for_value(expression);
    fix.name = "bind";
    fix.title = "bind the value first, which ends the temporary";
    edits.insert(expression.begin(), "let " + name + " = ");
    edits.insert(expression.end(), ";");
    edits.insert_behind(expression, name);
  }
  fix.edits = edits.take();
  fix.body = syntax::enclosing_function(expression).span();
  return fix;
}

// The longest of the expressions that rustc labels around the borrowed variable.
base::Span temporary_around(const flow::Facts& facts, const rustc::Diagnostic& error,
                            const base::Span& variable) {
  base::Span result = variable;
  for (const rustc::DiagnosticSpan& span : error.spans) {
    const auto place = facts.names().span(span);
    if (place && place->contains(result)) result = *place;
  }
  return result;
}

}  // namespace

void tail_temporary_outlives_local(const flow::Facts& facts, Sink& sink) {
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    if (!error.is_error() || error.code != "E0597") continue;
    const auto tail = proposed_tail(facts, error);
    const auto primary = std::find_if(error.spans.begin(), error.spans.end(),
                                      [](const auto& span) { return span.is_primary; });
    const auto variable =
        primary == error.spans.end() ? std::nullopt : facts.names().span(*primary);
    if (!tail || !variable ||
        !syntax::is_async_function(syntax::enclosing_function(tail->expression)))
      continue;
    const base::Span temporary = temporary_around(facts, error, *variable);
    auto finding =
        sink.report(temporary, diag::tail_temporary_outlives_local{
                                   .temporary = rewrite::shortened(facts.files().text(temporary)),
                                   .variable = rewrite::shortened(facts.files().text(*variable))});
    finding.label("a temporary of the last expression ends behind the block's variables");
    finding.evidence(base::Evidence::Messages);
    finding.explains(index);
    finding.fix(bind_value(facts.tree(variable->file), *tail));
  }
}

}  // namespace jaa::pitfalls
