#include "flow/solver.h"

#include <algorithm>

namespace jaa::flow {

Worklist::Worklist(std::vector<mir::BlockId> order, size_t block_count)
    : order_(std::move(order)),
      position_(block_count),
      waiting_(static_cast<unsigned>(order_.size()), true) {
  for (uint32_t position = 0; position < order_.size(); ++position) {
    position_[order_[position].index()] = position;
  }
}

void Worklist::add(mir::BlockId block) {
  waiting_.set(position_[block.index()]);
}

mir::BlockId Worklist::take() {
  int next = waiting_.find_next(static_cast<unsigned>(last_));
  if (last_ < 0 || next < 0) {
    next = waiting_.find_first();
  }
  last_ = next;
  waiting_.reset(static_cast<unsigned>(next));
  return order_[static_cast<size_t>(next)];
}

std::vector<mir::BlockId> visiting_order(const mir::Body& body, Direction direction) {
  std::vector<mir::BlockId> order = mir::reverse_post_order(body);
  if (direction == Direction::Forward) {
    return order;
  }
  std::reverse(order.begin(), order.end());
  llvm::BitVector is_there(static_cast<unsigned>(body.blocks.size()));
  for (const mir::BlockId block : order) {
    is_there.set(static_cast<unsigned>(block.index()));
  }
  for (size_t index = 0; index < body.blocks.size(); ++index) {
    if (!is_there.test(static_cast<unsigned>(index))) {
      order.emplace_back(index);
    }
  }
  return order;
}

}  // namespace jaa::flow
