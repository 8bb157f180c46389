#include "flow/future_mismatch.h"

#include <algorithm>
#include <optional>

#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::flow {
namespace {

using syntax::Node;
using Kind = FutureMismatch::Kind;

// `Pin<Box<dyn Future<..>>>`, or shortened by rustc, `Pin<Box<...>>`.
bool is_boxed_future(llvm::StringRef type) {
  return type.starts_with("Pin<Box<") && (type.contains("Future") || type.contains("..."));
}

bool has_async_block(std::string_view type) {
  return type.find("{async block@") != std::string_view::npos;
}

// The types that the error quotes: at its place, and in its notes, where they are whole.
std::vector<std::string> quoted_types(const rustc::Diagnostic& error) {
  std::vector<std::string> result;
  for (const rustc::Diagnostic& child : error.children) {
    if (!child.spans.empty()) continue;
    for (std::string& part : rustc::quoted_parts(child.message)) result.push_back(std::move(part));
  }
  for (const rustc::DiagnosticSpan& span : error.spans) {
    if (!span.is_primary) continue;
    for (std::string& part : rustc::quoted_parts(span.label)) result.push_back(std::move(part));
  }
  return result;
}

// A box of something else that polls, `Pin<Box<Sleep>>`, `Pin<Box<dyn Stream<..>>>`.
bool is_pinned_box(llvm::StringRef type) {
  return type.starts_with("Pin<Box<");
}

// rustc offers to put the expression into `Box::pin`.
bool suggests_pin(const rustc::Diagnostic& error) {
  for (const rustc::Diagnostic& child : error.children) {
    for (const rustc::DiagnosticSpan& span : child.spans) {
      if (span.suggested_replacement && span.suggested_replacement->starts_with("Box::pin(")) {
        return true;
      }
    }
  }
  return false;
}

bool is_box_new(Node call) {
  const Node function = call.field("function");
  return call.is("call_expression") && syntax::last_name(function) == "new" &&
         syntax::last_name(function.field("path")) == "Box";
}

// What the place expects is a box; what stands there is none.
std::optional<Kind> kind_of_boxed(const rustc::Diagnostic& error, const FutureMismatch& found) {
  if (error.code == "E0271") {
    // The body of a closure that is boxed elsewhere, or what is boxed.
    if (found.node.is("async_block")) return Kind::ClosureBody;
    return is_box_new(found.node) ? std::optional(Kind::FunctionGiven) : std::nullopt;
  }
  if (is_box_new(found.node)) return Kind::BoxNewInstead;
  // rustc makes no offer about what a macro gives.
  if (suggests_pin(error) || found.node.is("macro_invocation")) return Kind::BoxExpected;
  return std::nullopt;
}

// A macro's argument that begins like an async block.
bool is_async_token(std::string_view text) {
  return text.starts_with("async") && text.find('{') != std::string_view::npos;
}

// All functions of that name in the workspace give futures.
bool gives_future(const Facts& facts, std::string_view name) {
  const syntax::Items::List& functions = facts.items().functions(name);
  return !functions.empty() && std::all_of(functions.begin(), functions.end(), [](Node one) {
    const Node type = one.field("return_type");
    return syntax::is_async_function(one) ||
           (type.text().starts_with("impl") && syntax::is_mentioned(type, "Future"));
  });
}

// What is called last in a macro's argument: `pong` of `all.pong(3)`.
std::string_view called_in_tokens(const Facts& facts, const base::Span& place) {
  const Node arguments =
      facts.tree(place.file).smallest_node({place.file, place.end - 1, place.end});
  const Node name = arguments.previous();
  const bool is_call = arguments.is("token_tree") && arguments.text().starts_with("(") &&
                       arguments.end() == place.end && name.is("identifier") &&
                       place.contains(name.span());
  return is_call ? name.text() : std::string_view();
}

bool is_future_at(const Facts& facts, const base::Span& place) {
  const Node node = facts.tree(place.file).smallest_node(place);
  if (node.span() == place || node.is("async_block")) return is_future_expression(facts, node);
  return syntax::is_in_macro(node) && is_future_in_tokens(facts, place);
}

// rustc would await the one that it found, not both.
bool suggests_one_await(const rustc::Diagnostic& child) {
  return child.spans.size() == 1 && child.spans.front().suggested_replacement == ".await";
}

// What is expected is a future as well. Where rustc tells the two types in a note, one under
// the other, it is an `impl Future` or an `async` block.
bool expects_future(const rustc::Diagnostic& error) {
  return std::none_of(error.children.begin(), error.children.end(), [](const auto& child) {
    const std::vector<std::string> parts = rustc::quoted_parts(child.message);
    const bool is_pair =
        child.spans.empty() && parts.size() > 1 && child.message.find('\n') != std::string::npos;
    return suggests_one_await(child) ||
           (is_pair && parts.front().find("Future") == std::string::npos &&
            !llvm::StringRef(parts.front()).starts_with("async"));
  });
}

}  // namespace

bool is_future_in_tokens(const Facts& facts, const base::Span& place) {
  return is_async_token(facts.files().text(place)) ||
         (!place.is_empty() && gives_future(facts, called_in_tokens(facts, place)));
}

Node pinning_call(Node argument) {
  const Node call = argument.parent().parent();
  const Node function = call.field("function");
  const bool is_pin = argument.parent().is("arguments") && call.is("call_expression") &&
                      syntax::last_name(function) == "pin" &&
                      syntax::last_name(function.field("path")) == "Box";
  return is_pin ? call : Node();
}

bool is_future_expression(const Facts& facts, Node expression) {
  while (expression.is_any({"parenthesized_expression", "expression_statement"}) &&
         !expression.parts().empty()) {
    expression = expression.parts().front();
  }
  if (expression.is("async_block")) return true;
  return expression.is("call_expression") && gives_future(facts, syntax::called_name(expression));
}

std::vector<FutureMismatch> read_future_mismatches(const Facts& facts) {
  std::vector<FutureMismatch> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    if (!error.is_error() || (error.code != "E0308" && error.code != "E0271")) continue;
    FutureMismatch found;
    found.diagnostic = index;
    std::optional<base::Span> place;
    for (const rustc::DiagnosticSpan& span : error.spans) {
      if (!span.is_primary) continue;
      found.is_macro = span.is_from_macro();
      place = facts.names().visible_span(span);
    }
    if (!place) continue;
    found.place = *place;
    found.node = facts.tree(place->file).smallest_node(*place);
    // What a macro gives is told by its call.
    const bool is_call = found.node.is("macro_invocation") && found.node.span() == *place;
    if (found.is_macro && (!is_call || error.code != "E0308")) continue;
    const std::vector<std::string> types = quoted_types(error);
    auto boxed = std::find_if(types.begin(), types.end(),
                              [](const std::string& type) { return is_boxed_future(type); });
    // The first type is the one that is expected.
    if (boxed == types.end() && error.code == "E0308" && !types.empty() &&
        is_pinned_box(types.front())) {
      boxed = types.begin();
    }
    if (boxed != types.end()) {
      const auto kind = kind_of_boxed(error, found);
      if (!kind) continue;
      found.kind = *kind;
      found.expected = *boxed;
      result.push_back(std::move(found));
      continue;
    }
    if (error.code != "E0308" || found.is_macro) continue;
    const bool has_block = std::any_of(types.begin(), types.end(), has_async_block);
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const auto label = span.is_primary ? std::nullopt : facts.names().span(span);
      if (!label || span.is_from_macro() || label->contains(found.place)) continue;
      if (is_future_at(facts, *label) ||
          (has_block && found.other.is_empty() && facts.files().text(*label) == "async")) {
        found.other = *label;
      }
    }
    const bool is_element = found.node.parent().is("array_expression") ||
                            syntax::is_in_macro(found.node) || !found.other.is_empty() ||
                            pinning_call(found.node);
    if (is_element && expects_future(error) && (is_future_at(facts, found.place) || has_block)) {
      found.kind = Kind::Distinct;
      result.push_back(std::move(found));
    }
  }
  return result;
}

}  // namespace jaa::flow
