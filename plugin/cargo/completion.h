// What `fix` does before all else: a change that was begun by hand, functions that became
// async without what calls them, is carried through as one (plugin/rustc/async_change_unix.h).
#pragma once

#include "plugin/cargo/arguments.h"
#include "plugin/cargo/fix_plan_unix.h"
#include "plugin/rustc/async_change_unix.h"

namespace jaa::plugin {

// The user asks for fixes of other findings only, or chooses among these.
[[nodiscard]] bool may_complete(const FixArguments& arguments);

// The change as a round of fixes; no file where there is nothing to complete, or it cannot be.
[[nodiscard]] FixPlan plan_of(const AsyncChange& change, const AsyncChangeHost& host);

}  // namespace jaa::plugin
