// Edits cut down to the text they change.
//
// A rewrite may replace a whole statement to change one word of it. Editors paste
// replacements into the title of a code action, and a reader wants to see what is
// new, so what is shown and offered are these.
#pragma once

#include <vector>

#include "base/finding.h"
#include "base/source_files.h"

namespace jaa::render {

// Equivalent edits, sorted by file and place, of which no two overlap or touch;
// edits that change nothing are gone. Words are kept whole. The edits must fit
// their files and not overlap (see `edits_fit`).
[[nodiscard]] std::vector<base::Edit> minimal_edits(const base::SourceFiles& sources,
                                                    const std::vector<base::Edit>& edits);

// Whether the edits can be applied, all of them, to files that are there.
[[nodiscard]] bool edits_fit(const base::SourceFiles& sources,
                             const std::vector<base::Edit>& edits);

}  // namespace jaa::render
