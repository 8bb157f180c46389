// One finding as the line that cargo forwards, stores and replays.
#pragma once

#include <string>

#include "base/finding.h"
#include "base/source_files.h"
#include "plugin/rustc/report.h"
#include "plugin/rustc/unit.h"

namespace jaa::plugin {

struct FindingOutput {
  std::string compiler;  // "rustc 1.95.0"
  bool verbose = false;
  bool all_fixes = false;
  bool unicode = false;
  // The unit that the findings are of.
  ReportedUnit unit;
  // As cargo asked rustc to render: with colours, or on one line.
  bool color = true;
  bool is_short = false;
};

// How the unit's `--json=` wants text.
void read_rendering(const Unit& unit, FindingOutput& output);

// A rustc diagnostic in JSON, on one line without its end, with the report for the
// cargo driver riding in it. Cargo takes colours out where they are not wanted.
[[nodiscard]] std::string diagnostic_line(const base::Finding& finding,
                                          const base::SourceFiles& sources,
                                          const FindingOutput& output);

// All that the unit's own compiler says of itself, with `-vV`; empty when it does not.
[[nodiscard]] std::string compiler_identity(const Unit& unit);
// "rustc 1.95.0", from its identity; "rustc" when it said nothing.
[[nodiscard]] std::string version_of(const std::string& identity);
[[nodiscard]] std::string compiler_version(const Unit& unit);

}  // namespace jaa::plugin
