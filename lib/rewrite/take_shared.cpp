#include "rewrite/take_shared.h"

#include <string>

#include "rewrite/evaluation.h"
#include "rewrite/lock_kind.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// `Mutex` of `std::sync::Mutex<Vec<u32>>`.
std::string_view last_name_of(std::string_view type) {
  type = type.substr(0, type.find('<'));
  const size_t colon = type.rfind("::");
  return colon == std::string_view::npos ? type : type.substr(colon + 2);
}

// What `into_inner` becomes, so that the lock is held for the moment of taking.
std::string_view acquiring_method(std::string_view lock) {
  if (lock == "Mutex") return "lock";
  return lock == "RwLock" ? "write" : std::string_view();
}

// What a block ends with: its temporaries live longer than the block's variables, so a guard
// has to be a variable itself there.
bool is_in_tail(Node expression) {
  const Node statement = syntax::enclosing_statement(expression);
  return statement.parent().is("block") &&
         !statement.is_any({"expression_statement", "let_declaration"});
}

}  // namespace

std::vector<Node> calls_of_into_inner(Node binding) {
  std::vector<Node> result;
  const Node function = syntax::outermost_function(binding);
  for (const Node& mention : syntax::mentions(function, binding.text())) {
    const Node call = mention.parent().parent();
    if (!syntax::is_in_macro(mention) && method_name(call).text() == "into_inner" &&
        chain_receiver(call) == mention && !has_arguments(call) &&
        syntax::binding_of(binding.text(), mention) == binding)
      result.push_back(call);
  }
  return result;
}

std::vector<base::Edit> take_through_share(Node into_inner, std::string_view type,
                                           ImportEdits& imports) {
  const std::string_view name = last_name_of(type);
  const base::FileId file = into_inner.span().file;
  const Node method = method_name(into_inner);
  if (type.starts_with("std::sync::atomic::") || type.starts_with("core::sync::atomic::")) {
    const std::string ordering = imports.name_at(into_inner, "std::sync::atomic::Ordering");
    return {{{file, method.begin(), into_inner.end()}, "load(" + ordering + "::SeqCst)"}};
  }
  const std::string_view acquire = acquiring_method(name);
  const bool is_poisoning = type.starts_with("std::sync::");
  const bool is_blocking =
      is_poisoning || type.starts_with("parking_lot::") || type.starts_with("lock_api::");
  const Node whole = is_poisoning ? unpacking_of(into_inner) : into_inner;
  if (acquire.empty() || !is_blocking || !whole) return {};
  if (is_in_tail(whole)) {
    const std::string guard(chain_receiver(into_inner).text());
    return {{{file, whole.begin(), whole.begin()}, "{ let mut " + guard + " = "},
            {method.span(), std::string(acquire)},
            {{file, whole.end(), whole.end()}, "; std::mem::take(&mut *" + guard + ") }"}};
  }
  return {{{file, whole.begin(), whole.begin()}, "std::mem::take(&mut *"},
          {method.span(), std::string(acquire)},
          {{file, whole.end(), whole.end()}, ")"}};
}

}  // namespace jaa::rewrite
