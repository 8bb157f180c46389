#include "propagate/closure_waits.h"

#include <algorithm>
#include <optional>

#include "llvm/ADT/StringRef.h"

#include "propagate/call_shape.h"
#include "propagate/opened_trees.h"
#include "propagate/waiting.h"
#include "propagate/wraps.h"
#include "rewrite/evaluation.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

struct Await {
  base::Span operand;
  uint32_t end = 0;
};

// In arguments that stay tokens: the compiler says that a closure is around.
std::optional<Await> await_in_tokens(const flow::Facts& facts, const rustc::Diagnostic& error,
                                     Node tokens, const base::Span& place) {
  const bool is_in_closure =
      std::any_of(error.spans.begin(), error.spans.end(), [&](const rustc::DiagnosticSpan& span) {
        const auto head = facts.names().span(span);
        const llvm::StringRef text = head ? facts.files().text(*head) : std::string_view();
        return !span.is_primary && (text.starts_with("|") || text.starts_with("move"));
      });
  // A keyword has no node of its own that could be asked for.
  Node await;
  for (const Node& part : tokens.children()) {
    if (part.begin() == place.begin && part.text() == "await") {
      await = part;
    }
  }
  const Node dot = await.previous();
  if (!is_in_closure || !tokens.is("token_tree") || dot.text() != "." || !dot.previous()) {
    return std::nullopt;
  }
  const Node last = dot.previous();
  return Await{{place.file, first_token(last).begin(), last.end()}, place.end};
}

}  // namespace

ClosureWaits wait_in_closures(const flow::Facts& facts) {
  ClosureWaits result;
  Waiting waiting(facts);
  Wraps wraps;
  OpenedTrees trees(facts);
  for (const rustc::Diagnostic& error : facts.diagnostics()) {
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const auto place =
          error.code == "E0728" && span.is_primary ? facts.names().span(span) : std::nullopt;
      if (!place) {
        continue;
      }
      // In the arguments of a macro there is an expression only when these are open.
      trees.open(place->file, {*place});
      const Node token = trees.tree(place->file).smallest_node(*place);
      const Node await = syntax::enclosing(token, {"await_expression"});
      std::optional<Await> found;
      if (await) {
        const Node operand = rewrite::awaited_operand(await);
        if (operand && syntax::enclosing_function(await).is("closure_expression")) {
          found = {operand.span(), await.end()};
        }
      } else {
        found = await_in_tokens(facts, error, token, *place);
      }
      if (!found || waiting.starts_runtime(token)) {
        continue;
      }
      const base::FileId file = found->operand.file;
      wraps.add(found->operand, waiting.call_at(token) + "(", ")");
      result.edits.push_back({{file, found->operand.end, found->end}, ""});
      result.places.push_back({file, found->operand.begin, found->end});
    }
  }
  // The end of what is waited for is where the `.await` begins.
  for (const base::Edit& edit : wraps.edits()) {
    bool is_joined = false;
    for (base::Edit& removal : result.edits) {
      if (removal.span.file == edit.span.file && removal.span.begin == edit.span.begin &&
          !removal.span.is_empty()) {
        removal.text = edit.text + removal.text;
        is_joined = true;
      }
    }
    if (!is_joined) {
      result.edits.push_back(edit);
    }
  }
  for (base::Edit& edit : waiting.definitions()) {
    result.edits.push_back(std::move(edit));
  }
  return result;
}

}  // namespace jaa::propagate
