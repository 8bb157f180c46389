#include "plugin/lsp/refactorings.h"

#include "rewrite/async_sugar.h"
#include "rewrite/box_call.h"
#include "rewrite/closure_to_async.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::lsp {

using plugin::ReportedEdit;
using syntax::Node;

namespace {

std::vector<ReportedEdit> reported(const Document& document, const std::vector<base::Edit>& edits) {
  std::vector<ReportedEdit> result;
  for (const base::Edit& edit : edits) {
    const std::string_view old =
        document.text().substr(edit.span.begin, edit.span.end - edit.span.begin);
    result.push_back(
        {document.path(), edit.span.begin, edit.span.end, std::string(old), edit.text});
  }
  return result;
}

// A call, within its own function, of that function; where the await is.
Node recursive_await(Node at) {
  const Node await = syntax::enclosing(at, {"await_expression"});
  const std::vector<Node> parts = await.parts();
  const Node call = parts.empty() ? Node() : parts.front();
  const Node function = syntax::enclosing(await, {"function_item"});
  const Node callee = call.is("call_expression") ? call.field("function") : Node();
  const Node name = callee.is("field_expression") ? callee.field("field") : callee;
  const bool is_own = function && name && !callee.is("generic_function") &&
                      syntax::last_name(name) == function.field("name").text();
  return is_own ? await : Node();
}

}  // namespace

std::vector<Refactoring> refactorings_at(const Document& document, TextRange place) {
  const syntax::Tree& tree = document.tree();
  const Node at = tree.smallest_node({tree.file(), place.begin, place.end});
  std::vector<Refactoring> result;
  const auto offer = [&](const char* name, const std::string& title,
                         const std::vector<base::Edit>& edits) {
    if (!edits.empty()) {
      result.push_back({name, title, reported(document, edits)});
    }
  };
  if (const Node await = recursive_await(at)) {
    offer("box_recursion", "Box this recursion",
          rewrite::box_awaited(rewrite::awaits_of_same_call(await)));
  }
  const Node method = syntax::enclosing(at, {"function_signature_item", "function_item"});
  const bool is_in_body = method.field("body").contains(at);
  if (method && !is_in_body && syntax::trait_of(method)) {
    offer("desugar_with_send", "Say that this method's future is `Send`",
          rewrite::desugar_async(tree, method, {}));
  }
  const Node closure = syntax::enclosing(at, {"closure_expression"});
  // On its head, not anywhere in its body.
  if (closure && !closure.field("body").contains(at) && !syntax::is_async_function(closure)) {
    const syntax::Items items({&tree});
    const auto variants = rewrite::make_closure_async(tree, items, closure);
    if (!variants.empty()) {
      offer("closure_to_async", "Turn this closure async", variants.front());
    }
  }
  return result;
}

}  // namespace jaa::lsp
