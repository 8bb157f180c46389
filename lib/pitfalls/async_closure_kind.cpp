// Reports a closure that is of another kind than the bound asks for: an async closure that
// lends from itself where `Fn(..) -> Fut` is asked for, and a plain closure, or function,
// where one is asked for whose calls give futures.
//
// Detected: rustc points at an async closure's head and shows a bound (no code); or it says
// that a type is no future (E0277) and shows the bound of a callback.
#include <map>
#include <set>

#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/callback_report.h"
#include "pitfalls/send_report.h"
#include "rewrite/async_closure.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using flow::ClosureFault;
using syntax::Node;

void report_lending(const flow::Facts& facts, Sink& sink) {
  for (const ClosureGroup& group : lending_closures(facts)) {
    const bool is_only_kind =
        !group.errors.empty() &&
        std::all_of(group.errors.begin(), group.errors.end(), [](const flow::ClosureError& one) {
          return one.fault == ClosureFault::LendsState;
        });
    if (!is_only_kind) {
      continue;
    }
    const flow::ClosureError& error = group.errors.front();
    const std::string bound(error.bound.text());
    auto finding =
        sink.report(syntax::Node(error.closure).span(),
                    diag::async_closure_kind{
                        .closure = "async " + std::string(error.closure.field("parameters").text()),
                        .bound = bound});
    finding.label("its future borrows from the closure");
    finding.label(error.bound.span(), "here the futures of all calls are of one type");
    explain(finding, group);
    finding.fixes(ask_for_async(facts, group));
    if (group.callbacks.empty()) {
      finding.help("the variable can be shared instead: as a `Cell`, `RefCell` or `Mutex`");
    }
  }
}

// The bound that an error shows, with the callback that it is of.
std::optional<rewrite::Callback> shown_callback(const flow::Facts& facts,
                                                const rustc::Diagnostic& error) {
  for (const rustc::Diagnostic& child : error.children) {
    for (const rustc::DiagnosticSpan& span : child.spans) {
      const Node node = span.suggested_replacement ? Node() : facts.node_at(span);
      const Node item = syntax::enclosing_item(node);
      std::optional<rewrite::Callback> found;
      syntax::walk(item, [&](Node part) {
        if (part.is("parameter") && !found) {
          auto callback = rewrite::callback_of(part);
          const bool is_shown =
              callback && (callback->bound.contains(node) ||
                           std::any_of(callback->future_bounds.begin(),
                                       callback->future_bounds.end(), [&node](const Node& one) {
                                         return syntax::last_name(one) == "Future" &&
                                                one.contains(node);
                                       }));
          if (is_shown) {
            found = std::move(callback);
          }
        }
        return part.is("block") ? syntax::Walk::Over : syntax::Walk::Into;
      });
      if (found) {
        return found;
      }
    }
  }
  return std::nullopt;
}

bool gives_future(const flow::Facts& facts, Node argument) {
  if (argument.is("closure_expression")) {
    return argument.has_child("async") || rewrite::returned_block(argument);
  }
  const syntax::Items::List& functions = facts.items().functions(syntax::last_name(argument));
  return functions.empty() || std::any_of(functions.begin(), functions.end(), [](const Node& one) {
           return syntax::is_async_function(one) || !one.field("return_type") ||
                  one.field("return_type").text().find("Future") != std::string_view::npos;
         });
}

// A plain closure of which rustc cannot tell the parameters' types: an `AsyncFn` bound says
// them to async closures only.
void report_untyped(const flow::Facts& facts, Sink& sink) {
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    if (!error.is_error() || error.code != "E0282") {
      continue;
    }
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node node = span.is_primary ? facts.node_at(span) : Node();
      const Node closure = syntax::enclosing(node, {"closure_expression"});
      if (!closure || closure.has_child("async") || !closure.field("parameters").contains(node)) {
        continue;
      }
      std::vector<rewrite::Callback> callbacks = rewrite::callbacks_for(facts.items(), closure);
      if (callbacks.empty() || !callbacks.front().is_async) {
        continue;
      }
      const Node bound = callbacks.front().bound;
      auto finding = sink.report(
          closure.span(),
          diag::async_closure_kind{.closure = std::string(closure.field("parameters").text()),
                                   .bound = std::string(bound.text())});
      finding.label("a plain closure is not told its parameters' types by this kind of bound");
      finding.label(bound.span(), "this bound");
      finding.evidence(base::Evidence::Messages);
      finding.explains(index);
      std::vector<base::Edit> edits;
      if (rewrite::returned_block(closure) && rewrite::can_be_async(closure)) {
        rewrite::make_async(facts.tree(closure.span().file), closure, false, edits);
      } else {
        edits.push_back({{closure.span().file, closure.begin(), closure.begin()}, "async "});
      }
      finding.fix(bound_fix("async_closure", "write an async closure", std::move(edits)));
    }
  }
}

struct Plain {
  std::vector<uint32_t> diagnostics;
  rewrite::Callback callback;
  std::vector<Node> arguments;
};

void report_plain(const flow::Facts& facts, Sink& sink) {
  std::map<base::Span, Plain> groups;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    if (!error.is_error() || error.code != "E0277") {
      continue;
    }
    auto callback = shown_callback(facts, error);
    if (!callback) {
      continue;
    }
    Plain& group = groups[callback->bound.span()];
    group.callback = *callback;
    group.diagnostics.push_back(index);
    for (const Node& argument : rewrite::arguments_for(facts.items(), *callback)) {
      bool is_meant = false;
      for (const rustc::DiagnosticSpan& span : error.spans) {
        const auto place = span.is_primary ? facts.names().span(span) : std::nullopt;
        is_meant |= place && (place->contains(argument.span()) || *place == argument.span());
      }
      const bool is_known = std::find(group.arguments.begin(), group.arguments.end(), argument) !=
                            group.arguments.end();
      if (is_meant && !is_known && !gives_future(facts, argument) &&
          !syntax::is_in_macro(argument)) {
        group.arguments.push_back(argument);
      }
    }
  }
  for (auto& [place, group] : groups) {
    if (group.arguments.empty()) {
      continue;
    }
    const Node first = group.arguments.front();
    const bool is_closure = first.is("closure_expression");
    auto finding = sink.report(
        first.span(),
        diag::async_closure_kind{
            .closure = std::string(is_closure ? first.field("parameters").text() : first.text()),
            .bound = std::string(group.callback.bound.text())});
    finding.label("a call of it gives a value, not a future");
    finding.label(group.callback.bound.span(), "here each call is awaited");
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t index : group.diagnostics) {
      finding.explains(index);
    }
    std::vector<base::Edit> edits;
    for (const Node& argument : group.arguments) {
      const base::Span start{argument.span().file, argument.begin(), argument.begin()};
      if (!argument.is("closure_expression")) {
        edits.push_back(
            {argument.span(),
             rewrite::async_closure(argument,
                                    facts.items().functions(syntax::last_name(argument)).front())});
      } else if (group.callback.is_async) {
        edits.push_back({start, "async "});
      } else {
        rewrite::await_nothing(argument, edits);
      }
    }
    finding.fix(bound_fix("async_closure", "let each call give a future", std::move(edits)));
  }
}

}  // namespace

void async_closure_kind(const flow::Facts& facts, Sink& sink) {
  report_lending(facts, sink);
  report_untyped(facts, sink);
  report_plain(facts, sink);
}

}  // namespace jaa::pitfalls
