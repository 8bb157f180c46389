// A body's control flow as a graph that LLVM's generic algorithms take: orders
// (`llvm::ReversePostOrderTraversal`, `llvm::post_order`), loops (`llvm::scc_iterator`)
// and dominators (`llvm::DominatorTreeBase`, with llvm/Support/GenericDomTree*.h).
//
// Refers to nothing: it holds block ids and edges only, in both directions.
#pragma once

#include <vector>

#include "llvm/ADT/GraphTraits.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/raw_ostream.h"

#include "mir/body.h"

namespace jaa::mir {

class ControlFlow {
 public:
  struct Node {
    BlockId block;
    ControlFlow* graph = nullptr;
    llvm::SmallVector<Node*, 2> successors;
    llvm::SmallVector<Node*, 2> predecessors;
    // Where and under what name the generic dominator tree looks for its graph.
    [[nodiscard]] ControlFlow* getParent() const { return graph; }
    // What the generic algorithms print of it.
    void printAsOperand(llvm::raw_ostream& out, bool /*with_type*/) const {
      out << "bb" << block.index();
    }
  };
  // The body has at least one block, as every body that was read has. Edges to blocks
  // that only unwinding leads to are left out without `with_unwind`.
  explicit ControlFlow(const Body& body, bool with_unwind = true);
  ControlFlow(const ControlFlow&) = delete;
  ControlFlow& operator=(const ControlFlow&) = delete;

  [[nodiscard]] Node* entry() { return nodes_.data(); }
  [[nodiscard]] const Node& operator[](BlockId block) const { return nodes_[block.index()]; }
  [[nodiscard]] size_t size() const { return nodes_.size(); }
  [[nodiscard]] std::vector<Node>& nodes() { return nodes_; }
  // The name that the generic dominator tree asks a graph for.
  [[nodiscard]] Node& front() { return nodes_.front(); }

 private:
  std::vector<Node> nodes_;
};

// The blocks that control may reach, each before what follows it but for loops.
[[nodiscard]] std::vector<BlockId> reverse_post_order(const Body& body, bool with_unwind = true);

}  // namespace jaa::mir

namespace llvm {

template <>
struct GraphTraits<jaa::mir::ControlFlow::Node*> {
  using NodeRef = jaa::mir::ControlFlow::Node*;
  using ChildIteratorType = SmallVectorImpl<NodeRef>::iterator;
  static NodeRef getEntryNode(NodeRef node) { return node; }
  static ChildIteratorType child_begin(NodeRef node) { return node->successors.begin(); }
  static ChildIteratorType child_end(NodeRef node) { return node->successors.end(); }
};

template <>
struct GraphTraits<Inverse<jaa::mir::ControlFlow::Node*>> {
  using NodeRef = jaa::mir::ControlFlow::Node*;
  using ChildIteratorType = SmallVectorImpl<NodeRef>::iterator;
  static NodeRef getEntryNode(Inverse<NodeRef> node) { return node.Graph; }
  static ChildIteratorType child_begin(NodeRef node) { return node->predecessors.begin(); }
  static ChildIteratorType child_end(NodeRef node) { return node->predecessors.end(); }
};

template <>
struct GraphTraits<jaa::mir::ControlFlow*> : GraphTraits<jaa::mir::ControlFlow::Node*> {
  // Nodes are held by value; the algorithms want them as pointers.
  class nodes_iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = NodeRef;
    using difference_type = std::ptrdiff_t;
    using pointer = NodeRef*;
    using reference = NodeRef;
    explicit nodes_iterator(NodeRef node) : node_(node) {}
    NodeRef operator*() const { return node_; }
    nodes_iterator& operator++() {
      ++node_;
      return *this;
    }
    nodes_iterator operator++(int) {
      nodes_iterator old = *this;
      ++node_;
      return old;
    }
    friend bool operator==(nodes_iterator a, nodes_iterator b) { return a.node_ == b.node_; }
    friend bool operator!=(nodes_iterator a, nodes_iterator b) { return a.node_ != b.node_; }

   private:
    NodeRef node_;
  };
  static NodeRef getEntryNode(jaa::mir::ControlFlow* graph) { return graph->entry(); }
  static nodes_iterator nodes_begin(jaa::mir::ControlFlow* graph) {
    return nodes_iterator(graph->entry());
  }
  static nodes_iterator nodes_end(jaa::mir::ControlFlow* graph) {
    return nodes_iterator(graph->entry() + graph->size());
  }
  static size_t size(jaa::mir::ControlFlow* graph) { return graph->size(); }
};

}  // namespace llvm
