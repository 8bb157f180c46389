// Reports a block that is used as a future, and is not `async`.
//
// Detected: an await in it that has no async code around it (E0728), or a bound that asks
// for a future and finds the block's value (E0277 with `Future` at the block). One finding
// a block.
#include <algorithm>
#include <map>

#include "llvm/ADT/STLExtras.h"

#include "diag/catalogue.h"
#include "pitfalls/await_goal.h"
#include "rewrite/async_block.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

struct PlainBlock {
  Node block;
  std::vector<uint32_t> diagnostics;
};

void add(std::map<base::Span, PlainBlock>& blocks, Node block, uint32_t diagnostic) {
  PlainBlock& one = blocks[block.span()];
  one.block = block;
  one.diagnostics.push_back(diagnostic);
}

// The block that is given where a future is asked for.
Node denied_block(const rustc::Diagnostic& error, const flow::Facts& facts) {
  const bool asks_for_future =
      llvm::any_of(error.spans,
                   [](const rustc::DiagnosticSpan& span) {
                     const std::vector<std::string> parts = rustc::quoted_parts(span.label);
                     return std::find(parts.begin(), parts.end(), "Future") != parts.end();
                   }) ||
      llvm::any_of(error.children, [](const rustc::Diagnostic& child) {
        const std::vector<std::string> parts = rustc::quoted_parts(child.message);
        return std::find(parts.begin(), parts.end(), "Future") != parts.end();
      });
  if (error.code != "E0277" || !asks_for_future) {
    return {};
  }
  for (const rustc::DiagnosticSpan& span : error.spans) {
    const Node node = facts.node_at(span);
    for (const Node& place : {node, node.parent()}) {
      for (Node at = place; at && at.end() >= node.end(); at = at.parent()) {
        if (at.is("block") && rewrite::value_block(at) == at) {
          return at;
        }
      }
      // The error is at the block's value.
      const Node block = rewrite::value_block(node);
      if (block && !syntax::statements(block).empty() &&
          syntax::statements(block).back().contains(node)) {
        return block;
      }
    }
  }
  return {};
}

}  // namespace

void block_not_async(const flow::Facts& facts, Sink& sink) {
  std::map<base::Span, PlainBlock> blocks;
  for (const OutsideAwait& await : outside_awaits(facts)) {
    const Node block = rewrite::value_block(await.await);
    if (block && await.function.is("function_item") && !is_destructor(await.function)) {
      add(blocks, block, await.diagnostic);
    }
  }
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    if (const Node block = denied_block(facts.diagnostics()[index], facts)) {
      add(blocks, block, index);
    }
  }
  for (const auto& [place, one] : blocks) {
    const base::Span brace{place.file, place.begin, place.begin + 1};
    auto finding = sink.report(brace, diag::block_not_async{});
    finding.label("runs at once, and gives its value instead of a future");
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t diagnostic : one.diagnostics) {
      finding.explains(diagnostic);
    }
    finding.fixes(rewrite::make_block_async(one.block));
  }
}

}  // namespace jaa::pitfalls
