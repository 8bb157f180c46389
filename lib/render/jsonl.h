// A finding as one compact JSON object, for scripts: place, message, and what was
// said of each fix.
#pragma once

#include <string>

#include "base/finding.h"
#include "base/source_files.h"

namespace jaa::render {

// Without a line end. `lines` are up to three further lines that the labels point
// at, in the finding's own file.
[[nodiscard]] std::string render_jsonl(const base::Finding& finding,
                                       const base::SourceFiles& sources);

}  // namespace jaa::render
