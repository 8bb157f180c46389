// From `fn f() -> impl Future<Output = T> { async move { .. } }` to `async fn f() -> T`.
#include <algorithm>

#include "rewrite/async_sugar.h"
#include "rewrite/edit_list.h"
#include "rewrite/imports.h"
#include "rewrite/into_future.h"
#include "syntax/items.h"
#include "syntax/layout.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

// The traits that the result names are `Future` and no other.
bool is_future_alone(Node type) {
  bool is_alone = type.is_any({"abstract_type", "bounded_type"}) && type.text().starts_with("impl");
  syntax::walk(type, [&](Node node) {
    if (node.is_any({"type_arguments", "use_bounds", "lifetime"})) return Walk::Over;
    is_alone &= !node.is("type_identifier") || node.text() == "Future";
    return Walk::Into;
  });
  return is_alone;
}

Node future_output(Node type) {
  Node result;
  syntax::walk(type, [&](Node node) {
    if (node.is("type_binding") && !result) result = node.field("type");
    return result ? Walk::Stop : Walk::Into;
  });
  return result;
}

// An async block that is the last thing in a body is a statement to the grammar.
Node sole_async_block(Node body) {
  const std::vector<Node> statements = syntax::statements(body);
  Node only = statements.size() == 1 ? statements.front() : Node();
  if (only.is("expression_statement") && !only.has_child(";") && !only.parts().empty()) {
    only = only.parts().front();
  }
  return only.is("async_block") ? only : Node();
}

}  // namespace

std::vector<base::Edit> resugar_async(const syntax::Tree& tree, Node function) {
  const Node body = function.field("body");
  const Node type = function.field("return_type");
  const Node sole = sole_async_block(body);
  if (!function.is("function_item") || syntax::is_in_macro(function) || function.has_error() ||
      syntax::is_async_function(function) || !sole || !is_future_alone(type) ||
      drops_arguments_early(function)) {
    return {};
  }
  const std::vector<Node> parts = sole.named_children();
  const Node block = parts.empty() ? Node() : parts.back();
  const Node output = future_output(type);
  if (!block.is("block") || !output ||
      syntax::has_comment(tree, {body.span().file, sole.begin(), block.begin()})) {
    return {};
  }
  EditList edits(tree);
  Node keyword;
  for (const Node& part : function.children()) {
    if (part.is("function_modifiers") && part.has_child("const")) return {};
    if (!keyword && (part.is("fn") || part.is("function_modifiers"))) keyword = part;
  }
  edits.insert(keyword.begin(), "async ");
  if (output.is("unit_type")) {
    edits.replace(function.field("parameters").end(), type.end(), "");
  } else {
    edits.replace(type, std::string(output.text()));
  }
  if (body.named_children().size() == 1) {
    // The block becomes the body.
    edits.replace(body.begin(), block.begin(), "");
    edits.replace(block.end(), body.end(), "");
  } else {
    // Comments around it stay where they are; the lines of its braces go.
    const std::string_view text = tree.text();
    const uint32_t last = block.end() - 1;
    if (!syntax::starts_line(text, sole.begin()) || !syntax::ends_line(text, block.begin() + 1) ||
        !syntax::starts_line(text, last) || !syntax::ends_line(text, block.end())) {
      return {};
    }
    edits.replace(syntax::line_start(text, sole.begin()),
                  static_cast<uint32_t>(text.find('\n', block.begin()) + 1), "");
    edits.replace(syntax::line_start(text, last),
                  static_cast<uint32_t>(text.find('\n', block.end()) + 1), "");
  }
  const std::string_view inside = block.text();
  if (inside.find('\n') == std::string_view::npos) {
    spread_block(block, {}, syntax::indentation(tree.text(), function.begin()), edits);
  } else {
    const std::string& indent = edits.layout().indent;
    for (const uint32_t at : syntax::movable_lines(tree, block.span())) {
      // The line of the closing brace may be gone.
      const bool is_gone = body.named_children().size() != 1 &&
                           at == syntax::line_start(tree.text(), block.end() - 1);
      if (!is_gone && tree.text().substr(at, indent.size()) == indent) {
        edits.replace(at, at + static_cast<uint32_t>(indent.size()), "");
      }
    }
  }
  ImportEdits imports;
  syntax::walk(type, [&](Node node) {
    const bool is_gone = node.is("type_identifier") && node.text() == "Future" &&
                         !node.parent().is("scoped_type_identifier") && !output.contains(node);
    if (is_gone) imports.remove_mention(node);
    return Walk::Into;
  });
  std::vector<base::Edit> result = edits.take();
  for (base::Edit& edit : imports.take()) result.push_back(std::move(edit));
  return result;
}

}  // namespace jaa::rewrite
