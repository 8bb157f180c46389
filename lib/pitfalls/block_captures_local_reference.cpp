// Reports a returned future that holds a reference into a variable of its function.
//
// Detected: rustc finds that a variable (E0597, E0515) or a temporary (E0716) of a function
// does not live as long as its result, and that result is a future. The reference is in a
// `let` that the returned async block uses, or in an argument of the returned call. That the
// variable is moved meanwhile (E0505) is the same mistake.
#include <algorithm>

#include "diag/catalogue.h"
#include "flow/cloning.h"
#include "flow/escaping_future.h"
#include "flow/owner_mismatch.h"
#include "pitfalls/overcaptured_call.h"
#include "pitfalls/owned_values.h"
#include "pitfalls/send_report.h"
#include "rewrite/into_future.h"
#include "rewrite/naming.h"
#include "rewrite/own_in_task.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::pitfalls {
namespace {

using flow::EscapingBorrow;
using syntax::Node;

// What would have to happen in the future.
struct Deferred {
  std::vector<Node> blocks;  // the returned async blocks,
  std::vector<Node> lets;    // and what they need; or
  Node call;                 // the returned call

  [[nodiscard]] Node future() const { return blocks.empty() ? call : blocks.front(); }
};

bool names_one_of(Node node, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(),
                     [&node](const std::string& name) { return syntax::is_mentioned(node, name); });
}

// The `let` that `first` is, and those after it that use what it binds.
std::vector<Node> lets_from(Node function, Node first, std::vector<std::string>& names) {
  std::vector<Node> result;
  for (const Node& statement : syntax::statements(function.field("body"))) {
    if (!statement.is("let_declaration") ||
        (statement != first && !names_one_of(statement.field("value"), names))) {
      continue;
    }
    bool is_block = false;
    syntax::walk(statement.field("value"), [&is_block](Node node) {
      is_block |= node.is("async_block");
      return syntax::Walk::Into;
    });
    if (is_block) continue;
    result.push_back(statement);
    for (const syntax::Binding& binding : syntax::bindings(statement.field("pattern"))) {
      names.emplace_back(binding.name.text());
    }
  }
  return result;
}

std::vector<Node> returned_blocks(const flow::Facts& facts, Node function,
                                  const std::vector<std::string>& names) {
  std::vector<Node> result;
  syntax::walk(function.field("body"), [&](Node node) {
    if (node.is_any({"closure_expression", "function_item"})) return syntax::Walk::Over;
    if (!node.is("async_block")) return syntax::Walk::Into;
    if (names_one_of(node, names) && flow::returned_from(facts, node) == function) {
      result.push_back(node);
    }
    return syntax::Walk::Over;
  });
  return result;
}

// The call in the function's result that the borrow is an argument of, whatever it is
// put into.
Node returned_call(const flow::Facts& facts, Node function, Node borrowed) {
  if (!flow::returns_future(facts, function)) return {};
  Node result;
  for (Node at = borrowed; at && at != function; at = at.parent()) {
    if (at.is_any({"block", "closure_expression", "let_declaration", "async_block"})) break;
    if (at.is("call_expression") && !flow::is_wrapper(at)) result = at;
  }
  return result && flow::returned_from(facts, result) == function ? result : Node();
}

Deferred deferred_for(const flow::Facts& facts, const EscapingBorrow& borrow) {
  Deferred result;
  const Node let = syntax::enclosing(borrow.borrowed, {"let_declaration", "async_block"});
  if (let.is("let_declaration") && borrow.function.contains(let)) {
    std::vector<std::string> names;
    result.lets = lets_from(borrow.function, let, names);
    const std::vector<Node> blocks = returned_blocks(facts, borrow.function, names);
    if (!blocks.empty() && !result.lets.empty()) {
      result.blocks = blocks;
      return result;
    }
    result.lets.clear();
  }
  result.call = returned_call(facts, borrow.function, borrow.borrowed);
  return result;
}

// `let`s from several errors, in source order, each once.
void merge(std::vector<Node>& lets, const std::vector<Node>& more) {
  for (const Node& let : more) {
    if (std::find(lets.begin(), lets.end(), let) == lets.end()) lets.push_back(let);
  }
  std::sort(lets.begin(), lets.end(),
            [](const Node& a, const Node& b) { return a.begin() < b.begin(); });
}

base::FixIt make_in_future(const flow::Facts& facts, const Deferred& deferred) {
  const syntax::Tree& tree = facts.tree(deferred.blocks.front().span().file);
  base::FixIt fix = bound_fix("borrow_in_block",
                              "borrow inside the async block, which then owns what it borrows from",
                              rewrite::make_in_blocks(tree, deferred.lets, deferred.blocks));
  if (!fix.edits.empty()) {
    for (const Node& block : deferred.blocks) {
      for (base::Edit& edit : rewrite::own_captures(block)) fix.edits.push_back(std::move(edit));
    }
  }
  for (const Node& let : deferred.lets) {
    if (!rewrite::only_borrows(let.field("value"))) {
      fix.keeps_meaning = false;
      fix.trade_off = rewrite::quoted(let.field("value").text(), "the value") +
                      " is evaluated when the future first runs";
    }
  }
  return fix;
}

// What is borrowed goes on to something else (E0505).
bool is_same_borrow(const flow::Facts& facts, const rustc::Diagnostic& error,
                    const EscapingBorrow& borrow) {
  return error.is_error() && error.code == "E0505" &&
         std::any_of(error.spans.begin(), error.spans.end(), [&](const auto& span) {
           const Node node = facts.node_at(span);
           return node && !span.is_primary && node == borrow.borrowed;
         });
}

// `let name = user.name();` becomes a value of its own, where it was a reference.
base::FixIt own_in_let(const flow::Facts& facts, const Deferred& deferred) {
  const Node let = deferred.lets.front();
  const Node binding = flow::only_binding(let);
  const auto type = without_references(facts.type_of(binding));
  if (!binding || let.field("type") || !type || type->second != 1 ||
      !let.field("value").is_any({"call_expression", "field_expression"}) ||
      syntax::is_in_macro(let) ||
      flow::cloning_of(facts.items(), type->first) >= flow::Cloning::SplitsState) {
    return {};
  }
  const bool is_text = type->first == "str" || type->first.starts_with("[");
  const std::string name(binding.text());
  const uint32_t end = let.field("value").end();
  base::FixIt fix =
      bound_fix("own", "let the future own `" + name + "`",
                {{{let.span().file, end, end}, is_text ? ".to_owned()" : ".clone()"}});
  for (const Node& mention : syntax::mentions(let.parent(), name)) {
    if (!(syntax::binding_of(name, mention) == binding)) continue;
    if (auto renamed = rewrite::as_reference(mention, true)) {
      fix.edits.push_back({renamed->first, std::move(renamed->second)});
    }
  }
  return fix;
}

base::FixIt call_in_future(const flow::Facts& facts, Node call) {
  base::FixIt fix =
      bound_fix("call_in_block", "make the call in an async block, which owns what it borrows from",
                rewrite::call_in_block(call));
  if (!rewrite::may_be_called_later(facts.items(), call)) {
    fix.keeps_meaning = false;
    fix.trade_off =
        rewrite::quoted(call.text(), "the call") + " is called when the future first runs";
  }
  return fix;
}

}  // namespace

void block_captures_local_reference(const flow::Facts& facts, Sink& sink) {
  std::vector<EscapingBorrow> borrows = flow::read_escaping_borrows(facts);
  const std::vector<flow::Overcapture> counted = overcaptures(facts);
  std::erase_if(borrows, [&counted](const EscapingBorrow& one) {
    return one.block ||
           std::any_of(counted.begin(), counted.end(), [&one](const flow::Overcapture& other) {
             return other.diagnostic == one.diagnostic;
           });
  });
  std::vector<bool> is_done(borrows.size());
  for (size_t first = 0; first < borrows.size(); ++first) {
    if (is_done[first] || !borrows[first].function.is("function_item")) continue;
    Deferred deferred = deferred_for(facts, borrows[first]);
    if (!deferred.future()) continue;
    const Node variable = flow::root_variable(borrows[first].borrowed);
    auto finding = sink.report(borrows[first].borrowed.span(),
                               diag::block_captures_local_reference{
                                   .variable = rewrite::shortened(
                                       (variable ? variable : borrows[first].borrowed).text())});
    finding.label("borrowed from the function, which is over before the future runs");
    finding.evidence(base::Evidence::Messages);
    finding.label(deferred.future().span(), "the future that is returned");
    for (size_t index = first; index < borrows.size(); ++index) {
      if (borrows[index].function != borrows[first].function) continue;
      const Deferred other = deferred_for(facts, borrows[index]);
      if (other.future() != deferred.future()) continue;
      merge(deferred.lets, other.lets);
      is_done[index] = true;
      finding.explains(borrows[index].diagnostic);
    }
    for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
      if (is_same_borrow(facts, facts.diagnostics()[index], borrows[first]))
        finding.explains(index);
    }
    base::FixIt fix =
        !deferred.call ? make_in_future(facts, deferred) : call_in_future(facts, deferred.call);
    if (!fix.edits.empty()) finding.fix(std::move(fix));
    if (base::FixIt own = deferred.call ? base::FixIt() : own_in_let(facts, deferred);
        !own.edits.empty()) {
      finding.fix(std::move(own));
    }
  }
}

}  // namespace jaa::pitfalls
