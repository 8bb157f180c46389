// What `fix` does before all else: a change that was begun by hand, functions that became
// async without what calls them, is carried through as one (plugin/rustc/async_change_unix.h).
// For the choice among fixes it is a finding like any other, with one fix that was accepted.
#pragma once

#include <optional>

#include "plugin/cargo/arguments.h"
#include "plugin/rustc/async_change_unix.h"
#include "plugin/rustc/report.h"

namespace jaa::plugin {

// False where the user chooses among the fixes of the single errors.
[[nodiscard]] bool may_complete(const FixArguments& arguments);

// None where there is nothing to complete, or it cannot be.
[[nodiscard]] std::optional<ReportedFinding> completion(const AsyncChange& change,
                                                        const AsyncChangeHost& host);

}  // namespace jaa::plugin
