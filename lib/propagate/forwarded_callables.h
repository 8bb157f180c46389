// Functions that put a parameter into a box of a type that is written out (propagate/callables.h):
// `fn on(&mut self, f: impl Fn(u32) -> u32 + 'static)`, which keeps `Box::new(f)`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "propagate/callables.h"
#include "propagate/opened_trees.h"
#include "rewrite/callback.h"
#include "syntax/tree.h"

namespace jaa::propagate {

struct Forward {
  rewrite::Callback callback;
  syntax::Node use;   // of the parameter, the only one
  syntax::Node type;  // that it becomes
};

// Those of `function` whose calls give plain values.
[[nodiscard]] std::vector<Forward> forwards_in(syntax::Node function, const Callables& callables,
                                               const OpenedTrees& opened);

// The type that `closure`, an argument, becomes in the function that it is given to.
[[nodiscard]] syntax::Node type_forwarded(const flow::Facts& facts, syntax::Node closure,
                                          const Callables& callables, const OpenedTrees& opened);

// The function asks for what gives a future with these `bounds`, and boxes that too, and what
// it is given gives one. None where that cannot be: futures of one type for all calls cannot
// borrow an argument, and what a closure changes may not become a copy.
[[nodiscard]] std::optional<std::vector<base::Edit>> give_futures(const flow::Facts& facts,
                                                                  const Forward& forward,
                                                                  const std::string& bounds);

}  // namespace jaa::propagate
