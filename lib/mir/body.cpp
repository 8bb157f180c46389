// The questions a body answers about itself.
#include "mir/body.h"

#include <algorithm>

namespace jaa::mir {

bool Place::has_deref() const {
  return std::any_of(projections.begin(), projections.end(), [](const Projection& projection) {
    return projection.kind == Projection::Kind::Deref;
  });
}

llvm::SmallVector<BlockId, 4> Terminator::successors(bool with_unwind) const {
  llvm::SmallVector<BlockId, 4> all(targets.begin(), targets.end());
  if (drop_target.is_valid()) {
    all.push_back(drop_target);
  }
  if (with_unwind && unwind_target.is_valid()) {
    all.push_back(unwind_target);
  }
  return all;
}

bool Body::is_stub() const {
  return std::none_of(blocks.begin(), blocks.end(), [](const Block& block) {
    return block.terminator.kind == Terminator::Kind::Return;
  });
}

std::string_view Body::variable_name(LocalId local) const {
  for (const DebugInfo& info : debug_infos) {
    if (info.place && info.place->is_local() && info.place->local == local) {
      return info.name;
    }
  }
  return {};
}

}  // namespace jaa::mir
