// Whether what spawns a task waits for its end.
#pragma once

#include "flow/escape.h"
#include "syntax/tree.h"

namespace jaa::pitfalls {

// The task has ended whenever `place` is reached: its handle is awaited where it is made, or
// the variable that has it, or all of them, is awaited in a statement between the two.
[[nodiscard]] bool has_ended_before(const flow::Task& task, syntax::Node place);

}  // namespace jaa::pitfalls
