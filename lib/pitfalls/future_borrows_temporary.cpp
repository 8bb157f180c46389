// Reports a future that is kept and borrows a value without a name, which ends with its
// statement.
//
// Detected by rustc (E0716) where a call takes the borrow that gives a future, or the
// statement puts one into a variable. Ignored on purpose: futures that run on their own or
// leave their function, which may not borrow from it at all.
#include <algorithm>
#include <optional>
#include <set>

#include "diag/catalogue.h"
#include "flow/call_sites.h"
#include "flow/cloning.h"
#include "flow/escape.h"
#include "flow/facts.h"
#include "flow/future_text.h"
#include "flow/parameter_names.h"
#include "flow/taken_along.h"
#include "pitfalls/overcaptured_call.h"
#include "pitfalls/sink.h"
#include "propagate/opened_trees.h"
#include "rewrite/evaluation.h"
#include "rewrite/name_temporaries.h"
#include "rewrite/naming.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

struct BorrowedTemporary {
  uint32_t diagnostic = 0;
  base::Span place;
  Node expression;
  Node statement;
  Node future;  // the call that keeps the borrow; else the variable
};

std::optional<base::Span> place_of(const flow::Facts& facts, const rustc::Diagnostic& error) {
  for (const rustc::DiagnosticSpan& span : error.spans) {
    if (span.is_primary) return facts.names().visible_span(span);
  }
  return std::nullopt;
}

// What a macro is given, so that it can be opened as well; else the place itself.
base::Span inside_macro(const flow::Facts& facts, const base::Span& place) {
  const Node node = facts.tree(place.file).node_at(place);
  const std::vector<Node> parts = node.parts();
  return node.is("macro_invocation") && !parts.empty() ? parts.back().span() : place;
}

// The name of a future that the statement binds.
Node future_variable(const flow::Facts& facts, Node statement) {
  for (const syntax::Binding& binding : syntax::bindings(statement.field("pattern"))) {
    if (flow::is_future_type(facts.type_of(binding.name), facts.items())) return binding.name;
  }
  return {};
}

// Errors about tasks, and about functions whose futures keep more than they need.
std::set<uint32_t> of_others(const flow::Facts& facts) {
  std::set<uint32_t> result;
  for (const flow::Escape& escape : flow::read_escapes(facts)) {
    result.insert(escape.diagnostics.begin(), escape.diagnostics.end());
  }
  for (const flow::Overcapture& overcapture : overcaptures(facts)) {
    result.insert(overcapture.diagnostic);
  }
  return result;
}

std::vector<BorrowedTemporary> read_temporaries(const flow::Facts& facts,
                                                propagate::OpenedTrees& opened) {
  const std::set<uint32_t> others = of_others(facts);
  std::vector<BorrowedTemporary> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const auto place = error.is_error() && error.code == "E0716" && !others.contains(index)
                           ? place_of(facts, error)
                           : std::nullopt;
    if (!place) continue;
    opened.open(place->file, {*place, inside_macro(facts, *place)});
    result.push_back({index, *place, {}, {}, {}});
  }
  // Only now, as another one of the same file may have opened more of it.
  for (BorrowedTemporary& one : result) {
    one.expression = opened.tree(one.place.file).node_at(one.place);
    if (!one.expression || syntax::is_in_macro(one.expression)) continue;
    one.statement = syntax::enclosing_statement(one.expression);
    one.future = flow::receiver_of_value(facts, one.expression);
    if (!one.future) one.future = future_variable(facts, one.statement);
  }
  std::erase_if(result, [&facts](const BorrowedTemporary& one) {
    return !one.future || flow::outlives_function(facts, one.future);
  });
  std::sort(result.begin(), result.end(),
            [](const auto& a, const auto& b) { return a.place < b.place; });
  return result;
}

// What the called function calls it, or what is made of it.
std::string parameter_of(const flow::Facts& facts, Node expression) {
  Node argument = expression;
  while (argument.parent().is_any({"reference_expression", "parenthesized_expression"}) ||
         rewrite::chain_receiver(argument.parent()) == argument ||
         rewrite::method_name(argument.parent())) {
    argument = argument.parent();
  }
  const Node call = argument.parent().parent();
  if (!argument.parent().is("arguments")) return {};
  const std::vector<Node> arguments = argument.parent().parts();
  const std::vector<std::string> names = flow::parameter_names(facts, call);
  const auto at = std::find(arguments.begin(), arguments.end(), argument) - arguments.begin();
  return static_cast<size_t>(at) < names.size() ? names[static_cast<size_t>(at)] : "";
}

// A macro of the standard library that makes data: rustc tells the type at a place within it.
bool makes_data(const flow::Facts& facts, const BorrowedTemporary& one) {
  const std::string_view text = facts.files().text(one.place);
  const std::string_view head = text.substr(0, text.find_first_of("([{"));
  const bool is_one_call =
      one.expression.is("macro_invocation") || one.expression.field("function").is("identifier");
  return is_one_call && (head == "format!" || head == "vec!");
}

// `String::from(..)` makes what it is named after.
std::string_view constructed_type(Node call) {
  const Node function = call.field("function");
  return function.is("scoped_identifier") ? function.field("path").text() : std::string_view();
}

// Nobody can notice that it lives to the end of the block.
bool ends_unnoticed(const flow::Facts& facts, const BorrowedTemporary& one) {
  if (makes_data(facts, one)) return true;
  const std::string type = facts.type_of(one.expression);
  // Of a receiver the type may be the one that it is dereferenced to: of a guard, what the
  // lock protects. Then how it is made must tell.
  const bool is_told = !type.starts_with("&") || rewrite::gives_owned(one.expression) ||
                       flow::ends_unnoticed(facts.items(), constructed_type(one.expression));
  return is_told && flow::ends_unnoticed(facts.items(), type);
}

base::FixIt name_them(const flow::Facts& facts, const std::vector<BorrowedTemporary>& all) {
  base::FixIt fix;
  std::vector<Node> values;
  fix.keeps_meaning = true;
  for (const BorrowedTemporary& one : all) {
    values.push_back(one.expression);
    if (ends_unnoticed(facts, one)) continue;
    fix.keeps_meaning = false;
    fix.trade_off = rewrite::quoted(facts.files().text(one.place), "the value") +
                    " is dropped at the end of the block, and whoever waits for that waits longer";
  }
  const flow::CallSites calls(facts.trees(), facts.crates(), facts.items());
  const auto is_lazy = [&calls](Node call) {
    const std::vector<Node> callees = calls.callees(call);
    return !callees.empty() &&
           std::all_of(callees.begin(), callees.end(), syntax::is_async_function);
  };
  const Node function = syntax::enclosing_function(values.front());
  fix.name = "bind";
  fix.title = "give " +
              (all.size() == 1 ? rewrite::quoted(facts.files().text(all.front().place), "the value")
                               : std::string("the values")) +
              " a name before the statement";
  fix.edits = rewrite::name_temporaries(
      facts.tree(all.front().place.file),
      {.values = values,
       .wish = [&facts](Node value) { return parameter_of(facts, value); },
       .is_lazy = is_lazy});
  if (function) fix.body = function.span();
  return fix;
}

}  // namespace

void future_borrows_temporary(const flow::Facts& facts, Sink& sink) {
  propagate::OpenedTrees opened(facts);
  std::vector<BorrowedTemporary> rest = read_temporaries(facts, opened);
  while (!rest.empty()) {
    const Node statement = rest.front().statement;
    const auto end = std::find_if(rest.begin(), rest.end(), [statement](const auto& one) {
      return !(one.statement == statement);
    });
    const std::vector<BorrowedTemporary> together(rest.begin(), end);
    rest.erase(rest.begin(), end);
    const Node first = together.front().expression;
    auto finding = sink.report(first.span(),
                               diag::future_borrows_temporary{
                                   .value = rewrite::shortened(facts.files().text(first.span()))});
    finding.label("ends with this statement");
    finding.label(together.front().future.is("call_expression")
                      ? flow::head_of_future(together.front().future)
                      : together.front().future.span(),
                  "this future keeps the reference until it is done");
    for (const BorrowedTemporary& one : together) {
      finding.explains(one.diagnostic);
      if (!(one.expression == first)) finding.label(one.place, "and so does this");
    }
    finding.evidence(base::Evidence::Messages);
    base::FixIt fix = name_them(facts, together);
    if (!fix.edits.empty()) finding.fix(std::move(fix));
  }
}

}  // namespace jaa::pitfalls
