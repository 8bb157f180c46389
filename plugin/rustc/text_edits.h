// Two texts of one file as edits.
#pragma once

#include <string>
#include <vector>

#include "plugin/rustc/report.h"

namespace jaa::plugin {

// Small ones, ascending: a word where a word differs, else lines. What they leave alone keeps
// its marks, folds and cursors in the editor.
[[nodiscard]] std::vector<ReportedEdit> edits_between(const std::string& path,
                                                      const std::string& before,
                                                      const std::string& after);

}  // namespace jaa::plugin
