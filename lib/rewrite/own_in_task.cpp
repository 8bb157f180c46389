#include "rewrite/own_in_task.h"

#include <algorithm>

#include "rewrite/edit_list.h"
#include "rewrite/evaluation.h"
#include "rewrite/naming.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

constexpr size_t MostColumns = 100;

std::string let_of(const TaskValue& value) {
  return std::string("let ") + (value.is_mut ? "mut " : "") + value.name + " = " + value.value +
         ";";
}

// `name` is spelled in `place` outside of `future`, or in a statement behind it.
bool is_wanted_around(Node place, Node future, const std::string& name, bool is_statement) {
  for (Node at = place; at; at = is_statement ? at.next() : Node())
    for (const Node& token : syntax::mentions(at, name))
      if (!future.contains(token)) return true;
  return false;
}

// Making the values before `place` changes nothing: what comes between has no effect, and
// nothing of `scope` that comes later wants one of the names.
bool is_same_before(Node place, const OwnedTask& task, bool is_statement) {
  const auto before = evaluated_before(task.future, place);
  if (!before || !std::all_of(before->begin(), before->end(), is_pure)) return false;
  return std::none_of(task.values.begin(), task.values.end(), [&](const TaskValue& value) {
    return is_wanted_around(place, task.future, value.name, is_statement);
  });
}

// The values can be made in statements of their own.
bool fits_before(const OwnedTask& task) {
  const Node statement = syntax::enclosing_statement(task.future);
  return statement && statement.parent().is("block") && !syntax::has_attributes(statement) &&
         syntax::enclosing_function(statement) == syntax::enclosing_function(task.future) &&
         is_same_before(statement, task, true);
}

// The body of the closure that only makes the task, or else the future.
Node closure_body(const OwnedTask& task) {
  const Node closure = syntax::enclosing_function(task.future);
  const Node body = closure.field("body");
  const bool is_whole = closure.is("closure_expression") && !body.is("block") &&
                        body.contains(task.future) && !closure.field("return_type") &&
                        is_same_before(body, task, false);
  return is_whole ? body : task.future;
}

// The columns that the line of the future takes when `more` are added to it.
size_t columns_with(std::string_view text, const OwnedTask& task, size_t more) {
  const uint32_t begin = syntax::line_start(text, task.future.begin());
  size_t columns = syntax::line_stop(text, task.future.end()) - begin + more;
  for (const auto& [span, name] : task.renamed) columns += name.size() - (span.end - span.begin);
  return columns;
}

// It is the name of another variable, in the pattern that binds that.
bool binds(Node mention) {
  Node at = mention;
  while (at.parent().kind().ends_with("_pattern")) at = at.parent();
  const Node parent = at.parent();
  return parent.is_any({"closure_parameters", "parameter"}) ||
         (parent && parent.field("pattern") == at);
}

}  // namespace

std::vector<base::Edit> own_in_task(const syntax::Tree& tree, const OwnedTask& task) {
  const Node future = task.future;
  const std::string_view text = tree.text();
  if (!future || syntax::is_in_macro(future) || future.has_error()) return {};
  EditList edits(tree);
  const std::string line_end(edits.layout().line_end);
  const std::string indent(edits.layout().indent);
  const std::string outer(syntax::indentation(text, future.begin()));
  for (const auto& [span, name] : task.renamed) edits.replace(span.begin, span.end, name);

  const bool is_block = future.is("async_block");
  const bool is_closure = future.is("closure_expression");
  // What the new block goes around: the whole body of a closure, or only the future.
  const Node around = closure_body(task);
  const bool is_before = task.values.empty() || fits_before(task);
  std::string deep = outer;
  if (is_before) {
    for (const TaskValue& value : task.values)
      edits.insert_before(syntax::enclosing_statement(future), let_of(value));
  } else {
    deep = outer + indent;
    std::string head = "{" + line_end;
    for (const TaskValue& value : task.values) head += deep + let_of(value) + line_end;
    edits.insert(around.begin(), head + deep);
    for (const uint32_t at : syntax::movable_lines(tree, around.span())) edits.insert(at, indent);
  }

  if (is_block || is_closure) {
    if (task.takes_all && !future.has_child("move")) {
      if (is_block)
        edits.insert(future.begin() + 5, " move");
      else if (!future.has_child("async"))
        edits.insert(future.begin(), "move ");
      else
        return {};
    }
    const std::vector<Node> parts = future.parts();
    const Node body = parts.empty() ? Node() : syntax::enclosing(parts.back(), {"block"});
    if (!task.views.empty() && (!is_block || !body)) return {};
    for (const std::string& view : task.views) {
      const std::vector<Node> inner = syntax::statements(body);
      if (inner.empty()) return {};
      const bool is_own_line = syntax::starts_line(text, inner.front().begin());
      edits.insert(inner.front().begin(),
                   view + (is_own_line ? line_end + std::string(syntax::indentation(
                                                        text, inner.front().begin()))
                                       : " "));
    }
  } else {
    if (!task.views.empty()) return {};
    const bool is_long = columns_with(text, task, 22 + (deep.size() - outer.size())) > MostColumns;
    const bool spans_lines = future.text().find('\n') != std::string_view::npos;
    if (is_long || spans_lines) {
      edits.insert(future.begin(), "async move {" + line_end + deep + indent);
      if (spans_lines)
        for (const uint32_t at : syntax::movable_lines(tree, future.span()))
          edits.insert(at, indent);
      edits.insert(future.end(), ".await" + line_end + deep + "}");
    } else {
      edits.insert(future.begin(), "async move { ");
      edits.insert(future.end(), ".await }");
    }
  }
  if (!is_before) edits.insert(around.end(), line_end + outer + "}");
  return edits.take();
}

std::optional<BoundArguments> bind_arguments(Node call, const std::vector<std::string>& parameters,
                                             llvm::function_ref<bool(Node)> is_borrowing) {
  Node function = call.field("function");
  if (function.is("generic_function")) function = function.field("function");
  if (!call.is("call_expression") ||
      !(function.is_any({"identifier", "scoped_identifier"}) ||
        (function.is("field_expression") && is_pure(function.field("value")))))
    return std::nullopt;
  BoundArguments result;
  FreshNames fresh(call);
  const std::vector<Node> arguments = call.field("arguments").parts();
  for (size_t index = 0; index < arguments.size(); ++index) {
    Node argument = arguments[index];
    if (is_pure(argument) || argument.is("closure_expression")) continue;
    const bool is_mut =
        argument.is("reference_expression") && argument.has_child("mutable_specifier");
    if (argument.is("reference_expression")) argument = argument.field("value");
    if (argument.text().find('\n') != std::string_view::npos) return std::nullopt;
    const std::string wish = index < parameters.size() ? parameters[index] : "";
    // `rows.clone()` is still `rows`, unless the call names both.
    Node root = argument;
    while (chain_receiver(root)) root = chain_receiver(root);
    const bool keeps_name = root.is("identifier") && root != argument && gives_owned(argument) &&
                            syntax::mentions(call, root.text()).size() == 1;
    const std::string name = keeps_name     ? std::string(root.text())
                             : wish.empty() ? fresh.for_value(argument)
                                            : fresh.unused(wish);
    std::string value(argument.text());
    std::string renamed = name;
    if (argument.is("index_expression")) {
      // A part of something is no value of its own: `a[1..3]`, `a[i]`.
      const std::vector<Node> parts = argument.parts();
      const bool is_range = !parts.empty() && parts.back().is("range_expression");
      value += is_range ? ".to_owned()" : ".clone()";
      if (argument == arguments[index]) return std::nullopt;
    } else if (argument == arguments[index] && !gives_owned(argument) && is_borrowing(argument)) {
      value += ".to_owned()";
      renamed = "&" + name;
    }
    result.values.push_back({name, value, is_mut});
    result.renamed.emplace_back(argument.span(), renamed);
  }
  return result;
}

std::optional<std::pair<base::Span, std::string>> as_reference(Node mention, bool copies) {
  const std::string name(mention.text());
  const Node parent = mention.parent();
  if (mention.is("string_literal") || mention.is("raw_string_literal")) return std::nullopt;
  if (binds(mention)) return std::nullopt;
  if (syntax::is_in_macro(mention)) {
    // `f(name)` within a macro's arguments; those of the macro itself take it as it is.
    const Node tree = parent;
    const Node before = mention.previous();
    const Node behind = mention.next();
    const bool is_argument = tree.is("token_tree") && tree.parent().is("token_tree") &&
                             tree.previous().is("identifier") && before.is_any({"(", ","}) &&
                             behind.is_any({")", ","});
    if (!is_argument) return std::nullopt;
    return std::pair(mention.span(), "&" + name);
  }
  if (mention.is("shorthand_field_identifier") || parent.is("shorthand_field_initializer"))
    return std::pair(mention.span(), name + ": &" + name);
  if (parent.is("field_expression") || parent.is("index_expression")) {
    const std::vector<Node> parts = parent.parts();
    if (!parts.empty() && parts.front() == mention) return std::nullopt;
  }
  if (parent.is("reference_expression")) return std::nullopt;
  if (parent.is("unary_expression") && parent.text().starts_with("*"))
    return copies ? std::optional(std::pair(parent.span(), name)) : std::nullopt;
  return std::pair(mention.span(), "&" + name);
}

}  // namespace jaa::rewrite
