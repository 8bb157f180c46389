#include "flow/solver.h"

#include <utility>

namespace jaa::flow {
namespace {

Point end_of(const mir::Body& body, mir::BlockId block) {
  return {block, static_cast<uint32_t>(body.blocks[block].statements.size())};
}

std::vector<std::vector<mir::BlockId>> predecessors(const mir::Body& body) {
  std::vector<std::vector<mir::BlockId>> result(body.blocks.size());
  for (size_t index = 0; index < body.blocks.size(); ++index) {
    const mir::BlockId block(index);
    for (const mir::BlockId next : body.blocks[block].terminator.successors(true)) {
      if (body.blocks.contains(next)) {
        result[next.index()].push_back(block);
      }
    }
  }
  return result;
}

// Blocks waiting to be looked at, each at most once, in the order they came.
class Worklist {
 public:
  explicit Worklist(size_t size) : waiting_(static_cast<unsigned>(size)) {}
  void add(mir::BlockId block) {
    const auto index = static_cast<unsigned>(block.index());
    if (!waiting_.test(index)) {
      waiting_.set(index);
      queue_.push_back(block);
    }
  }
  [[nodiscard]] bool empty() const { return next_ == queue_.size(); }
  mir::BlockId take() {
    const mir::BlockId block = queue_[next_++];
    waiting_.reset(static_cast<unsigned>(block.index()));
    return block;
  }

 private:
  llvm::BitVector waiting_;
  std::vector<mir::BlockId> queue_;
  size_t next_ = 0;
};

// Joins `from` into `into`; true when that added something.
bool join(State& into, const State& from) {
  if (!from.test(into)) {
    return false;
  }
  into |= from;
  return true;
}

}  // namespace

Solution::Solution(const mir::Body& body, const Problem& problem)
    : states_(body.blocks.size(), State(problem.bits)), body_(&body), problem_(problem) {
  if (body.blocks.empty()) {
    return;
  }
  const bool forward = problem.direction == Problem::Direction::Forward;
  Worklist worklist(body.blocks.size());
  if (forward) {
    if (problem.entry.size() == problem.bits) {
      states_[0] |= problem.entry;
    }
    for (size_t index = 0; index < body.blocks.size(); ++index) {
      worklist.add(mir::BlockId(index));
    }
  } else {
    for (size_t index = body.blocks.size(); index > 0; --index) {
      worklist.add(mir::BlockId(index - 1));
    }
  }
  const auto before_of = predecessors(body);
  while (!worklist.empty()) {
    const mir::BlockId block = worklist.take();
    const mir::Block& code = body.blocks[block];
    State state = states_[block.index()];
    if (forward) {
      for (uint32_t at = 0; at <= code.statements.size(); ++at) {
        apply(state, {block, at});
      }
      State returned = state;
      if (problem_.on_return) {
        problem_.on_return(returned, code.terminator);
      }
      for (const mir::BlockId next : code.terminator.successors(true)) {
        if (!body.blocks.contains(next)) {
          continue;
        }
        const bool on_return =
            next != code.terminator.unwind_target && next != code.terminator.drop_target;
        if (join(states_[next.index()], on_return ? returned : state)) {
          worklist.add(next);
        }
      }
    } else {
      for (uint32_t at = static_cast<uint32_t>(code.statements.size()) + 1; at > 0; --at) {
        apply(state, {block, at - 1});
      }
      for (const mir::BlockId earlier : before_of[block.index()]) {
        if (join(states_[earlier.index()], state)) {
          worklist.add(earlier);
        }
      }
    }
  }
}

void Solution::apply(State& state, Point point) const {
  const mir::Block& code = body_->blocks[point.block];
  if (point.statement < code.statements.size()) {
    problem_.statement(state, code.statements[point.statement], point);
  } else {
    problem_.terminator(state, code.terminator, point);
  }
}

State Solution::before(Point point) const {
  State state = states_[point.block.index()];
  if (problem_.direction == Problem::Direction::Forward) {
    for (uint32_t at = 0; at < point.statement; ++at) {
      apply(state, {point.block, at});
    }
    return state;
  }
  for (uint32_t at = end_of(*body_, point.block).statement + 1; at > point.statement; --at) {
    apply(state, {point.block, at - 1});
  }
  return state;
}

State Solution::after(Point point) const {
  State state = states_[point.block.index()];
  if (problem_.direction == Problem::Direction::Forward) {
    for (uint32_t at = 0; at <= point.statement; ++at) {
      apply(state, {point.block, at});
    }
    return state;
  }
  for (uint32_t at = end_of(*body_, point.block).statement; at > point.statement; --at) {
    apply(state, {point.block, at});
  }
  return state;
}

}  // namespace jaa::flow
