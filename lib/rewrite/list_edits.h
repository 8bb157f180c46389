// Takes elements out of a list in the source: generics, `where` predicates, bounds.
#pragma once

#include <string_view>
#include <vector>

#include "base/finding.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// The text of the file that `node` is in.
[[nodiscard]] std::string_view file_text(syntax::Node node);

// Takes `removed` out of `list`, whose elements are `elements`, with the commas that
// become too many; the lines of the others stay as they are. A list of which nothing
// stays goes as a whole, a `where` clause with the white space before it.
void remove_elements(syntax::Node list, const std::vector<syntax::Node>& elements,
                     const std::vector<syntax::Node>& removed, std::vector<base::Edit>& edits);

}  // namespace jaa::rewrite
