// A cargo project as `add_async` and `remove_async` see it: the sources of its crates, what
// its packages may use, and cargo to try texts.
#pragma once

#include <vector>

#include "fixit/trial.h"
#include "plugin/cargo/arguments.h"
#include "plugin/cargo/check_unix.h"
#include "plugin/cargo/workspace.h"
#include "plugin/rustc/async_change_unix.h"
#include "plugin/rustc/settings.h"

namespace jaa::plugin {

// `unsaved` are texts in place of files, for an editor: the sources have them, and so has
// every trial. All targets of all packages are tried, unless `arguments` choose some.
[[nodiscard]] AsyncChangeHost async_change_host(const CargoContext& context,
                                                const Workspace& workspace,
                                                const Settings& settings,
                                                const Arguments& arguments,
                                                const std::vector<fixit::EditedFile>& unsaved = {});

}  // namespace jaa::plugin
