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

// What a function that returns a future, or a closure, ends with.
bool is_tail_of_future(Node block) {
  // A block at the end counts as a statement, though it has no semicolon.
  const Node whole = block.parent().is("expression_statement") ? block.parent() : block;
  const Node body = whole.parent();
  const Node function = body.parent();
  const bool is_meant =
      function.is("closure_expression") || (function.is("function_item") && gives_future(function));
  return body.is("block") && is_meant && whole.end() == block.end() &&
         !syntax::statements(body).empty() && syntax::statements(body).back() == whole;
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
    // In a closure, a `let` is more likely meant to wait, in an async closure.
    const bool is_of_let = parent.is("let_declaration") && parent.field("value") == at &&
                           !syntax::enclosing_function(at).is("closure_expression");
    const bool is_value =
        is_of_let || (parent.is("field_initializer") && parent.field("value") == at) ||
        parent.is_any({"arguments", "return_expression", "array_expression", "tuple_expression"});
    // `{ .. }.boxed()`: a method of futures.
    const bool is_receiver = parent.is("field_expression") && parent.parent().is("call_expression");
    const bool is_tail = is_tail_of_future(at);
    if (is_value || is_tail || is_receiver) {
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
