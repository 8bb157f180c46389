#include "mir/graph.h"

#include "llvm/ADT/PostOrderIterator.h"

namespace jaa::mir {

ControlFlow::ControlFlow(const Body& body, bool with_unwind) : nodes_(body.blocks.size()) {
  for (size_t index = 0; index < nodes_.size(); ++index) {
    Node& node = nodes_[index];
    node.block = BlockId(index);
    node.graph = this;
    for (const BlockId next : body.successors(node.block, with_unwind)) {
      Node& other = nodes_[next.index()];
      node.successors.push_back(&other);
      other.predecessors.push_back(&node);
    }
  }
}

std::vector<BlockId> reverse_post_order(const Body& body, bool with_unwind) {
  ControlFlow graph(body, with_unwind);
  std::vector<BlockId> order;
  order.reserve(graph.size());
  const llvm::ReversePostOrderTraversal<ControlFlow*> traversal(&graph);
  for (const ControlFlow::Node* node : traversal) {
    order.push_back(node->block);
  }
  return order;
}

}  // namespace jaa::mir
