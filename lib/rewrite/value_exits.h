// Where the variables of a function that own a value let go of it: moved on, dropped by
// name, and the ways out of their blocks while they are alive.
#pragma once

#include <utility>
#include <vector>

#include "rewrite/scope_ends.h"

namespace jaa::rewrite {

struct LivingValue : OwnedValue {
  uint32_t until = 0;  // it is gone from here on
  bool is_gone_at_end = false;
};

struct ValueExits {
  using Live = std::vector<const LivingValue*>;  // innermost first

  std::vector<LivingValue> values;  // in source order; the rest points at them
  std::vector<std::pair<syntax::Node, const LivingValue*>> dropped;   // `drop(value);`
  std::vector<std::pair<syntax::Node, const LivingValue*>> returned;  // `return value`
  std::vector<std::pair<syntax::Node, Live>> jumps;  // other `return`, `break`, `continue`
  std::vector<syntax::Node> unwound;                 // `?` with a value alive
  // Moves that cannot be followed, and names that get another meaning.
  std::vector<syntax::Node> missed;
};

// Within `body`, as for `run_at_ends`.
[[nodiscard]] ValueExits find_value_exits(syntax::Node body, std::vector<OwnedValue> values,
                                          llvm::function_ref<bool(syntax::Node)> takes_over);

[[nodiscard]] bool is_jump(syntax::Node node);

}  // namespace jaa::rewrite
