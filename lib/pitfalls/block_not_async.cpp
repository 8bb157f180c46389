// Reports a block that is used as a future, and is not `async`.
//
// Detected: an await in it that has no async code around it (E0728), or a bound that asks
// for a future and finds the block's value (E0277 with `Future` at the block). One finding
// a block.
#include <algorithm>
#include <map>

#include "llvm/ADT/STLExtras.h"

#include "diag/catalogue.h"
#include "flow/future_text.h"
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
  if (error.code != "E0277" || !llvm::any_of(flow::quoted_texts(error), flow::names_future_trait)) {
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
    if (block && !is_destructor(await.function)) {
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
