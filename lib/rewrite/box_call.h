// Puts the future of a call into a box of its own: `Box::pin(call(..)).await`.
#pragma once

#include <vector>

#include "base/finding.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// Boxes what each of these `.await` expressions awaits. Empty when one of them is in a
// macro's arguments or is no await.
[[nodiscard]] std::vector<base::Edit> box_awaited(const std::vector<syntax::Node>& awaits);

// The awaits in the body of the function around `await` that call what it calls.
[[nodiscard]] std::vector<syntax::Node> awaits_of_same_call(syntax::Node await);

}  // namespace jaa::rewrite
