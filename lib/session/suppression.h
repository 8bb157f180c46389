// Comments that switch a pitfall off for one statement:
// `// just-async: allow(guard_across_await, reason = "..")`, on the finding's line or
// alone on a line above it (attributes and other comments may stand between).
#pragma once

#include "base/finding.h"
#include "base/source_files.h"

namespace jaa::session {

[[nodiscard]] bool is_suppressed(const base::Finding& finding, const base::SourceFiles& sources);

}  // namespace jaa::session
