// A handle is made where it is used instead of being kept.
#include <algorithm>

#include "rewrite/evaluation.h"
#include "rewrite/guard_let.h"
#include "rewrite/guard_scope.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// `path::to::make(8)`: a call of a function, of which the arguments cannot have changed
// where it is made again.
bool is_plain_call(const GuardLet& let) {
  const Node value = let.value();
  const std::vector<Node> arguments = value.field("arguments").parts();
  const bool is_constant = std::all_of(arguments.begin(), arguments.end(), [](Node argument) {
    return argument.kind().ends_with("_literal");
  });
  return value.is("call_expression") &&
         value.field("function").is_any({"identifier", "scoped_identifier"}) &&
         std::all_of(arguments.begin(), arguments.end(), [](Node one) { return is_pure(one); }) &&
         (is_constant || is_value_stable(let, let.statements.size() - 1));
}

// `buffer.as_mut_ptr()`: where a vector, array or string keeps its data.
bool is_data_pointer(const GuardLet& let) {
  const std::string_view method = method_name(let.value()).text();
  return (method == "as_ptr" || method == "as_mut_ptr") && !has_arguments(let.value()) &&
         is_place(chain_receiver(let.value()));
}

}  // namespace

std::vector<base::FixIt> remake_where_used(const syntax::Tree& tree, const Held& held) {
  const auto let = find_guard_let(tree, held);
  if (!let || !let->is_plain() || held.name.empty() ||
      (!is_plain_call(*let) && (held.is_mut || !is_data_pointer(*let))))
    return {};
  const bool is_pointer = is_data_pointer(*let);
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
  fix.trade_off = is_pointer ? "" : "the handle is made anew each time";
  // The pointer is the same, or the kept one would have dangled.
  fix.keeps_meaning = is_pointer;
  fix.edits = edits.take();
  return {std::move(fix)};
}

}  // namespace jaa::rewrite
