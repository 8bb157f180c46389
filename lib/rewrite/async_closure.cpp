#include "rewrite/async_closure.h"

#include <algorithm>

#include "syntax/items.h"
#include "syntax/layout.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

base::Edit edit(Node at, uint32_t begin, uint32_t end, std::string text) {
  return {{at.span().file, begin, end}, std::move(text)};
}

// The last expression of a block, when its value is the block's.
Node tail_of(Node block) {
  const std::vector<Node> all = syntax::statements(block);
  if (all.empty()) return {};
  Node last = all.back();
  if (last.is("expression_statement")) {
    const std::vector<Node> parts = last.children();
    if (parts.empty() || parts.back().is(";")) return {};
    last = parts.front();
  }
  return last.is("let_declaration") || last.is("empty_statement") ? Node() : last;
}

// `x` of `Box::pin(x)`.
Node boxed_value(Node value) {
  const Node function = value.field("function");
  const std::vector<Node> given = value.field("arguments").named_children();
  const bool is_box = value.is("call_expression") && syntax::last_name(function) == "pin" &&
                      syntax::last_name(function.field("path")) == "Box";
  return is_box && given.size() == 1 ? given.front() : Node();
}

Node block_of(Node async_block) {
  for (const Node& part : async_block.children())
    if (part.is("block")) return part;
  return {};
}

// Of the text from `outer`'s begin to its end only that from `first` to `last` stays; its
// lines move as far to the left as it did.
void keep_only(const syntax::Tree& tree, Node outer, Node first, Node last,
               std::vector<base::Edit>& edits) {
  const std::string_view text = tree.text();
  const size_t deep = syntax::indentation(text, first.begin()).size();
  const size_t shallow = syntax::indentation(text, outer.begin()).size();
  if (outer.begin() < first.begin()) edits.push_back(edit(outer, outer.begin(), first.begin(), ""));
  const base::Span kept{outer.span().file, first.begin(), last.end()};
  for (const uint32_t line : syntax::movable_lines(tree, kept)) {
    const size_t space = syntax::indentation(text, line).size();
    const size_t excess = deep > shallow ? std::min(space, deep - shallow) : 0;
    if (excess > 0) edits.push_back(edit(outer, line, line + static_cast<uint32_t>(excess), ""));
  }
  if (last.end() < outer.end()) edits.push_back(edit(outer, last.end(), outer.end(), ""));
}

// rustfmt leaves no braces around one expression that fits into the line, nor around a
// `match` or `loop`. `outer` is what the block takes the place of.
bool needs_no_braces(const syntax::Tree& tree, Node block, Node outer) {
  constexpr size_t LineWidth = 100;
  const Node tail = tail_of(block);
  if (!tail || block.named_children().size() != 1 || tail.is("unsafe_block")) return false;
  if (tail.text().find('\n') != std::string_view::npos)
    return tail.is_any({"match_expression", "loop_expression"});
  const std::string_view text = tree.text();
  const size_t width = outer.begin() - syntax::line_start(text, outer.begin()) +
                       std::string_view("async ").size() + tail.text().size() +
                       syntax::line_stop(text, outer.end()) - outer.end();
  return block.text().find('\n') == std::string_view::npos || width <= LineWidth;
}

// The names of a function's parameters, for a closure that calls it.
std::string parameter_names(Node function) {
  std::string names;
  size_t count = 0;
  for (const Node& one : function.field("parameters").named_children()) {
    if (!one.is("parameter")) continue;
    const Node pattern = one.field("pattern");
    names += count > 0 ? ", " : "";
    ++count;
    names +=
        pattern.is("identifier") ? std::string(pattern.text()) : "value" + std::to_string(count);
  }
  return names;
}

bool returns_early(Node closure, Node except) {
  bool found = false;
  syntax::walk(closure.field("body"), [&](Node node) {
    if (node == except || node.is_any({"closure_expression", "function_item", "async_block"}))
      return Walk::Over;
    found |= node.is_any({"return_expression", "try_expression"});
    return Walk::Into;
  });
  return found;
}

}  // namespace

Node returned_value(Node closure) {
  Node value = closure.field("body");
  while (value.is("block")) value = tail_of(value);
  return value;
}

Node returned_block(Node closure) {
  const Node value = returned_value(closure);
  const Node boxed = boxed_value(value);
  const Node block = boxed ? boxed : value;
  return block.is("async_block") ? block : Node();
}

bool works_before_future(Node closure) {
  const Node body = closure.field("body");
  if (!body.is("block")) return false;
  return syntax::statements(body).size() > 1;
}

bool can_be_async(Node closure) {
  if (!closure.is("closure_expression") || closure.has_error() || syntax::is_in_macro(closure))
    return false;
  if (closure.has_child("async")) return true;
  const Node value = returned_value(closure);
  const Node boxed = boxed_value(value);
  const Node future = boxed ? boxed : value;
  return !closure.field("return_type") && future.is_any({"async_block", "call_expression"}) &&
         !returns_early(closure, future);
}

void make_async(const syntax::Tree& tree, Node closure, bool moves,
                std::vector<base::Edit>& edits) {
  if (closure.has_child("async")) return;
  const bool adds_move = moves && !closure.has_child("move");
  edits.push_back(
      edit(closure, closure.begin(), closure.begin(), adds_move ? "async move " : "async "));
  const Node body = closure.field("body");
  const Node value = returned_value(closure);
  const Node boxed = boxed_value(value);
  const Node future = boxed ? boxed : value;
  if (!future.is("async_block")) {
    if (boxed) edits.push_back(edit(value, value.begin(), future.begin(), ""));
    edits.push_back(edit(value, future.end(), value.end(), ".await"));
    return;
  }
  const Node block = block_of(future);
  const bool is_all = !body.is("block") || body.named_children().size() == 1;
  if (is_all) {
    const Node kept = needs_no_braces(tree, block, body) ? tail_of(block) : block;
    keep_only(tree, body, kept, kept, edits);
    return;
  }
  // Statements come before it: the block's become the closure's.
  const std::vector<Node> parts = block.named_children();
  if (parts.empty())
    edits.push_back(edit(value, value.begin(), value.end(), ""));
  else
    keep_only(tree, value, parts.front(), parts.back(), edits);
}

void await_nothing(Node closure, std::vector<base::Edit>& edits) {
  const Node body = closure.field("body");
  if (!body) return;
  if (body.is("block")) {
    edits.push_back(edit(body, body.begin(), body.begin(), "async move "));
    return;
  }
  edits.push_back(edit(body, body.begin(), body.begin(), "async move { "));
  edits.push_back(edit(body, body.end(), body.end(), " }"));
}

void box_returned(Node closure, std::vector<base::Edit>& edits) {
  const Node value = returned_value(closure);
  if (!value || boxed_value(value)) return;
  edits.push_back(edit(value, value.begin(), value.begin(), "Box::pin("));
  edits.push_back(edit(value, value.end(), value.end(), ")"));
}

std::string boxing_closure(Node name, Node function) {
  const std::string names = parameter_names(function);
  return "|" + names + "| Box::pin(" + std::string(name.text()) + "(" + names + "))";
}

std::string async_closure(Node name, Node function) {
  const std::string names = parameter_names(function);
  return "async |" + names + "| " + std::string(name.text()) + "(" + names + ")";
}

void return_block(Node closure, bool boxed, std::vector<base::Edit>& edits) {
  const std::vector<Node> parts = closure.children();
  const auto async =
      std::find_if(parts.begin(), parts.end(), [](Node one) { return one.is("async"); });
  const Node body = closure.field("body");
  if (!body) return;
  if (async != parts.end() && async->next())
    edits.push_back(edit(closure, async->begin(), async->next().begin(), ""));
  std::string head = boxed ? "Box::pin(async move " : "async move ";
  std::string tail = boxed ? ")" : "";
  if (!body.is("block")) {
    head += "{ ";
    tail = " }" + tail;
  }
  edits.push_back(edit(body, body.begin(), body.begin(), head));
  if (!tail.empty()) edits.push_back(edit(body, body.end(), body.end(), tail));
}

void run_first(const syntax::Tree& tree, Node closure, Node place,
               const std::vector<std::string>& lets, std::vector<base::Edit>& edits) {
  const std::string_view text = tree.text();
  const syntax::Layout layout = syntax::layout(text);
  const Node body = closure.field("body");
  if (body.is("block")) {
    Node statement = syntax::enclosing_statement(place);
    while (statement && syntax::enclosing_block(statement) != body)
      statement = syntax::enclosing_statement(statement.parent());
    if (!statement) return;
    const std::vector<Node> above = syntax::comments_above(tree, statement);
    const uint32_t at = above.empty() ? statement.begin() : above.front().begin();
    const bool is_line = syntax::starts_line(text, at);
    const std::string gap =
        is_line ? std::string(layout.line_end) + std::string(syntax::indentation(text, at)) : " ";
    std::string added;
    if (!is_line && body.text().find('\n') == std::string_view::npos) {
      // A block in one line gets lines.
      const std::string outer =
          std::string(layout.line_end) + std::string(syntax::indentation(text, body.begin()));
      const std::string inner = outer + layout.indent;
      for (const std::string& let : lets) added += inner + let;
      edits.push_back(edit(body, body.begin() + 1, at, added + inner));
      const uint32_t stop = body.named_children().back().end();
      edits.push_back(edit(body, stop, body.end() - 1, outer));
      return;
    }
    for (const std::string& let : lets) added += let + gap;
    edits.push_back(edit(body, at, at, added));
    return;
  }
  const std::string outer =
      std::string(layout.line_end) + std::string(syntax::indentation(text, body.begin()));
  const std::string inner = outer + layout.indent;
  std::string head = "{";
  for (const std::string& let : lets) head += inner + let;
  edits.push_back(edit(body, body.begin(), body.begin(), head + inner));
  for (const uint32_t line : syntax::movable_lines(tree, body.span()))
    edits.push_back(edit(body, line, line, layout.indent));
  edits.push_back(edit(body, body.end(), body.end(), outer + "}"));
}

}  // namespace jaa::rewrite
