#include "rewrite/clone_capture.h"

#include <algorithm>

#include "rewrite/async_closure.h"
#include "rewrite/naming.h"
#include "syntax/layout.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

// The async block of `closure` that `place` is in, outermost; none where it is in none.
Node block_around(Node closure, Node place) {
  Node found;
  for (Node at = place; at && at != closure; at = at.parent())
    if (at.is("async_block")) found = at;
  return found;
}

// The use as an expression: `options.label` where that is what is moved.
Node whole_use(const GivenAway& given) {
  Node use = given.use;
  while (use && use.text() != given.variable && given.variable.starts_with(use.text()) &&
         use.parent().is("field_expression"))
    use = use.parent();
  return use;
}

bool clone_at_use(const GivenAway& given, std::vector<base::Edit>& edits) {
  const Node use = whole_use(given);
  if (!use || use.text() != given.variable) return false;
  const base::FileId file = use.span().file;
  if (use.is("string_literal") || use.is("string_content")) return false;
  const bool is_shorthand =
      use.parent().is("shorthand_field_initializer") || use.is("shorthand_field_initializer");
  if (is_shorthand) edits.push_back({{file, use.begin(), use.begin()}, given.variable + ": "});
  edits.push_back({{file, use.end(), use.end()}, ".clone()"});
  return true;
}

std::string last_field(const std::string& variable) {
  return variable.substr(variable.rfind('.') + 1);
}

bool is_identifier(const std::string& name) {
  return !name.empty() && name != "self" &&
         name.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ==
             std::string::npos &&
         (name.front() < '0' || name.front() > '9');
}

// In front of the block, and what names a field in the block names the clone.
std::vector<base::Edit> clone_before(const syntax::Tree& tree, Node closure, Node place,
                                     Node inside, const std::vector<GivenAway>& given) {
  std::vector<base::Edit> edits;
  std::vector<std::string> lets;
  for (const GivenAway& one : given) {
    std::string name = last_field(one.variable);
    if (!is_identifier(name)) return {};
    if (name != one.variable) {
      name = FreshNames(closure).unused(name);
      syntax::walk(inside, [&](Node node) {
        if (!node.is("field_expression") || node.text() != one.variable) return Walk::Into;
        edits.push_back({node.span(), name});
        return Walk::Over;
      });
    }
    lets.push_back("let " + name + " = " + one.variable + ".clone();");
  }
  run_first(tree, closure, place, lets, edits);
  return edits;
}

// As the first statement of an async closure, which keeps what it has.
std::vector<base::Edit> clone_first(const syntax::Tree& tree, Node closure,
                                    const std::vector<GivenAway>& given) {
  const Node body = closure.field("body");
  const std::vector<Node> all = syntax::statements(body);
  const Node first = body.is("block") ? (all.empty() ? Node() : all.front()) : body;
  return first ? clone_before(tree, closure, first, Node(), given) : std::vector<base::Edit>();
}

}  // namespace

std::vector<std::vector<base::Edit>> clone_each_call(const syntax::Tree& tree, Node closure,
                                                     const std::vector<GivenAway>& given) {
  std::vector<std::vector<base::Edit>> result;
  if (given.empty() || syntax::is_in_macro(closure) || closure.has_error()) return result;
  const auto offer = [&result](std::vector<base::Edit> edits) {
    if (!edits.empty()) result.push_back(std::move(edits));
  };
  Node block;
  bool is_taken = false;  // by an `async move` block
  for (const GivenAway& one : given) {
    const Node around = block_around(closure, one.use);
    block = block ? block : around;
    is_taken |= around.has_child("move");
  }
  const auto at_uses = [&] {
    std::vector<base::Edit> edits;
    const bool all = std::all_of(given.begin(), given.end(), [&edits](const GivenAway& one) {
      return clone_at_use(one, edits);
    });
    return all ? edits : std::vector<base::Edit>();
  };
  if (closure.has_child("async")) {
    offer(at_uses());
    offer(clone_first(tree, closure, given));
    return result;
  }
  if (!is_taken) offer(at_uses());
  if (block) offer(clone_before(tree, closure, block, block, given));
  return result;
}

std::vector<base::Edit> own_clones(const syntax::Tree& tree, Node closure, Node block,
                                   const std::vector<std::string>& names) {
  if (syntax::is_in_macro(closure) || closure.has_error()) return {};
  std::vector<base::Edit> edits;
  if (!names.empty()) {
    std::vector<GivenAway> given;
    for (const std::string& name : names) given.push_back({name, block});
    edits = clone_before(tree, closure, block, block, given);
    if (edits.empty()) return edits;
  }
  if (!block.has_child("move")) {
    const uint32_t at = block.children().front().end();
    edits.push_back({{block.span().file, at, at}, " move"});
  }
  return edits;
}

std::vector<base::Edit> lend_before(const syntax::Tree& tree, Node closure,
                                    const std::vector<std::string>& names) {
  const Node statement = syntax::enclosing_statement(closure);
  if (!statement || names.empty() || syntax::is_in_macro(closure)) return {};
  const std::string_view text = tree.text();
  const std::string gap = syntax::starts_line(text, statement.begin())
                              ? std::string(syntax::layout(text).line_end) +
                                    std::string(syntax::indentation(text, statement.begin()))
                              : " ";
  std::string added;
  for (const std::string& name : names) {
    if (!is_identifier(name) || !syntax::binding_of(name, statement)) return {};
    added += "let " + name + " = &" + name + ";" + gap;
  }
  return {{{closure.span().file, statement.begin(), statement.begin()}, added}};
}

}  // namespace jaa::rewrite
