#include "rewrite/async_block.h"

#include "llvm/ADT/StringRef.h"

#include "rewrite/edit_list.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

bool gives_future(Node function) {
  return llvm::StringRef(function.field("return_type").text()).contains("Future<");
}

bool is_boxed(Node function) {
  const llvm::StringRef type(function.field("return_type").text());
  return type.contains("Box<") || type.contains("BoxFuture<");
}

}  // namespace

Node value_block(Node place) {
  for (Node at = place; at; at = at.parent()) {
    if (at.is_any({"function_item", "closure_expression", "async_block"})) {
      return {};
    }
    const Node parent = at.parent();
    if (!at.is("block") || syntax::is_in_macro(at)) {
      continue;
    }
    const bool is_value =
        parent.is("arguments") ||
        (parent.is_any({"let_declaration", "field_initializer"}) && parent.field("value") == at) ||
        parent.is_any({"return_expression", "array_expression", "tuple_expression"});
    const Node outer = parent.parent();
    const bool is_tail = parent.is("block") && outer.is("function_item") && gives_future(outer) &&
                         !syntax::statements(parent).empty() &&
                         syntax::statements(parent).back() == at;
    if (is_value || is_tail) {
      return at;
    }
  }
  return {};
}

std::vector<base::FixIt> make_block_async(Node block) {
  std::vector<base::FixIt> result;
  for (const char* text : {"async ", "async move "}) {
    base::FixIt fix;
    fix.name = "async_block";
    fix.title = "make the block `" + llvm::StringRef(text).rtrim().str() + "`";
    fix.edits = {{{block.span().file, block.begin(), block.begin()}, text}};
    fix.body = syntax::outermost_function(block).span();
    fix.keeps_meaning = true;
    result.push_back(std::move(fix));
  }
  return result;
}

std::vector<base::FixIt> make_body_async(const syntax::Tree& tree, Node function) {
  const Node body = function.field("body");
  const std::vector<Node> parts = body.named_children();
  if (!gives_future(function) || parts.empty() || body.has_error()) {
    return {};
  }
  const bool boxed = is_boxed(function);
  base::FixIt fix;
  fix.name = "async_body";
  fix.title = boxed ? "make the body an async block in a box" : "make the body an async block";
  EditList edits(tree);
  edits.wrap(parts.front(), parts.back(), boxed ? "Box::pin(async move" : "async move", "",
             boxed ? ")" : "");
  fix.edits = edits.take();
  fix.body = function.span();
  fix.keeps_meaning = true;
  return {std::move(fix)};
}

}  // namespace jaa::rewrite
