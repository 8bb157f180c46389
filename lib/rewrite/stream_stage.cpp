#include "rewrite/stream_stage.h"

#include <algorithm>

#include "llvm/ADT/StringSwitch.h"
#include "rewrite/chain.h"
#include "rewrite/evaluation.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// It takes futures and runs them itself.
bool runs_futures(std::string_view method) {
  return llvm::StringSwitch<bool>(method)
      .Cases("buffered", "buffer_unordered", "try_buffered", "try_buffer_unordered", true)
      .Default(false);
}

// The closure gives the future instead of its output.
std::vector<base::Edit> give_future(Node closure) {
  const Node body = closure.field("body");
  const base::FileId file = body.span().file;
  const Node operand = awaited_operand(body);
  if (operand && await_expressions(body).size() == 1) {
    return {{{file, operand.end(), body.end()}, ""}};
  }
  const bool is_block = body.is("block");
  return {{{file, body.begin(), body.begin()}, is_block ? "async move " : "async move { "},
          {{file, body.end(), body.end()}, is_block ? "" : " }"}};
}

}  // namespace

std::vector<base::Edit> wait_in_stream(Node argument, bool gives_future) {
  const Chain chain = chain_around(argument);
  const auto stage = std::find_if(chain.calls.begin(), chain.calls.end(), [&](const auto& call) {
    return std::find(call.arguments.begin(), call.arguments.end(), argument) !=
           call.arguments.end();
  });
  if (stage == chain.calls.end() || stage->name != "map" || syntax::is_in_macro(argument)) {
    return {};
  }
  const bool are_run = std::any_of(stage, chain.calls.end(),
                                   [](const auto& later) { return runs_futures(later.name); });
  const bool is_awaited = chain.calls.back().call.parent().is("await_expression");
  std::vector<base::Edit> edits;
  if (!gives_future && argument.is("closure_expression") && (are_run || is_awaited)) {
    edits = give_future(argument);
  }
  if (!are_run && is_awaited) {
    edits.push_back({method_name(stage->call).span(), "then"});
  }
  return edits;
}

}  // namespace jaa::rewrite
