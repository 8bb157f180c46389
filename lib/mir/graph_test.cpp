// LLVM's generic algorithms on the control flow of a body.
#include "mir/graph.h"

#include <doctest/doctest.h>

#include <set>

#include "llvm/ADT/DepthFirstIterator.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/Support/GenericDomTree.h"
#include "llvm/Support/GenericDomTreeConstruction.h"

#include "mir/bodies_test.h"

namespace jaa::mir {
namespace {

using Dominators = llvm::DominatorTreeBase<ControlFlow::Node, false>;
using PostDominators = llvm::DominatorTreeBase<ControlFlow::Node, true>;

// A diamond of 1 to 4, then a loop of 4 and 5, and two blocks of unwinding; nothing
// leads to 9.
OneBody diamond_and_loop() {
  const auto block = [](const char* head, const char* line) {
    return std::string("\n    bb") + head + ": {\n        " + line + "\n    }\n";
  };
  return read_exactly("fn f(_1: bool) -> () {\n    let mut _0: ();\n" + block("0", "goto -> bb1;") +
                      block("1", "switchInt(copy _1) -> [0: bb2, otherwise: bb3];") +
                      block("2", "goto -> bb4;") +
                      block("3", "_0 = f(copy _1) -> [return: bb4, unwind: bb7];") +
                      block("4", "switchInt(copy _1) -> [0: bb5, otherwise: bb6];") +
                      block("5", "drop(_1) -> [return: bb4, unwind: bb7];") +
                      block("6", "return;") + block("7 (cleanup)", "goto -> bb8;") +
                      block("8 (cleanup)", "resume;") + block("9", "goto -> bb4;") + "}\n");
}

std::vector<size_t> indexes(const std::vector<BlockId>& blocks) {
  std::vector<size_t> result;
  for (const BlockId block : blocks) {
    result.push_back(block.index());
  }
  return result;
}

// Where a block stands in an order; the order's size if it is not in it.
size_t place_in(const std::vector<size_t>& order, size_t block) {
  return static_cast<size_t>(std::find(order.begin(), order.end(), block) - order.begin());
}

TEST_CASE("edges are held in both directions, with and without unwinding") {
  const OneBody read = diamond_and_loop();
  ControlFlow graph(read.body());
  CHECK(graph.size() == 10);
  CHECK(graph.entry() == &graph.front());
  CHECK(graph[BlockId(3)].successors.size() == 2);
  CHECK(graph[BlockId(4)].predecessors.size() == 4);
  CHECK(graph[BlockId(7)].predecessors.size() == 2);
  CHECK(graph[BlockId(5)].block == BlockId(5));
  std::string name;
  llvm::raw_string_ostream out(name);
  graph[BlockId(5)].printAsOperand(out, false);
  CHECK(name == "bb5");

  const ControlFlow normal(read.body(), false);
  CHECK(normal[BlockId(3)].successors.size() == 1);
  CHECK(normal[BlockId(7)].predecessors.empty());
}

TEST_CASE("a reverse post order has what is first before what follows") {
  const OneBody read = diamond_and_loop();
  const std::vector<size_t> order = indexes(reverse_post_order(read.body()));
  CHECK(order.size() == 9);
  CHECK(order.front() == 0);
  CHECK(place_in(order, 9) == order.size());
  for (const auto& [before, after] : {std::pair<size_t, size_t>{1, 2},
                                      {1, 3},
                                      {2, 4},
                                      {3, 4},
                                      {4, 5},
                                      {4, 6},
                                      {3, 7},
                                      {5, 7},
                                      {7, 8}}) {
    CHECK(place_in(order, before) < place_in(order, after));
  }
  const std::vector<size_t> normal = indexes(reverse_post_order(read.body(), false));
  CHECK(normal.size() == 7);
  CHECK(place_in(normal, 7) == normal.size());

  ControlFlow graph(read.body());
  std::vector<size_t> post;
  for (const ControlFlow::Node* node : llvm::post_order(&graph)) {
    post.push_back(node->block.index());
  }
  std::reverse(post.begin(), post.end());
  CHECK(post == order);
  size_t reached = 0;
  for ([[maybe_unused]] const ControlFlow::Node* node : llvm::depth_first(&graph)) {
    ++reached;
  }
  CHECK(reached == 9);
}

TEST_CASE("loops are strongly connected components") {
  const OneBody read = diamond_and_loop();
  ControlFlow graph(read.body());
  std::vector<std::set<size_t>> loops;
  for (auto component = llvm::scc_begin(&graph); !component.isAtEnd(); ++component) {
    if (component.hasCycle()) {
      std::set<size_t>& loop = loops.emplace_back();
      for (const ControlFlow::Node* node : *component) {
        loop.insert(node->block.index());
      }
    }
  }
  CHECK(loops == std::vector<std::set<size_t>>{{4, 5}});
}

TEST_CASE("dominators and post-dominators") {
  const OneBody read = diamond_and_loop();
  ControlFlow graph(read.body());
  const auto node = [&](size_t block) { return &graph.nodes()[block]; };
  Dominators before;
  before.recalculate(graph);
  CHECK(before.getRoot() == node(0));
  CHECK(before.dominates(node(1), node(4)));
  CHECK_FALSE(before.dominates(node(2), node(4)));
  CHECK_FALSE(before.dominates(node(3), node(4)));
  CHECK(before.dominates(node(4), node(5)));
  CHECK(before.getNode(node(4))->getIDom()->getBlock() == node(1));
  CHECK(before.getNode(node(7))->getIDom()->getBlock() == node(1));
  CHECK(before.findNearestCommonDominator(node(2), node(3)) == node(1));
  CHECK_FALSE(before.isReachableFromEntry(node(9)));
  CHECK(before.verify());

  ControlFlow normal(read.body(), false);
  PostDominators after;
  after.recalculate(normal);
  const auto end = [&](size_t block) { return &normal.nodes()[block]; };
  CHECK(after.dominates(end(6), end(0)));
  CHECK(after.dominates(end(4), end(1)));
  CHECK_FALSE(after.dominates(end(5), end(4)));
}

TEST_CASE("one block, and one that only leads to itself") {
  const OneBody one = read_exactly(
      "fn f() -> () {\n    let mut _0: ();\n\n    bb0: {\n        goto -> bb0;\n    }\n}\n");
  CHECK(indexes(reverse_post_order(one.body())) == std::vector<size_t>{0});
  ControlFlow graph(one.body());
  CHECK(llvm::scc_begin(&graph).hasCycle());
  Dominators tree;
  tree.recalculate(graph);
  CHECK(tree.dominates(graph.entry(), graph.entry()));
}

TEST_CASE("long chains need no deep stack") {
  std::string text = "fn f() -> () {\n    let mut _0: ();\n";
  constexpr size_t Blocks = 50'000;
  for (size_t block = 0; block < Blocks; ++block) {
    text += "\n    bb" + std::to_string(block) + ": {\n        " +
            (block + 1 == Blocks ? "return" : "goto -> bb" + std::to_string(block + 1)) +
            ";\n    }\n";
  }
  const Module module = read_mir(text + "}\n", "x");
  REQUIRE(module.bodies.size() == 1);
  CHECK(reverse_post_order(module.bodies[0]).size() == Blocks);
  ControlFlow graph(module.bodies[0]);
  Dominators tree;
  tree.recalculate(graph);
  CHECK(tree.dominates(graph.entry(), &graph.nodes().back()));
}

}  // namespace
}  // namespace jaa::mir
