#include "propagate/forwarded_callables.h"

#include <algorithm>

#include "propagate/call_shape.h"
#include "rewrite/async_closure.h"
#include "rewrite/imports.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

// `f` as `move |a, b| Box::pin(f(a, b))`.
std::string boxing(const Forward& forward) {
  std::string names;
  size_t number = 0;
  for (const Node& parameter : forward.type.field("parameters").named_children()) {
    if (!parameter.is_comment() && !parameter.is("attribute_item")) {
      ++number;
      names += (names.empty() ? "value" : ", value") + (number > 1 ? std::to_string(number) : "");
    }
  }
  return "move |" + names + "| Box::pin(" + std::string(forward.use.text()) + "(" + names + "))";
}

// What is given for the parameter gives a future. False for what is neither a closure nor the
// name of a function.
bool give_future(const flow::Facts& facts, const Forward& forward, Node given,
                 std::vector<base::Edit>& edits) {
  if (given.is("closure_expression")) {
    if (given.field("return_type") || Callables::changes_copy(given, forward.callback.kind)) {
      return false;
    }
    rewrite::return_block(given, /*boxed=*/false, edits);
    return true;
  }
  const auto& functions = facts.items().functions(syntax::last_name(given));
  if (!given.is_any({"identifier", "scoped_identifier"}) || functions.size() != 1 ||
      syntax::binding_of(given.text(), given)) {
    return false;
  }
  if (!syntax::is_async_function(functions.front())) {
    const auto [head, arguments] = parameters_of(functions.front());
    edits.push_back(
        {given.span(), head + "async move { " + std::string(given.text()) + arguments + " }"});
  }
  return true;
}

}  // namespace

std::vector<Forward> forwards_in(Node function, const Callables& callables,
                                 const OpenedTrees& opened) {
  std::vector<Forward> result;
  for (const Node& parameter : function.field("parameters").named_children()) {
    const Node name = parameter.field("pattern");
    if (!parameter.is("parameter") || !name.is("identifier")) {
      continue;
    }
    const std::optional<rewrite::Callback> callback = rewrite::plain_callback_of(parameter);
    const std::vector<Node> uses = syntax::mentions(function.field("body"), name.text());
    if (!callback || is_written_out(callback->bound) || uses.size() != 1 ||
        !uses.front().is("identifier")) {
      continue;
    }
    const Node use = opened.tree(function.span().file).smallest_node(uses.front().span());
    if (const Node type = callables.type_of(use)) {
      result.push_back({*callback, use, type});
    }
  }
  return result;
}

Node type_forwarded(const flow::Facts& facts, Node closure, const Callables& callables,
                    const OpenedTrees& opened) {
  const std::string_view name = syntax::called_name(closure.parent().parent());
  for (const Node& function : facts.items().functions(name)) {
    for (const Forward& forward : forwards_in(function, callables, opened)) {
      const std::vector<Node> given = rewrite::arguments_for(facts.items(), forward.callback);
      if (std::any_of(given.begin(), given.end(),
                      [&](Node one) { return one.span() == closure.span(); })) {
        return forward.type;
      }
    }
  }
  return {};
}

std::optional<std::vector<base::Edit>> give_futures(const flow::Facts& facts,
                                                    const Forward& forward,
                                                    const std::string& bounds) {
  if (forward.callback.takes_reference()) {
    return std::nullopt;
  }
  // Who changes the type too imports `Future` for both.
  const bool has_import =
      rewrite::import_scope(forward.type) == rewrite::import_scope(forward.callback.bound);
  std::vector<base::Edit> edits = rewrite::bind_future(
      facts.items(), {forward.callback}, bounds, has_import ? "2024" : facts.package().edition);
  if (edits.empty()) {
    return std::nullopt;
  }
  for (const Node& given : rewrite::arguments_for(facts.items(), forward.callback)) {
    if (!give_future(facts, forward, given, edits)) {
      return std::nullopt;
    }
  }
  edits.push_back({forward.use.span(), boxing(forward)});
  return edits;
}

}  // namespace jaa::propagate
