// Reports an await that has only a reference to the future, or would move it out of where it is.
//
// Detected by rustc: E0277 at an `await`, of a shared reference to what is a future; E0507 of a
// place whose move is an await's. To wait for a future takes the future itself, or a `&mut`
// of one that may be moved. The remedy is to take the futures out of the collection one by one,
// or to wait through a `&mut`; rustc tells whether that can be had.
#include <algorithm>
#include <optional>

#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/future_text.h"
#include "flow/type_text.h"
#include "pitfalls/sink.h"
#include "rewrite/edit_list.h"
#include "rewrite/evaluation.h"
#include "rewrite/naming.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

struct BorrowedFuture {
  uint32_t diagnostic = 0;
  Node await;
  Node operand;
  std::string type;  // as rustc quotes it, without the `&`; may be empty
};

Node await_at(const flow::Facts& facts, const rustc::DiagnosticSpan& span) {
  return span.is_await() ? syntax::enclosing(facts.node_at(span), {"await_expression"}) : Node();
}

// `&T` of a future `T`: by its name, or since the `&mut T` beside it would do.
std::optional<std::string> lent_future(const rustc::Diagnostic& error, const flow::Facts& facts) {
  const std::vector<std::string> quoted = rustc::quoted_parts(error.message);
  llvm::StringRef type(quoted.empty() ? std::string_view() : quoted.front());
  if (!type.consume_front("&") || type.starts_with("mut ")) {
    return std::nullopt;
  }
  const std::string exclusive = "&mut " + type.str();
  const bool may_be_exclusive =
      std::any_of(error.children.begin(), error.children.end(), [&](const auto& child) {
        const std::vector<std::string> names = rustc::quoted_parts(child.message);
        return std::find(names.begin(), names.end(), exclusive) != names.end();
      });
  return may_be_exclusive || flow::is_future_type(type.str(), facts.items())
             ? std::optional(type.str())
             : std::nullopt;
}

std::vector<BorrowedFuture> borrowed_futures(const flow::Facts& facts) {
  std::vector<BorrowedFuture> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    if (!error.is_error() || (error.code != "E0277" && error.code != "E0507")) {
      continue;
    }
    const auto type = error.code == "E0277" ? lent_future(error, facts) : std::string();
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node await = type ? await_at(facts, span) : Node();
      const Node operand = rewrite::awaited_operand(await);
      if (operand && span.is_primary == (error.code == "E0277") && !syntax::is_in_macro(await)) {
        result.push_back({index, await, operand, *type});
        break;
      }
    }
  }
  return result;
}

base::FixIt fix_of(std::string name, std::string title, std::vector<base::Edit> edits,
                   const BorrowedFuture& future) {
  base::FixIt fix;
  fix.name = std::move(name);
  fix.title = std::move(title);
  fix.edits = std::move(edits);
  fix.keeps_meaning = true;
  fix.body = syntax::outermost_function(future.await).span();
  return fix;
}

// `handle.iter()` in the chain that `value` is, or the `&` of `&handles`.
struct Lending {
  Node whole;
  Node owner;
};

std::optional<Lending> lending_of(Node value) {
  if (value.is("reference_expression")) {
    const Node owner = value.field("value");
    return value.has_child("mutable_specifier") ? std::nullopt
                                                : std::optional(Lending{value, owner});
  }
  for (Node at = value; at; at = rewrite::chain_receiver(at)) {
    if (rewrite::method_name(at).text() == "iter" && !rewrite::has_arguments(at)) {
      return Lending{at, rewrite::chain_receiver(at)};
    }
  }
  return std::nullopt;
}

// What lends the variable: what a `for` goes over or a `match` looks at, or the chain whose
// closure has it for its parameter.
Node lender_of(Node binding) {
  const Node owner =
      syntax::enclosing(binding, {"for_expression", "closure_expression", "let_declaration",
                                  "let_condition", "match_arm", "function_item"});
  if (owner.is("match_arm")) {
    return syntax::enclosing(owner, {"match_expression"}).field("value");
  }
  if (owner.is_any({"let_condition", "let_declaration"})) {
    return owner.field("pattern").contains(binding) ? owner.field("value") : Node();
  }
  if (owner.is("for_expression")) {
    return owner.field("pattern").contains(binding) ? owner.field("value") : Node();
  }
  const bool is_parameter =
      owner.is("closure_expression") && owner.field("parameters").contains(binding);
  return is_parameter ? rewrite::chain_receiver(owner.parent().parent()) : Node();
}

// `for handle in &handles` -> `for handle in handles`, or `in &mut handles`; the same of what an
// `if let` or `match` looks into.
std::vector<base::FixIt> take_each(const BorrowedFuture& future) {
  if (!future.operand.is("identifier")) {
    return {};
  }
  const Node lender = lender_of(syntax::binding_of(future.operand.text(), future.operand));
  const auto lending = lender ? lending_of(lender) : std::nullopt;
  if (!lending) {
    return {};
  }
  const std::string owner(lending->owner.text());
  const base::Span place = lending->whole.span();
  if (lending->whole.is("reference_expression")) {
    const bool is_one = !lender.parent().is("for_expression");
    const std::string what = is_one ? "the future in `" : "the futures of `";
    std::vector<base::FixIt> result{
        fix_of("take_each", "take " + what + owner + "` to wait for " + (is_one ? "it" : "them"),
               {{place, owner}}, future),
        fix_of("wait_in_place", "wait for " + what + owner + "` in place",
               {{place, "&mut " + owner}}, future)};
    if (is_one) {
      result.push_back(fix_of("take", "take the future out of `" + owner + "`",
                              {{place, owner + ".take()"}}, future));
      result.back().keeps_meaning = false;
      result.back().trade_off = "`" + owner + "` is empty afterwards";
    }
    return result;
  }
  const bool is_loop = lending->whole == lender && lender.parent().is("for_expression");
  return {fix_of("take_each", "take the futures of `" + owner + "` to wait for them",
                 {{place, owner + (is_loop ? "" : ".into_iter()")}}, future),
          fix_of("wait_in_place", "wait for the futures of `" + owner + "` in place",
                 {{place, owner + ".iter_mut()"}}, future)};
}

// `for i in 0..handles.len() { handles[i].await }`, where `i` is for nothing else.
std::vector<base::FixIt> take_counted(const syntax::Tree& tree, const BorrowedFuture& future) {
  const std::vector<Node> indexed =
      future.operand.is("index_expression") ? future.operand.parts() : std::vector<Node>();
  if (indexed.size() != 2 || !indexed[1].is("identifier")) {
    return {};
  }
  const std::string owner(indexed[0].text());
  const Node counter = syntax::binding_of(indexed[1].text(), indexed[1]);
  const Node loop = counter.parent();
  const Node range = loop.field("value");
  const bool goes_over_all = loop.is("for_expression") && loop.field("pattern") == counter &&
                             range.is("range_expression") &&
                             range.text() == "0.." + owner + ".len()";
  if (!goes_over_all || syntax::mentions(loop.field("body"), counter.text()).size() != 1) {
    return {};
  }
  rewrite::FreshNames names(loop);
  const std::string name = names.unused("future");
  rewrite::EditList edits(tree);
  edits.replace(counter, name);
  edits.replace(range, owner);
  edits.replace(future.operand, name);
  return {fix_of("take_each", "take the futures of `" + owner + "` to wait for them", edits.take(),
                 future)};
}

// `self.task.await` -> `(&mut self.task).await`
std::vector<base::FixIt> wait_through(const syntax::Tree& tree, const BorrowedFuture& future) {
  if (!rewrite::is_place(future.operand)) {
    return {};
  }
  const std::string place(future.operand.text());
  rewrite::EditList edits(tree);
  edits.replace(future.operand, "(&mut " + place + ")");
  return {fix_of("wait_in_place", "wait for `" + place + "` in place", edits.take(), future)};
}

std::vector<base::FixIt> remedies(const flow::Facts& facts, const BorrowedFuture& future) {
  const syntax::Tree& tree = facts.tree(future.await.span().file);
  std::vector<base::FixIt> result = take_each(future);
  for (auto* remedy : {take_counted, wait_through}) {
    for (base::FixIt& fix : remedy(tree, future)) {
      result.push_back(std::move(fix));
    }
  }
  return result;
}

}  // namespace

void await_of_borrowed_future(const flow::Facts& facts, Sink& sink) {
  for (const BorrowedFuture& future : borrowed_futures(facts)) {
    auto finding =
        sink.report(future.operand.span(),
                    diag::await_of_borrowed_future{
                        .expression = rewrite::quoted(future.operand.text(), "expression")});
    finding.label(future.type.empty()
                      ? "belongs to somebody else, and an await takes it"
                      : "a reference to `" + flow::shown_type_text(future.type) + "`");
    finding.evidence(base::Evidence::Messages);
    finding.explains(future.diagnostic);
    finding.fixes(remedies(facts, future));
  }
}

}  // namespace jaa::pitfalls
