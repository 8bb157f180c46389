// Edits as Clang's replacements: checked for conflicts, and written as the YAML
// that `clang-apply-replacements` reads.
#pragma once

#include <string>
#include <vector>

#include "llvm/Support/Error.h"

#include "base/finding.h"
#include "fixit/trial.h"

namespace jaa::fixit {

// Edits in one list, duplicates taken out (two fixes may share one). The error
// names the first two that overlap or an edit outside its file.
[[nodiscard]] llvm::Expected<std::vector<base::Edit>> combine(
    const std::vector<const base::FixIt*>& fixes, const base::SourceFiles& sources);

// New texts of all edited files, sorted by path, and their key. The edits come
// from `combine`.
[[nodiscard]] Trial make_trial(const std::vector<base::Edit>& edits,
                               const base::SourceFiles& sources);

// One `TranslationUnitReplacements` document.
[[nodiscard]] std::string to_yaml(const std::vector<base::Edit>& edits,
                                  const base::SourceFiles& sources);

}  // namespace jaa::fixit
