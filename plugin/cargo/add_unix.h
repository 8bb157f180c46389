// `cargo async add` and `cargo async remove`.
#pragma once

#include "plugin/cargo/arguments.h"
#include "plugin/cargo/check_unix.h"
#include "plugin/cargo/console.h"

namespace jaa::plugin {

[[nodiscard]] int change_async(const CargoContext& context, const Arguments& arguments,
                               const Console& console);

}  // namespace jaa::plugin
