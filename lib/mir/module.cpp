#include "mir/module.h"

namespace jaa::mir {

size_t Module::bytes() const {
  return tables->bytes() + arena.used() + bodies.size() * sizeof(Body) +
         items.size() * sizeof(Item) + constants.size() * sizeof(ConstantItem) +
         allocations.size() * sizeof(Allocation) + user_types.size() * sizeof(UserType);
}

}  // namespace jaa::mir
