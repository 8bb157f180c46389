// Our saved sets against rustc's layouts.
#pragma once

#include <string>
#include <vector>

#include "llvm/Support/JSON.h"

namespace jaa::mir_check {

// `files` are dumps with spans. A coroutine whose `coroutine_resume` and whose earlier
// pass (`built`, and also `SimplifyCfg-promote-consts`) are both there is compared: each
// field of the layout must be a local that is saved across some await. Counts for each
// of the two passes: coroutines, locals in layouts, those of them that are saved, saved
// ones in all, and those beyond the layout by class; and names what is missing.
[[nodiscard]] llvm::json::Value compare_layouts(const std::vector<std::string>& files);

}  // namespace jaa::mir_check
