#include "rewrite/inline_closure.h"

#include <algorithm>

#include "llvm/ADT/StringSwitch.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

base::Edit replaced(Node node, std::string text) {
  return {node.span(), std::move(text)};
}

// Macros that take their arguments by reference.
bool takes_references(Node token) {
  const Node macro = syntax::enclosing(token, {"macro_invocation"});
  return llvm::StringSwitch<bool>(macro.field("macro").text())
      .Cases("print", "println", "eprint", "eprintln", "format", "write", "writeln", true)
      .Cases("panic", "assert", "assert_eq", "assert_ne", true)
      .Cases("debug_assert", "debug_assert_eq", "todo", "unreachable", true)
      .Cases("trace", "debug", "info", "warn", "error", true)
      .Default(false);
}

// Methods that a reference has for itself, so that one less gives something else.
bool minds_references(std::string_view method) {
  return llvm::StringSwitch<bool>(method)
      .Cases("clone", "to_owned", "into", "try_into", "into_iter", "borrow", true)
      .Cases("borrow_mut", "as_ref", "cmp", "partial_cmp", "eq", "ne", true)
      .Default(false);
}

Node without_parentheses(Node node) {
  while (node.parent().is("parenthesized_expression")) node = node.parent();
  return node;
}

bool is_dereference(Node node) {
  return node.is("unary_expression") && node.text().starts_with('*');
}

// A number, counted with a literal: numbers do that by reference as well as by value.
bool is_counted_with(Node binary) {
  const bool has_literal = binary.field("left").is_any({"integer_literal", "float_literal"}) ||
                           binary.field("right").is_any({"integer_literal", "float_literal"});
  const std::string_view word = binary.field("operator").text();
  return binary.is("binary_expression") && has_literal && word.size() == 1 &&
         std::string_view("+-*/%").find(word) != std::string_view::npos;
}

bool is_moved_into(Node token, Node body) {
  for (Node at = token; at && at != body; at = at.parent())
    if (at.is_any({"closure_expression", "async_block"}) && at.has_child("move")) return true;
  return false;
}

bool is_in_loop(Node node, Node body) {
  for (Node at = node; at && at != body; at = at.parent())
    if (at.is_any({"for_expression", "while_expression", "loop_expression"})) return true;
  return false;
}

// The block that an async block consists of.
Node block_of(Node async_block) {
  for (const Node& part : async_block.parts())
    if (part.is("block")) return part;
  return {};
}

// A success that says nothing else: `Ok(())`.
bool is_done(Node value) {
  const std::vector<Node> parts = value.field("arguments").parts();
  return value.is("call_expression") && value.field("function").is("identifier") &&
         (value.field("function").text() == "Ok" || value.field("function").text() == "Some") &&
         parts.size() == 1 && parts.front().is("unit_expression");
}

// `Err(..)` or `None`.
bool is_failure(Node value) {
  return value.text() == "None" ||
         (value.is("call_expression") && value.field("function").text() == "Err");
}

// The value of a `return`; none for one without.
Node returned_value(Node node) {
  const std::vector<Node> parts = node.parts();
  return parts.empty() || parts.back().text() == "return" ? Node() : parts.back();
}

// What a `return` of `value` becomes; empty where it can become nothing.
std::string_view word_for(Node value, const InlineOptions& options) {
  if (!value) return options.on_return;
  if (value.text() == "None") return options.on_none;
  return is_done(value) ? std::string_view(options.on_success) : std::string_view();
}

// `return`s that jump on to the next item, and those that stay, since they end the loop with
// the same outcome; false where one is neither.
bool replace_returns(const Exits& exits, Node body, const InlineOptions& options,
                     std::vector<base::Edit>& edits) {
  const bool has_tries = exits.has_try || (exits.in_macro && !exits.return_in_macro);
  if (exits.return_in_macro || (has_tries && !options.may_leave)) return false;
  std::vector<base::Edit> added;
  for (const Node& node : exits.returns) {
    const Node value = returned_value(node);
    if (options.may_leave && is_failure(value)) continue;
    const std::string_view word = word_for(value, options);
    if (word.empty() || is_in_loop(node, body)) return false;
    added.push_back(replaced(node, std::string(word)));
  }
  edits.insert(edits.end(), added.begin(), added.end());
  return true;
}

// Names that statements of `block` itself bind.
bool binds_any_of(Node block, const llvm::StringSet<>& names) {
  for (const Node& statement : syntax::statements(block))
    if (statement.is("let_declaration"))
      for (const syntax::Binding& binding : syntax::bindings(statement.field("pattern")))
        if (names.contains(binding.name.text())) return true;
  return false;
}

bool has_items(Node block) {
  for (const Node& statement : syntax::statements(block))
    if (statement.kind().ends_with("_item") || statement.is("use_declaration")) return true;
  return false;
}

std::vector<base::Edit> within(const std::vector<base::Edit>& edits, const base::Span& span) {
  std::vector<base::Edit> result;
  for (const base::Edit& edit : edits)
    if (span.contains(edit.span)) result.push_back(edit);
  return result;
}

}  // namespace

std::string pattern_text(Node pattern) {
  const Node parameter = pattern.parent();
  const bool is_mut = parameter.is("parameter") && parameter.has_child("mutable_specifier");
  return (is_mut ? "mut " : "") + std::string(pattern.text());
}

std::string awaited(Node expression, std::string value) {
  const bool is_postfix = expression.is_any(
      {"call_expression", "field_expression", "identifier", "index_expression", "try_expression",
       "parenthesized_expression", "macro_invocation", "async_block", "scoped_identifier"});
  return is_postfix ? value + ".await" : "(" + value + ").await";
}

std::string inline_body(const syntax::Tree& tree, Node closure, std::vector<base::Edit> edits,
                        const InlineOptions& options, Code& code) {
  const ClosureParts parts = closure_parts(closure);
  Node body = parts.body;
  bool is_awaited = options.is_awaited;
  // `|x| async move { .. }` and `async |x| ..`, awaited at once, are their body.
  if (is_awaited && parts.is_async) is_awaited = false;
  const Node tail = body.is("block") ? tail_of(body) : body;
  if (is_awaited && tail.is("async_block") &&
      (!body.is("block") || syntax::statements(body).size() == 1)) {
    body = block_of(tail);
    is_awaited = false;
  }
  const Exits exits = exits_of(body);
  if (exits.any() && !replace_returns(exits, body, options, edits)) {
    std::string block = piece(tree, body.span(), within(edits, body.span()));
    if (!body.is("block")) block = "{ " + block + " }";
    const bool is_long = block.find('\n') != std::string::npos;
    return "async " + block + (is_long ? "\n.await" : ".await") + (is_awaited ? ".await" : "");
  }
  if (!body.is("block")) {
    std::string value = piece(tree, body.span(), within(edits, body.span()));
    return is_awaited ? awaited(body, std::move(value)) : value;
  }
  const Node value = tail_of(body);
  const bool is_open = (options.bound == nullptr || !binds_any_of(body, *options.bound)) &&
                       !has_items(body) && !body.has_child("label");
  if (!is_open) {
    std::string block = piece(tree, body.span(), within(edits, body.span()));
    return is_awaited ? "(" + block + ").await" : block;
  }
  // All between the braces but the value, with its comments.
  const std::vector<Node> all = body.named_children();
  const std::vector<Node> statements = syntax::statements(body);
  const Node last = value ? statements.back() : Node();
  uint32_t begin = 0;
  uint32_t end = 0;
  for (const Node& part : all) {
    if (last && part.begin() >= last.begin()) break;
    if (begin == 0) begin = part.begin();
    end = part.end();
  }
  if (end > begin) {
    const base::Span span{tree.file(), begin, end};
    // Statements of one line stand on lines of their own.
    const bool is_one_line =
        tree.text().substr(body.begin(), body.end() - body.begin()).find('\n') ==
        std::string_view::npos;
    if (is_one_line) {
      for (const Node& part : all)
        if (part.begin() >= begin && part.end() <= end)
          code.line(piece(tree, part.span(), within(edits, part.span())));
    } else {
      code.line(piece(tree, span, within(edits, span)));
    }
  }
  if (!value) return {};
  std::string text = piece(tree, value.span(), within(edits, value.span()));
  return is_awaited ? awaited(value, std::move(text)) : text;
}

std::optional<std::vector<base::Edit>> without_reference(
    Node body, std::string_view reference, const std::string& item,
    llvm::function_ref<bool(Node)> passes_references) {
  std::vector<base::Edit> edits;
  for (const Node& token : syntax::mentions(body, reference)) {
    const bool is_same = reference == item;
    if (syntax::is_in_macro(token)) {
      const Node before = token.previous();
      if (!takes_references(token) || before.text() == "*" || before.text() == "&" ||
          (!is_same && !token.is("identifier")))
        return std::nullopt;
      if (!is_same) edits.push_back(replaced(token, item));
      continue;
    }
    if (!token.is("identifier") || is_moved_into(token, body)) return std::nullopt;
    const Node whole = without_parentheses(token);
    const Node parent = whole.parent();
    if (is_dereference(parent)) {
      const Node target = without_parentheses(parent);
      edits.push_back(replaced(target, item));
      continue;
    }
    const bool is_receiver = (parent.is("field_expression") && parent.field("value") == whole) ||
                             (parent.is("index_expression") && parent.parts().front() == whole);
    if (is_receiver) {
      const bool is_method = parent.parent().is_any({"call_expression", "generic_function"});
      if (is_method && minds_references(parent.field("field").text())) return std::nullopt;
      if (!is_same) edits.push_back(replaced(token, item));
      continue;
    }
    if (parent.is_any({"shorthand_field_initializer", "assignment_expression", "let_declaration",
                       "closure_expression", "match_pattern"}) &&
        parent.field("value") != whole)
      return std::nullopt;
    const bool is_passed = parent.is("arguments") && passes_references && passes_references(whole);
    if (is_passed || is_counted_with(parent)) {
      if (!is_same) edits.push_back(replaced(whole, item));
      continue;
    }
    edits.push_back(replaced(whole, "&" + item));
  }
  return edits;
}

std::optional<std::vector<base::Edit>> renamed(Node body, std::string_view from,
                                               const std::string& to) {
  std::vector<base::Edit> edits;
  if (from == to) return edits;
  for (const Node& token : syntax::mentions(body, from)) {
    if (!token.is("identifier")) return std::nullopt;
    edits.push_back(replaced(token, to));
  }
  return edits;
}

}  // namespace jaa::rewrite
