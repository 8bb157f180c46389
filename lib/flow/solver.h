// A worklist solver for dataflow over a MIR body.
//
// An analysis gives a lattice and the meaning of one statement and one terminator; the
// solver gives the state at each point. It is a class with
//
//   using State;                                       copyable
//   static constexpr Direction direction;
//   State bottom() const;                              the state where nothing is known
//   void enter(State&) const;                          forward: what holds on entry
//   bool join(State& into, const State& from) const;   true when `into` grew
//   void apply(State&, const mir::Statement&, mir::Point) const;
//   void apply(State&, const mir::Terminator&, mir::Point) const;   on every edge
//   void on_return(State&, const mir::Terminator&) const;           on edges of normal
//       return only (a call's result, a yield's resume argument); forward only
//
// Blocks are visited in reverse post-order (forward) or its reverse (backward), so that
// most are seen once but for loops. Unwind edges are followed like any other. Nothing
// flows forward out of a block that control does not reach.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallVector.h"

#include "mir/body.h"
#include "mir/graph.h"

namespace jaa::flow {

using mir::Point;

enum class Direction : uint8_t { Forward, Backward };

// A set of locals, by index; the lattice of most analyses, joined by union.
using LocalSet = llvm::BitVector;

inline unsigned bit(mir::LocalId local) {
  return static_cast<unsigned>(local.index());
}

// Adds `from`; true when that changed something.
inline bool join_sets(LocalSet& into, const LocalSet& from) {
  if (!from.test(into)) {
    return false;
  }
  into |= from;
  return true;
}

// Blocks waiting to be looked at, in a given order, each at most once.
class Worklist {
 public:
  // `order` has each block at most once, of `block_count`; only those are ever added.
  Worklist(std::vector<mir::BlockId> order, size_t block_count);
  void add(mir::BlockId block);
  [[nodiscard]] bool empty() const { return waiting_.none(); }
  // The first in order that waits, from the last one taken on.
  mir::BlockId take();

 private:
  std::vector<mir::BlockId> order_;
  std::vector<uint32_t> position_;  // by block
  llvm::BitVector waiting_;         // by position
  int last_ = -1;
};

// The reachable blocks in the order that suits the direction; backward, then the others.
[[nodiscard]] std::vector<mir::BlockId> visiting_order(const mir::Body& body, Direction direction);

// The solved states. Refers to the body; owns the analysis.
template <class Analysis>
class Solution {
 public:
  using State = typename Analysis::State;

  Solution(const mir::Body& body, Analysis analysis);

  // The state just before the point's statement or terminator runs.
  [[nodiscard]] State before(Point point) const {
    return state_at(point, Analysis::direction == Direction::Forward);
  }
  // The state just after it; for a terminator, whichever edge is taken.
  [[nodiscard]] State after(Point point) const {
    return state_at(point, Analysis::direction == Direction::Backward);
  }
  // Calls `visit(point, state)` for each point of a block in the analysis's direction,
  // with the state before the point's effect in that direction.
  template <class Visit>
  void walk(mir::BlockId block, Visit visit) const;

 private:
  void apply(State& state, Point point) const {
    const llvm::ArrayRef<mir::Statement> statements = body_->statements(point.block);
    if (point.statement < statements.size()) {
      analysis_.apply(state, statements[point.statement], point);
    } else {
      analysis_.apply(state, body_->terminator(point.block), point);
    }
  }
  // The state at the point, before or after its own effect in the direction.
  [[nodiscard]] State state_at(Point point, bool without_own_effect) const;
  void flow_forward(mir::BlockId block, Worklist& worklist);
  void flow_backward(mir::BlockId block, const mir::ControlFlow& graph, Worklist& worklist);

  const mir::Body* body_;
  Analysis analysis_;
  std::vector<State> states_;  // at each block's entry (forward) or end (backward)
};

template <class Analysis>
Solution<Analysis>::Solution(const mir::Body& body, Analysis analysis)
    : body_(&body), analysis_(std::move(analysis)) {
  states_.assign(body.blocks.size(), analysis_.bottom());
  if (states_.empty()) {
    return;
  }
  const mir::ControlFlow graph(body);
  Worklist worklist(visiting_order(body, Analysis::direction), body.blocks.size());
  if constexpr (Analysis::direction == Direction::Forward) {
    analysis_.enter(states_.front());
  }
  while (!worklist.empty()) {
    if constexpr (Analysis::direction == Direction::Forward) {
      flow_forward(worklist.take(), worklist);
    } else {
      flow_backward(worklist.take(), graph, worklist);
    }
  }
}

template <class Analysis>
void Solution<Analysis>::flow_forward(mir::BlockId block, Worklist& worklist) {
  State state = states_[block.index()];
  const uint32_t count = body_->blocks[block].statement_count;
  for (uint32_t at = 0; at <= count; ++at) {
    apply(state, {block, at});
  }
  const mir::Terminator& end = body_->terminator(block);
  const auto flow_to = [&](mir::BlockId next) {
    if (next.is_valid() && analysis_.join(states_[next.index()], state)) {
      worklist.add(next);
    }
  };
  flow_to(end.unwind_target);
  flow_to(end.drop_target);
  analysis_.on_return(state, end);
  for (const mir::BlockId next : body_->targets(end)) {
    flow_to(next);
  }
}

template <class Analysis>
void Solution<Analysis>::flow_backward(mir::BlockId block, const mir::ControlFlow& graph,
                                       Worklist& worklist) {
  State state = states_[block.index()];
  for (uint32_t at = body_->blocks[block].statement_count + 1; at > 0; --at) {
    apply(state, {block, at - 1});
  }
  for (const mir::ControlFlow::Node* earlier : graph[block].predecessors) {
    if (analysis_.join(states_[earlier->block.index()], state)) {
      worklist.add(earlier->block);
    }
  }
}

template <class Analysis>
typename Analysis::State Solution<Analysis>::state_at(Point point, bool without_own_effect) const {
  State state = states_[point.block.index()];
  if constexpr (Analysis::direction == Direction::Forward) {
    const uint32_t stop = point.statement + (without_own_effect ? 0 : 1);
    for (uint32_t at = 0; at < stop; ++at) {
      apply(state, {point.block, at});
    }
  } else {
    const uint32_t stop = point.statement + (without_own_effect ? 1 : 0);
    for (uint32_t at = body_->blocks[point.block].statement_count + 1; at > stop; --at) {
      apply(state, {point.block, at - 1});
    }
  }
  return state;
}

template <class Analysis>
template <class Visit>
void Solution<Analysis>::walk(mir::BlockId block, Visit visit) const {
  State state = states_[block.index()];
  const uint32_t count = body_->blocks[block].statement_count;
  for (uint32_t step = 0; step <= count; ++step) {
    const uint32_t at = Analysis::direction == Direction::Forward ? step : count - step;
    const Point point{block, at};
    visit(point, std::as_const(state));
    apply(state, point);
  }
}

}  // namespace jaa::flow
