// A worklist solver for dataflow over a MIR body with bit-vector states.
//
// A problem gives the meaning of one statement and one terminator; the solver
// gives the state at the entry of each block (forward) or at its end (backward).
// States join by union: every analysis here asks "may it be so on some path?".
// Unwind edges are followed like any other.
#pragma once

#include <functional>
#include <vector>

#include "llvm/ADT/BitVector.h"

#include "mir/body.h"

namespace jaa::flow {

// A place inside a block: the index of a statement, or the number of statements
// for the terminator.
struct Point {
  mir::BlockId block;
  uint32_t statement = 0;
  friend auto operator<=>(const Point&, const Point&) = default;
};

using State = llvm::BitVector;

struct Problem {
  enum class Direction : uint8_t { Forward, Backward };
  Direction direction = Direction::Forward;
  // Number of bits; usually the number of locals.
  uint32_t bits = 0;
  // State on entry of the body (forward only).
  State entry;
  std::function<void(State&, const mir::Statement&, Point)> statement;
  // The terminator's effect, whichever edge is taken.
  std::function<void(State&, const mir::Terminator&, Point)> terminator;
  // Extra effect on the edges of normal return (a call's result, a yield's resume
  // argument); may be absent. Forward only.
  std::function<void(State&, const mir::Terminator&)> on_return;
};

// Solved states, indexed by block.
class Solution {
 public:
  Solution(const mir::Body& body, const Problem& problem);
  // The state just before (in execution order) the statement or terminator at
  // `point` has any effect.
  [[nodiscard]] State before(Point point) const;
  // The state just after it; for a terminator, whichever edge is taken.
  [[nodiscard]] State after(Point point) const;

 private:
  void apply(State& state, Point point) const;
  // State at the block's entry (forward) or end (backward).
  std::vector<State> states_;
  const mir::Body* body_;
  Problem problem_;
};

}  // namespace jaa::flow
