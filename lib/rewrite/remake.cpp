// A handle is made where it is used instead of being kept.
#include <algorithm>

#include "rewrite/guard_let.h"
#include "rewrite/guard_scope.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// `path::to::make()`: a call that takes nothing, of a function and not of a method.
bool is_plain_call(Node value) {
  return value.is("call_expression") &&
         value.field("function").is_any({"identifier", "scoped_identifier"}) &&
         value.field("arguments").parts().empty();
}

}  // namespace

std::vector<base::FixIt> remake_where_used(const syntax::Tree& tree, const Held& held) {
  const auto let = find_guard_let(tree, held);
  if (!let || !let->is_plain() || !is_plain_call(let->value()) || held.name.empty()) return {};
  EditList edits(tree);
  edits.take_out(let->let);
  const std::string made(let->value().text());
  bool is_used = false;
  for (size_t at = 1; at < let->statements.size(); ++at) {
    for (const Node& token : let->mentions[at]) {
      // A temporary lives to the end of its statement, which must not await.
      const Node statement = syntax::enclosing_statement(token);
      const bool awaits =
          std::any_of(held.awaits.begin(), held.awaits.end(),
                      [&](const base::Span& await) { return statement.span().contains(await); });
      const bool is_name = token.is("identifier") && token.text() == held.name;
      if (awaits || !is_name || syntax::is_in_macro(token) ||
          token.parent().is("shorthand_field_initializer"))
        return {};
      // Of a place it has to be: a receiver, or borrowed.
      const bool is_place =
          token.parent().is("field_expression") || token.parent().is("reference_expression");
      if (!is_place) return {};
      edits.replace(token, made);
      is_used = true;
    }
  }
  if (!is_used) return {};
  base::FixIt fix;
  fix.name = "remake";
  fix.title = "call `" + made + "` where `" + held.name + "` is used";
  fix.trade_off = "the handle is made anew each time";
  fix.edits = edits.take();
  return {std::move(fix)};
}

}  // namespace jaa::rewrite
