// Reports an await in a place that asks for the future itself: `spawn(load().await)`.
//
// Detected by rustc: E0277 for the trait `Future`, at an expression that ends in an `.await`, as
// an argument of a call or among those of a macro. All of one call are one mistake, with what
// else the compiler says within it.
#include <algorithm>
#include <map>

#include "llvm/ADT/StringRef.h"

#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/future_text.h"
#include "pitfalls/sink.h"
#include "rewrite/naming.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

constexpr llvm::StringLiteral Await = ".await";

bool asks_for_future(const rustc::Diagnostic& error) {
  return error.code == "E0277" &&
         std::any_of(error.children.begin(), error.children.end(), [](const auto& child) {
           const std::vector<std::string> quoted = rustc::quoted_parts(child.message);
           return !quoted.empty() && flow::names_future_trait(quoted.front());
         });
}

std::optional<base::Span> place_of(const flow::Facts& facts, const rustc::Diagnostic& error) {
  for (const rustc::DiagnosticSpan& span : error.spans) {
    if (span.is_primary) {
      return facts.names().visible_span(span);
    }
  }
  return std::nullopt;
}

// The call or macro that the expression at `place` is given to; none where the `.await` is that
// of an argument's part, or of what the call itself gives.
Node taker_of(const flow::Facts& facts, const base::Span& place) {
  const Node node = facts.tree(place.file).smallest_node(place);
  if (syntax::is_in_macro(node) || node.is("token_tree")) {
    return syntax::enclosing(node, {"macro_invocation"});
  }
  const bool is_argument =
      node.is("await_expression") && node.span() == place && node.parent().is("arguments");
  return is_argument ? node.parent().parent() : Node();
}

// A call, with the places of its arguments that are awaited.
struct Taken {
  Node call;
  std::vector<base::Span> awaited;
};

std::map<base::Span, Taken> taken_outputs(const flow::Facts& facts) {
  std::map<base::Span, Taken> result;
  for (const rustc::Diagnostic& error : facts.diagnostics()) {
    const auto place = asks_for_future(error) ? place_of(facts, error) : std::nullopt;
    if (!place || !llvm::StringRef(facts.files().text(*place)).ends_with(Await)) {
      continue;
    }
    if (const Node call = taker_of(facts, *place)) {
      Taken& taken = result[call.span()];
      taken.call = call;
      if (std::find(taken.awaited.begin(), taken.awaited.end(), *place) == taken.awaited.end()) {
        taken.awaited.push_back(*place);
      }
    }
  }
  return result;
}

// What the call is part of as long as it is awaited or unpacked on the spot.
base::Span with_what_follows(Node call) {
  while (call.parent().is_any({"await_expression", "try_expression"})) {
    call = call.parent();
  }
  return call.span();
}

base::FixIt without_awaits(const Taken& taken) {
  base::FixIt fix;
  fix.name = "remove_await";
  fix.title = taken.awaited.size() == 1 ? "give it the future" : "give it the futures";
  for (const base::Span& place : taken.awaited) {
    const auto length = static_cast<uint32_t>(Await.size());
    fix.edits.push_back({{place.file, place.end - length, place.end}, ""});
  }
  fix.keeps_meaning = true;
  fix.body = syntax::outermost_function(taken.call).span();
  return fix;
}

}  // namespace

void awaited_too_early(const flow::Facts& facts, Sink& sink) {
  for (const auto& [span, taken] : taken_outputs(facts)) {
    const base::Span& first = taken.awaited.front();
    auto finding =
        sink.report(first, diag::awaited_too_early{.expression = rewrite::quoted(
                                                       facts.files().text(first), "expression")});
    finding.label("a future is wanted here, and this is what one gives");
    for (const base::Span& other : taken.awaited) {
      if (other != first) {
        finding.label(other, "and here");
      }
    }
    finding.evidence(base::Evidence::Messages);
    const base::Span whole = with_what_follows(taken.call);
    for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
      const rustc::Diagnostic& error = facts.diagnostics()[index];
      const auto place = error.is_error() ? place_of(facts, error) : std::nullopt;
      const bool is_within =
          place && whole.contains(*place) && (asks_for_future(error) || error.code == "E0599");
      if (is_within) {
        finding.explains(index);
      }
    }
    finding.fix(without_awaits(taken));
  }
}

}  // namespace jaa::pitfalls
