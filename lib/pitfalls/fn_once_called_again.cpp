// Reports a callback that async code calls more than once, as a retry does, and that is bound
// so that it may be called only once.
//
// Detected by rustc: a value that is called is moved by that (E0382, where rustc shows the
// bound), or would have to leave what is only borrowed (E0507).
// Ignored on purpose: plain callbacks of functions that are not async.
#include <algorithm>
#include <optional>

#include "diag/catalogue.h"
#include "flow/closure_errors.h"
#include "flow/facts.h"
#include "flow/told_type.h"
#include "pitfalls/sink.h"
#include "rewrite/callback.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::pitfalls {
namespace {

using rewrite::Callback;
using syntax::Node;

struct RepeatedCall {
  Callback callback;
  std::string name;         // "op", "self.op"
  std::vector<Node> calls;  // what is called, in each place that rustc shows
  std::vector<uint32_t> diagnostics;
};

// The name of what cannot be moved, of a reference that of the variable.
std::string moved_name(const rustc::Diagnostic& error) {
  const std::vector<std::string> quoted = rustc::quoted_parts(error.message);
  if (quoted.empty()) return {};
  return quoted.front().substr(quoted.front().find_first_not_of('*'));
}

// What is called by a shared borrow cannot change what it has captured.
bool is_behind_shared(Node called) {
  while (called.is("field_expression")) called = called.field("value");
  const Node binding = syntax::binding_of(called.text(), called);
  const Node parameter = syntax::enclosing(binding, {"self_parameter", "parameter", "block"});
  if (parameter.is("self_parameter"))
    return parameter.text().starts_with("&") && !parameter.has_child("mutable_specifier");
  const Node type = parameter.field("type");
  return type.is("reference_type") && !type.has_child("mutable_specifier");
}

// The bound that the error shows, where that says "once".
Node once_bound(const flow::Facts& facts, const rustc::Diagnostic& error) {
  for (const rustc::Diagnostic& child : error.children)
    for (const rustc::DiagnosticSpan& span : child.spans)
      if (const Node bound = span.suggested_replacement ? Node() : flow::bound_at(facts, span);
          syntax::last_name(bound.field("trait")).ends_with("FnOnce"))
        return bound;
  return {};
}

bool is_called(Node value) {
  while (value.parent().is("parenthesized_expression")) value = value.parent();
  return value.parent().is("call_expression") && value.parent().field("function") == value;
}

// The value that `called` is in: a parameter, or a field of a type that has the bound.
std::optional<Callback> callback_at(Node called, const std::string& type) {
  const Node binding = syntax::binding_of(called.text(), called);
  const Node parameter = syntax::enclosing(binding, {"parameter", "block"});
  if (!parameter.is("parameter")) return rewrite::callback_of_type(called, type);
  if (auto callback = rewrite::callback_of(parameter)) return callback;
  const Node function = syntax::enclosing(parameter, {"function_item"});
  return syntax::is_async_function(function) ? rewrite::plain_callback_of(parameter) : std::nullopt;
}

std::vector<RepeatedCall> repeated_calls(const flow::Facts& facts) {
  std::vector<RepeatedCall> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    if (error.code != "E0382" && error.code != "E0507") continue;
    const std::string name = moved_name(error);
    const Node shown = once_bound(facts, error);
    std::vector<Node> calls;
    for (const rustc::DiagnosticSpan& span : error.spans) {
      Node node = facts.node_at(span);
      if (node.is("call_expression")) node = node.field("function");
      while (node.is("parenthesized_expression") && !node.parts().empty())
        node = node.parts().front();
      if (node.text() == name && is_called(node) &&
          std::find(calls.begin(), calls.end(), node) == calls.end())
        calls.push_back(node);
    }
    if (calls.empty() || (error.code == "E0382" && !shown)) continue;
    auto callback = callback_at(calls.front(), flow::told_type(error));
    if (!callback || callback->kind != "FnOnce" || (shown && !(callback->bound == shown))) continue;
    const Node bound = callback->bound;
    auto known = std::find_if(result.begin(), result.end(), [&bound](const RepeatedCall& one) {
      return one.callback.bound == bound;
    });
    if (known == result.end())
      known = result.insert(known, RepeatedCall{std::move(*callback), name, {}, {}});
    for (const Node& call : calls)
      if (std::find(known->calls.begin(), known->calls.end(), call) == known->calls.end())
        known->calls.push_back(call);
    known->diagnostics.push_back(index);
  }
  return result;
}

// Everywhere that the callback comes from or goes to.
base::FixIt bind(const flow::Facts& facts, const RepeatedCall& repeated, const std::string& kind) {
  std::vector<Callback> alike = rewrite::bound_alike(facts.items(), repeated.callback);
  std::erase_if(alike, [](const Callback& one) { return one.kind != "FnOnce"; });
  base::FixIt fix;
  fix.name = kind == "Fn" ? "bind_fn" : "bind_fn_mut";
  fix.title = "ask for `" + std::string(repeated.callback.is_async ? "Async" : "") + kind +
              "`, which may be called again";
  fix.edits = rewrite::bind_kind(alike, kind);
  fix.keeps_meaning = true;
  return fix;
}

}  // namespace

void fn_once_called_again(const flow::Facts& facts, Sink& sink) {
  for (const RepeatedCall& repeated : repeated_calls(facts)) {
    const Node bound = repeated.callback.bound;
    auto finding = sink.report(
        bound.span(),
        diag::fn_once_called_again{.callback = repeated.name, .bound = std::string(bound.text())});
    finding.label("lets it be called once");
    for (const Node& call : repeated.calls)
      finding.label(call.span(),
                    repeated.calls.size() == 1 ? "called here, and wanted again" : "called here");
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t index : repeated.diagnostics) finding.explains(index);
    std::vector<std::string> kinds{"FnMut", "Fn"};
    if (is_behind_shared(repeated.calls.front())) std::reverse(kinds.begin(), kinds.end());
    for (const std::string& kind : kinds) finding.fix(bind(facts, repeated, kind));
  }
}

}  // namespace jaa::pitfalls
