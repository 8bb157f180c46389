#include "rewrite/put_statements.h"

#include <algorithm>

#include "rewrite/evaluation.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

constexpr size_t ChainWidth = 60;  // that rustfmt leaves in one line

// The white space before each `.name` behind `expression`, when the whole fits in a line.
std::vector<base::Span> gaps_behind(Node expression, size_t width) {
  std::vector<base::Span> gaps;
  for (Node at = expression; at.parent();) {
    const Node parent = at.parent();
    const std::vector<Node> all = parent.children();
    const bool is_link =
        !all.empty() && all.front() == at &&
        (parent.is_any({"call_expression", "generic_function", "try_expression"}) ||
         parent.is_any({"field_expression", "await_expression"}));
    if (!is_link) break;
    if (parent.is_any({"field_expression", "await_expression"})) {
      if (all[1].begin() > at.end()) gaps.push_back({at.span().file, at.end(), all[1].begin()});
      if (all[1].is_comment()) return {};
      width += parent.end() - all[1].begin();
    } else {
      const base::Span added{at.span().file, at.end(), parent.end()};
      width += added.end - added.begin;
      if (parent.text().substr(at.text().size()).find('\n') != std::string_view::npos) return {};
    }
    at = parent;
  }
  return width <= ChainWidth ? gaps : std::vector<base::Span>();
}

// Behind a value of several lines, the methods that are called on it get lines too.
void break_behind(const syntax::Tree& tree, Node expression, std::string_view value,
                  std::vector<base::Edit>& edits) {
  const Node parent = expression.parent();
  if (value.find('\n') == std::string_view::npos ||
      !parent.is_any({"field_expression", "await_expression"}) ||
      parent.parts().front() != expression)
    return;
  const syntax::Layout layout = syntax::layout(tree.text());
  std::string gap(layout.line_end);
  gap += syntax::indentation(tree.text(), expression.begin());
  if (!value.ends_with('}')) gap += layout.indent;
  for (Node at = expression; at.parent(); at = at.parent()) {
    const Node outer = at.parent();
    const std::vector<Node> all = outer.children();
    if (all.empty() || all.front() != at) break;
    if (!outer.is_any({"field_expression", "await_expression"})) {
      if (!outer.is_any({"call_expression", "generic_function", "try_expression"})) break;
      continue;
    }
    if (outer.is("field_expression") &&
        !outer.parent().is_any({"call_expression", "generic_function"}))
      break;
    if (all[1].begin() == at.end() || all[1].is("."))
      edits.push_back({{at.span().file, at.end(), all[1].begin()}, gap});
  }
}

// The statement stands alone in a block that has one line.
Node single_line_block(const syntax::Tree& tree, Node statement) {
  const Node block = statement.parent();
  const std::vector<Node> all = block.named_children();
  const bool is_alone =
      block.is("block") && all.size() == 1 && block.text().find('\n') == std::string_view::npos;
  return is_alone && !syntax::starts_line(tree.text(), statement.begin()) ? block : Node();
}

bool is_quiet_before(Node expression, Node statement) {
  const auto before = evaluated_before(expression, statement);
  return before && std::all_of(before->begin(), before->end(), [&](const Node& each) {
           return is_pure(each) && !may_change_names_of(expression, each);
         });
}

}  // namespace

ExpressionPlace place_of(Node expression) {
  ExpressionPlace place;
  place.expression = expression;
  place.statement = syntax::enclosing_statement(expression);
  if (!place.statement || syntax::has_attributes(place.statement)) return place;
  const Node parent = expression.parent();
  if (parent == place.statement && parent.is("expression_statement") &&
      parent.text().ends_with(';')) {
    place.kind = ExpressionPlace::Kind::Statement;
    return place;
  }
  const Node function = syntax::enclosing_function(expression);
  if (function != syntax::enclosing_function(place.statement) ||
      !is_quiet_before(expression, place.statement))
    return place;
  place.kind = ExpressionPlace::Kind::Before;
  if (parent.is("let_declaration") && parent == place.statement && !parent.field("alternative")) {
    const Node pattern = parent.field("pattern");
    const std::vector<syntax::Binding> bound = syntax::bindings(pattern);
    const bool is_name =
        pattern.is_any({"identifier", "mut_pattern"}) && bound.size() == 1 && !bound.front().is_ref;
    place.kind = ExpressionPlace::Kind::Let;
    const Node type = parent.field("type");
    if (type) place.type = ": " + std::string(type.text());
    if (is_name) place.let_name = std::string(bound.front().name.text());
    // A name that the expression uses too, as in `let posts = posts.iter()..`, is not free
    // before its end.
    if (is_name && !syntax::is_mentioned(expression, bound.front().name.text()))
      place.name = std::string(bound.front().name.text());
  }
  return place;
}

std::vector<base::Edit> put(const syntax::Tree& tree, const ExpressionPlace& place,
                            const Statements& statements) {
  const std::string_view text = tree.text();
  const syntax::Layout layout = syntax::layout(text);
  const Node statement = place.statement;
  const Node expression = place.expression;
  const bool is_let_itself = place.kind == ExpressionPlace::Kind::Let && !place.name.empty() &&
                             statements.value == place.name;
  const bool is_all = is_let_itself || place.kind == ExpressionPlace::Kind::Statement ||
                      (statements.value.empty() && expression == statement) ||
                      (statements.value.empty() && statement.is("expression_statement") &&
                       statement.parts().size() == 1 && statement.parts().front() == expression);
  std::vector<base::Edit> edits;
  const bool starts_line = syntax::starts_line(text, statement.begin());
  const Node block = starts_line ? Node() : single_line_block(tree, statement);
  if (place.kind == ExpressionPlace::Kind::Inside ||
      (!starts_line && !block && !statements.code.empty())) {
    Code code;
    code.open("{");
    code.append(statements.code);
    if (!statements.value.empty()) code.line(statements.value);
    code.close();
    const std::string_view indent = syntax::indentation(text, expression.begin());
    base::Span span = expression.span();
    // The arm of a match needs no comma behind a block.
    if (!statements.code.empty() && expression.parent().is("match_arm") &&
        expression.next().is(",") && expression.next().begin() == span.end)
      span.end = expression.next().end();
    if (statements.code.empty()) {
      edits.push_back({span, settle(statements.value, layout, indent)});
      break_behind(tree, expression, statements.value, edits);
    } else {
      edits.push_back({span, code.text(layout, indent)});
    }
    return edits;
  }
  std::string indent(syntax::indentation(text, statement.begin()));
  base::Span span = statement.span();
  std::string head;
  std::string tail;
  if (block) {
    tail = std::string(layout.line_end) + indent + "}";
    indent += layout.indent;
    head = "{" + std::string(layout.line_end) + indent;
    span = block.span();
  }
  std::string lines = statements.code.text(layout, indent);
  if (is_all) {
    edits.push_back({span, head + lines + tail});
    return edits;
  }
  if (!lines.empty()) lines += std::string(layout.line_end) + indent;
  const uint32_t from = block ? block.begin() : statement.begin();
  const uint32_t before_end = statement.begin();
  edits.push_back({{tree.file(), from, before_end}, head + lines});
  edits.push_back({expression.span(), settle(statements.value, layout, indent)});
  if (statements.value.find('\n') == std::string::npos)
    for (const base::Span& gap :
         gaps_behind(expression, statements.value.size() + 4 + indent.size() / 8))
      if (statement.span().contains(gap)) edits.push_back({gap, ""});
  break_behind(tree, expression, statements.value, edits);
  if (block) edits.push_back({{tree.file(), statement.end(), block.end()}, tail});
  // One edit where the statement is no more than the expression.
  if (edits[0].span.end == edits[1].span.begin) {
    edits[0].text += edits[1].text;
    edits[0].span.end = edits[1].span.end;
    edits.erase(edits.begin() + 1);
  }
  std::erase_if(edits, [](const base::Edit& edit) {
    return edit.span.begin == edit.span.end && edit.text.empty();
  });
  return edits;
}

}  // namespace jaa::rewrite
