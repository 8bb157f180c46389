#include "rewrite/erase_closure.h"

#include <algorithm>
#include <array>

#include "rewrite/evaluation.h"
#include "rewrite/imports.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

constexpr size_t MostAwaits = 4;

// A closure among the arguments of the calls that make up `expression`.
bool is_given_closure(Node expression) {
  bool found = false;
  syntax::walk(expression, [&found](Node node) {
    found |= node.is("closure_expression") && node.parent().is("arguments");
    return node.is_any({"closure_expression", "async_block", "block"}) ? Walk::Over : Walk::Into;
  });
  return found;
}

// `items.iter().map(|x| ..)`: an iterator with a closure in it.
bool is_adaptor(Node argument) {
  using std::string_view_literals::operator""sv;
  constexpr std::array Adaptors{"map"sv,        "filter_map"sv, "filter"sv,
                                "flat_map"sv,   "map_while"sv,  "scan"sv,
                                "take_while"sv, "skip_while"sv, "inspect"sv};
  const Node name = method_name(argument);
  return name && std::find(Adaptors.begin(), Adaptors.end(), name.text()) != Adaptors.end() &&
         is_given_closure(argument);
}

}  // namespace

std::vector<Node> awaits_with_closures(Node body) {
  std::vector<Node> result;
  for (const Node& await : await_expressions(body)) {
    const Node operand = awaited_operand(await);
    if (operand.is("call_expression") && is_given_closure(operand) && !syntax::is_in_macro(await) &&
        result.size() < MostAwaits)
      result.push_back(await);
  }
  return result;
}

std::vector<base::Edit> collect_arguments(Node await) {
  std::vector<base::Edit> edits;
  for (const Node& argument : awaited_operand(await).field("arguments").named_children())
    if (is_adaptor(argument))
      edits.push_back(
          {{argument.span().file, argument.end(), argument.end()}, ".collect::<Vec<_>>()"});
  return edits;
}

std::vector<base::Edit> box_as_send(Node await, std::string_view edition) {
  const Node operand = awaited_operand(await);
  if (!operand || syntax::is_in_macro(await)) return {};
  ImportEdits imports;
  const std::string pin = imports.name_at(await, "std::pin::Pin");
  const std::string future =
      edition >= "2024" ? std::string("Future") : imports.name_at(await, "std::future::Future");
  std::vector<base::Edit> edits = imports.take();
  const base::FileId file = await.span().file;
  edits.push_back({{file, operand.begin(), operand.begin()}, "(Box::pin("});
  edits.push_back({{file, operand.end(), operand.end()},
                   ") as " + pin + "<Box<dyn " + future + "<Output = _> + Send + '_>>)"});
  return edits;
}

}  // namespace jaa::rewrite
