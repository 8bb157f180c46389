// `cargo async fix`: check, apply what the compiler has accepted, and again, until
// nothing is left to apply.
#pragma once

#include "plugin/cargo/arguments.h"
#include "plugin/cargo/check_unix.h"
#include "plugin/cargo/console.h"

namespace jaa::plugin {

// Returns the exit code: cargo's in the last round, so 0 means that the project
// compiles as it now is.
[[nodiscard]] int fix(const CargoContext& context, const Arguments& arguments,
                      const Console& console);

}  // namespace jaa::plugin
