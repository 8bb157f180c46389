#include "rewrite/match_singles.h"

#include <algorithm>

#include "rewrite/evaluation.h"
#include "rewrite/imports.h"
#include "rewrite/inline_closure.h"
#include "rewrite/text_shape.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// What stands for the value that `flag.then(..)` does not give, where `next` says it: its
// statements in `code`. None for another method.
std::optional<std::string> otherwise(const syntax::Tree& tree, const ChainCall& next, Code& code) {
  if (next.name == "unwrap_or_default" && next.arguments.empty()) return "Default::default()";
  if (next.arguments.size() != 1) return std::nullopt;
  const Node given = next.arguments[0];
  if (next.name == "unwrap_or" && is_quiet(given)) return piece(tree, given.span());
  const bool is_closure = next.name == "unwrap_or_else" && given.is("closure_expression");
  if (!is_closure || !closure_parts(given).patterns.empty()) return std::nullopt;
  return inline_body(tree, given, {}, {}, code);
}

}  // namespace

bool is_quiet(Node argument) {
  if (is_pure(argument)) return true;
  const bool is_made = argument.is("call_expression") && !has_arguments(argument) &&
                       argument.field("function").is("scoped_identifier");
  return is_made || argument.text() == "vec![]";
}

std::string subject_text(const syntax::Tree& tree, Node receiver) {
  // A struct literal in a `match` head would be taken for its arms.
  std::string text = piece(tree, receiver.span());
  std::string joined;
  for (size_t at = 0; at < text.size(); ++at) {
    size_t next = at + 1;
    while (text[at] == '\n' && next < text.size() && text[next] == ' ') ++next;
    if (text[at] == '\n' && next < text.size() && text[next] == '.') at = next;
    joined += text[at];
  }
  const bool fits = joined.size() <= 60 && joined.find("//") == std::string::npos &&
                    joined.find('\n') == std::string::npos;
  return fits ? joined : text;
}

std::vector<std::vector<base::Edit>> put_branches(const syntax::Tree& tree,
                                                  const ExpressionPlace& place,
                                                  Statements statements, FreshNames& names) {
  const Node expression = place.expression;
  const Node parent = expression.parent();
  const bool is_receiver = parent.is("field_expression") && parent.field("value") == expression;
  // In front of a method a match that begins the statement would end it.
  const bool begins = place.statement && place.statement.begin() == expression.begin() &&
                      place.statement != expression;
  std::vector<std::vector<base::Edit>> result;
  if (begins || (is_receiver && place.kind != ExpressionPlace::Kind::Inside)) {
    const std::string name = names.unused("value");
    Statements bound = statements;
    bound.code.line("let " + name + " = " + statements.value + ";");
    bound.value = name;
    result.push_back(put(tree, place, bound));
  }
  if (!begins) result.push_back(put(tree, place, statements));
  return result;
}

std::vector<std::vector<base::Edit>> if_for_then(const syntax::Tree& tree, const ChainCall& call,
                                                 const ChainCall* next, Node receiver,
                                                 const std::vector<Node>& futures) {
  const Node closure = call.arguments[0];
  if (!closure_parts(closure).patterns.empty()) return {};
  Code inside;
  InlineOptions options;
  options.is_awaited = std::find(futures.begin(), futures.end(), closure) != futures.end();
  std::string value = inline_body(tree, closure, {}, options, inside);
  Code other;
  const auto fallback = next != nullptr ? otherwise(tree, *next, other) : std::nullopt;
  const ExpressionPlace place = place_of(fallback ? next->call : call.call);
  Code code;
  Node condition = receiver;
  if (condition.is("parenthesized_expression")) condition = condition.parts().front();
  const bool is_unused = place.kind == ExpressionPlace::Kind::Statement;
  code.open((is_unused && fallback ? "let _ = if " : "if ") + piece(tree, condition.span()) + " {");
  code.append(inside);
  if (is_unused && !fallback) {
    if (!value.empty()) code.line(value + ";");
    code.close();
    return {put(tree, place, {std::move(code), ""})};
  }
  if (value.empty()) value = "()";
  code.line(fallback ? value : "Some(" + value + ")");
  code.close_and_open("} else {");
  code.append(other);
  if (!fallback || !fallback->empty()) code.line(fallback ? *fallback : "None");
  if (is_unused) {
    code.close("};");
    return {put(tree, place, {std::move(code), ""})};
  }
  code.close();
  FreshNames names(closure);
  return put_branches(tree, place, {Code(), code.as_piece(syntax::layout(tree.text()))}, names);
}

std::optional<std::vector<base::Edit>> fill_slot(const syntax::Tree& tree, const ChainCall& call,
                                                 Node receiver, const std::vector<Node>& futures) {
  const Node closure = call.arguments[0];
  if (!closure_parts(closure).patterns.empty() || !is_pure(receiver)) return std::nullopt;
  const ExpressionPlace place = place_of(call.call);
  InlineOptions options;
  options.is_awaited = std::find(futures.begin(), futures.end(), closure) != futures.end();
  FreshNames names(closure);
  Code code;
  code.open("match " + std::string(receiver.text()) + " {");
  const std::string value = names.unused("value");
  code.line("Some(ref mut " + value + ") => " + value + ",");
  code.open("None => {");
  const std::string made = inline_body(tree, closure, {}, options, code);
  if (made.empty()) return std::nullopt;
  code.line("let " + value + " = " + made + ";");
  code.line(std::string(receiver.text()) + ".insert(" + value + ")");
  code.close();
  code.close();
  return put(tree, place, {Code(), code.as_piece(syntax::layout(tree.text()))});
}

std::optional<std::vector<base::Edit>> fill_entry(const syntax::Tree& tree, const ChainCall& call,
                                                  Node receiver, const std::vector<Node>& futures,
                                                  const std::string& kind) {
  const Node closure = call.arguments[0];
  if (!closure_parts(closure).patterns.empty() || method_name(receiver).text() != "entry")
    return std::nullopt;
  const ExpressionPlace place = place_of(call.call);
  InlineOptions options;
  options.is_awaited = std::find(futures.begin(), futures.end(), closure) != futures.end();
  FreshNames names(closure);
  ImportEdits imports;
  const std::string entry = imports.name_at(closure, "std::collections::" + kind + "::Entry");
  const std::string slot = names.unused("entry");
  Code code;
  code.open("match " + subject_text(tree, receiver) + " {");
  code.line(entry + "::Occupied(" + slot + ") => " + slot + ".into_mut(),");
  Code inside;
  const std::string made = inline_body(tree, closure, {}, options, inside);
  if (made.empty()) return std::nullopt;
  const std::string head = entry + "::Vacant(" + slot + ") => ";
  if (inside.empty()) {
    code.line(head + slot + ".insert(" + made + "),");
  } else {
    code.open(head + "{");
    code.append(inside);
    code.line(slot + ".insert(" + made + ")");
    code.close();
  }
  code.close();
  Statements result;
  if (place.kind == ExpressionPlace::Kind::Statement) {
    // Both arms give the value in the map.
    result.code.line(code.as_piece(syntax::layout(tree.text())) + ";");
  } else {
    result.value = code.as_piece(syntax::layout(tree.text()));
  }
  std::vector<base::Edit> edits = put(tree, place, result);
  for (base::Edit& edit : imports.take()) edits.push_back(std::move(edit));
  return edits;
}

}  // namespace jaa::rewrite
