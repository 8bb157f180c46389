// Waiting in code that becomes async: `block_on(load())` -> `load().await`. A thread that
// stops there would be one of those that run the futures, and most runtimes refuse it.
#pragma once

#include <vector>

#include "flow/facts.h"

namespace jaa::propagate {

// For all waits that `function` does itself, not those of closures and blocks in it: a
// closure may run elsewhere, as on a thread of its own. A method of a runtime that is kept in
// a variable stays: the variable would have no use, and no place to be dropped.
[[nodiscard]] std::vector<base::Edit> await_where_it_blocks(const flow::Facts& facts,
                                                            syntax::Node function);

}  // namespace jaa::propagate
