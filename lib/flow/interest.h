// Which of the compiler's errors may come from async code going wrong.
//
// By code alone, so that a unit whose errors are of other kinds costs nothing. Whether
// one is about async code at all shows in the source it points at.
#pragma once

#include "rustc/diagnostic.h"

namespace jaa::flow {

// The compiler warns that a future is made and thrown away: nothing of it is ever done.
[[nodiscard]] bool is_lost_future(const rustc::Diagnostic& diagnostic);

// Errors of types, borrows and traits that a missing `await`, a future or an async block
// may be the cause of; errors without a code; missing imports of futures; and lost futures.
[[nodiscard]] bool may_concern_async(const rustc::Diagnostic& diagnostic);

// An error of the borrow checker: the body was type-checked, so its MIR tells what type
// each variable has.
[[nodiscard]] bool has_typed_body(const rustc::Diagnostic& diagnostic);

}  // namespace jaa::flow
