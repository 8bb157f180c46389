// From chosen fixes to new file texts: what of them fits together and may be written.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "plugin/cargo/fix_choice.h"
#include "plugin/cargo/workspace.h"

namespace jaa::plugin {

struct FileChange {
  std::string old_text;
  std::string new_text;
  uint32_t fixes = 0;  // how many of the applied fixes have an edit here
  // What makes the new text of the old one, in the order of their places.
  std::vector<ReportedEdit> edits = {};
};

struct FixPlan {
  // By real path (no links), the file that is to be written.
  std::map<std::string, FileChange> files;
  uint32_t fixes = 0;
  // The most errors that the compiler's verdicts let one expect after these fixes.
  uint32_t expected_errors = 0;
  // Fixes that are left out this time, and why, a line each.
  std::vector<std::string> skipped;
};

// A fix is taken whole or not at all: its files must belong to the workspace, still
// hold what the fix was made for, and not be edited in the same place by an earlier
// fix. Reads files, writes none.
[[nodiscard]] FixPlan plan_fixes(const std::vector<ChosenFix>& chosen, const Workspace& workspace,
                                 const std::vector<std::string>& env);

}  // namespace jaa::plugin
