#include "pitfalls/callback_report.h"

#include <algorithm>
#include <map>
#include <set>

#include "llvm/ADT/STLExtras.h"

#include "flow/type_sites.h"
#include "llvm/ADT/StringRef.h"
#include "rewrite/async_closure.h"
#include "rewrite/evaluation.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {

using flow::ClosureError;
using flow::ClosureFault;
using rewrite::Callback;
using syntax::Node;

namespace {

// The bounds that a closure has to meet where it is given to functions of the workspace.
std::vector<Callback> callbacks_of(const flow::Facts& facts, Node closure, Node shown_bound) {
  std::vector<Callback> found;
  for (const Node& argument : given_as(closure)) {
    for (Callback& one : rewrite::callbacks_for(facts.items(), argument)) {
      found.push_back(std::move(one));
    }
  }
  const auto shown = std::find_if(found.begin(), found.end(),
                                  [&](const Callback& one) { return one.bound == shown_bound; });
  if (shown != found.end()) {
    return rewrite::bound_alike(facts.items(), *shown);
  }
  return found.empty() ? found : rewrite::bound_alike(facts.items(), found.front());
}

// The parameter whose bound is `bound`.
std::optional<Callback> callback_bound_by(Node bound) {
  const Node item = syntax::enclosing_item(bound);
  std::optional<Callback> found;
  syntax::walk(item, [&](Node node) {
    if (node.is("block")) {
      return syntax::Walk::Over;
    }
    if (node.is("parameter") && !found) {
      auto callback = rewrite::callback_of(node);
      if (callback && callback->bound == bound) {
        found = std::move(callback);
      }
    }
    return syntax::Walk::Into;
  });
  return found;
}

// The variable's own type is a `&mut`, or the closure changes what it holds: a clone of
// it would not do.
bool changes(const flow::Facts& facts, const ClosureError& error) {
  const std::string root = error.variable.substr(0, error.variable.find('.'));
  if (facts.type_of(error.declared).starts_with("&mut ") ||
      error.declared.text().starts_with("&mut ")) {
    return true;
  }
  return rewrite::change_of(root, error.closure.field("body")) != rewrite::Change::No &&
         root != "self";
}

bool lends(const flow::Facts& facts, const ClosureError& error) {
  return error.fault != ClosureFault::Moves || changes(facts, error);
}

base::Span key_of(const std::vector<Callback>& callbacks, Node closure) {
  base::Span key = closure.span();
  for (const Callback& callback : callbacks) {
    key = callbacks.front().bound == callback.bound ? callback.bound.span()
                                                    : std::min(key, callback.bound.span());
  }
  return key;
}

// Errors that a function is not general enough for the bound: it is given where futures
// have to be of one type.
void add_functions(const flow::Facts& facts, std::map<base::Span, ClosureGroup>& groups) {
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    if (!error.is_error() || (!error.code.empty() && error.code != "E0308")) {
      continue;
    }
    std::vector<const rustc::DiagnosticSpan*> spans;
    for (const rustc::DiagnosticSpan& span : error.spans) {
      if (!span.is_primary) {
        spans.push_back(&span);
      }
    }
    for (const rustc::Diagnostic& child : error.children) {
      for (const rustc::DiagnosticSpan& span : child.spans) {
        spans.push_back(&span);
      }
    }
    for (const rustc::DiagnosticSpan* span : spans) {
      const Node bound = flow::bound_at(facts, *span);
      const auto callback = bound ? callback_bound_by(bound) : std::nullopt;
      if (!callback || callback->is_async || !callback->future || !callback->takes_reference()) {
        continue;
      }
      std::vector<Callback> alike = rewrite::bound_alike(facts.items(), *callback);
      ClosureGroup& group = groups[key_of(alike, bound)];
      group.callbacks = std::move(alike);
      group.others.push_back(index);
      break;
    }
  }
}

}  // namespace

bool ClosureGroup::has(ClosureFault fault) const {
  return std::any_of(errors.begin(), errors.end(),
                     [fault](const ClosureError& error) { return error.fault == fault; });
}

std::vector<Node> ClosureGroup::closures() const {
  std::vector<Node> result;
  for (const ClosureError& error : errors) {
    if (!llvm::is_contained(result, error.closure)) {
      result.push_back(error.closure);
    }
  }
  return result;
}

std::vector<Node> given_as(Node closure) {
  if (closure.parent().is("arguments")) {
    return {closure};
  }
  std::vector<Node> result;
  const Node let = closure.parent();
  const Node pattern = let.field("pattern");
  if (!let.is("let_declaration") || !pattern.is_any({"identifier", "mut_pattern"}) ||
      pattern.has_error()) {
    return result;
  }
  const std::vector<Node> inner = pattern.named_children();
  const Node name = inner.empty() ? pattern : inner.back();
  for (const Node& mention : syntax::mentions(syntax::enclosing_block(let), name.text())) {
    Node argument = mention;
    while (argument.parent().is("reference_expression")) {
      argument = argument.parent();
    }
    if (argument.parent().is_any({"arguments", "token_tree"})) {
      result.push_back(argument);
    }
  }
  return result;
}

std::vector<Node> captures(Node closure, Node part) {
  std::vector<Node> result;
  syntax::for_each_name(part, [&](std::string_view name, Node token) {
    const Node binding = flow::local_binding(token, name);
    if (binding && !closure.contains(binding)) {
      result.push_back(binding);
    }
  });
  return result;
}

bool makes_future(const flow::Facts& facts, Node closure) {
  if (closure.has_child("async")) {
    return true;
  }
  bool has_block = false;
  syntax::walk(closure.field("body"), [&has_block](Node node) {
    has_block |= node.is("async_block");
    return syntax::Walk::Into;
  });
  if (has_block) {
    return true;
  }
  for (const Node& argument : given_as(closure)) {
    if (!rewrite::callbacks_for(facts.items(), argument).empty()) {
      return true;
    }
  }
  // A call of an async function.
  const syntax::Items::List& functions =
      facts.items().functions(syntax::called_name(rewrite::returned_value(closure)));
  return std::any_of(functions.begin(), functions.end(),
                     [](const Node& one) { return syntax::is_async_function(one); });
}

std::vector<ClosureGroup> lending_closures(const flow::Facts& facts) {
  const std::vector<ClosureError> errors = flow::read_closure_errors(facts);
  std::vector<Node> lending;
  for (const ClosureError& error : errors) {
    if (lends(facts, error) && makes_future(facts, error.closure)) {
      lending.push_back(error.closure);
    }
  }
  std::map<base::Span, ClosureGroup> groups;
  std::map<base::Span, base::Span> key_of_closure;
  for (const ClosureError& error : errors) {
    if (!llvm::is_contained(lending, error.closure)) {
      continue;
    }
    auto [at, is_new] = key_of_closure.try_emplace(error.closure.span());
    if (is_new) {
      std::vector<Callback> callbacks = callbacks_of(facts, error.closure, error.bound);
      at->second = key_of(callbacks, error.closure);
      groups[at->second].callbacks = std::move(callbacks);
    }
    groups[at->second].errors.push_back(error);
  }
  add_functions(facts, groups);
  std::vector<ClosureGroup> result;
  for (auto& [key, group] : groups) {
    // What one function declares changes at once, with the imports that it needs.
    const auto same = std::find_if(result.begin(), result.end(), [&](const ClosureGroup& other) {
      return !other.callbacks.empty() && !group.callbacks.empty() &&
             other.callbacks.front().owner == group.callbacks.front().owner;
    });
    if (same == result.end()) {
      result.push_back(std::move(group));
      continue;
    }
    same->errors.insert(same->errors.end(), group.errors.begin(), group.errors.end());
    same->others.insert(same->others.end(), group.others.begin(), group.others.end());
    same->callbacks.insert(same->callbacks.end(), group.callbacks.begin(), group.callbacks.end());
  }
  return result;
}

std::vector<ClosureGroup> giving_closures(const flow::Facts& facts) {
  const std::vector<ClosureError> errors = flow::read_closure_errors(facts);
  std::vector<Node> lending;
  for (const ClosureError& error : errors) {
    if (lends(facts, error)) {
      lending.push_back(error.closure);
    }
  }
  std::map<base::Span, ClosureGroup> groups;
  for (const ClosureError& error : errors) {
    if (llvm::is_contained(lending, error.closure) || !makes_future(facts, error.closure)) {
      continue;
    }
    ClosureGroup& group = groups[error.closure.span()];
    if (group.errors.empty()) {
      group.callbacks = callbacks_of(facts, error.closure, error.bound);
    }
    group.errors.push_back(error);
  }
  std::vector<ClosureGroup> result;
  for (auto& [key, group] : groups) {
    result.push_back(std::move(group));
  }
  return result;
}

void explain(FindingBuilder& finding, const ClosureGroup& group) {
  finding.evidence(base::Evidence::Messages);
  std::set<uint32_t> explained(group.others.begin(), group.others.end());
  for (const ClosureError& error : group.errors) {
    explained.insert(error.diagnostic);
  }
  for (const uint32_t index : explained) {
    finding.explains(index);
  }
  const std::vector<Node> closures = group.closures();
  for (size_t index = 1; index < closures.size(); ++index) {
    finding.label(closures[index].span(), "as does this one");
  }
}

}  // namespace jaa::pitfalls
