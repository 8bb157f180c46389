// A tracing span is entered at each poll instead of once, by its `Instrument` trait.
#include "rewrite/evaluation.h"
#include "rewrite/guard_let.h"
#include "rewrite/guard_scope.h"
#include "rewrite/naming.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

std::vector<base::FixIt> instrument_rest(const syntax::Tree& tree, const Held& held) {
  const auto let = find_guard_let(tree, held);
  if (!let || !let->is_plain() || let->statements.size() < 2) return {};
  const std::string_view method = method_name(let->value()).text();
  const Node span = chain_receiver(let->value());
  if ((method != "entered" && method != "enter") || !span) return {};
  // `return` and `?` leave the block as they left the function, and the value of the one
  // is that of the other, only where the block is all that is left of the function.
  const Node block = let->let.parent();
  if (!block.parent().is_any({"function_item", "async_block"})) return {};
  // Where the guard is used, what it stands for is the span.
  const bool is_used = let->is_used_in(1, let->statements.size());
  if (is_used && (method != "entered" || let->is_given_away(held, 1, let->statements.size())))
    return {};
  EditList edits(tree);
  std::string entered(span.text());
  if (is_used) {
    edits.replace(let->value(), entered);
    entered = held.name + ".clone()";
  } else {
    edits.take_out(let->let);
  }
  edits.wrap(let->statements[1], let->statements.back(), "tracing::Instrument::instrument(async",
             "", ", " + entered + ").await");
  base::FixIt fix;
  fix.name = "instrument";
  fix.title = "enter the span whenever the rest is polled";
  fix.trade_off = "the span is left while the future waits";
  fix.keeps_meaning = true;
  fix.edits = edits.take();
  return {std::move(fix)};
}

}  // namespace jaa::rewrite
