// A finding as a terminal shows it, in rustc's own style.
#pragma once

#include <string>

#include "base/finding.h"
#include "base/source_files.h"

namespace jaa::render {

struct TextOptions {
  bool color = false;
  bool unicode = false;
  unsigned width = 140;
  // One line: place, level and message, as `--message-format=short` has them.
  bool is_short = false;
  // Every fix that was not rejected, instead of the lead fix and a hint.
  bool all_fixes = false;
  // Also the rejected fixes, with the compiler's reason.
  bool verbose = false;
  // The compiler that the fixes were tried with.
  std::string compiler = "rustc 1.95.0";
};

// "just_async::guard_across_await"
[[nodiscard]] std::string full_code(const base::Finding& finding);

// The fix to show first: the first accepted one, else the first that was not
// rejected; none when all were.
[[nodiscard]] const base::FixIt* lead_fix(const base::Finding& finding);

// Ends, as rustc's diagnostics do, with an empty line.
[[nodiscard]] std::string render_text(const base::Finding& finding,
                                      const base::SourceFiles& sources,
                                      const TextOptions& options = {});

}  // namespace jaa::render
