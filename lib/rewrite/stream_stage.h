// A stage of a stream whose closure waits for something: streams have stages for that.
//
//   ids.map(|id| load(id)).collect().await        ids.then(|id| load(id)).collect().await
//   ids.map(|id| load(id).await).buffered(4)      ids.map(|id| load(id)).buffered(4)
#pragma once

#include <vector>

#include "base/finding.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// `argument` is what a `map` is given and awaits, or gives a future (`gives_future`). Empty where
// the chain does not look like a stream's: its end is not awaited, and nothing in it runs
// futures beside each other.
[[nodiscard]] std::vector<base::Edit> wait_in_stream(syntax::Node argument, bool gives_future);

}  // namespace jaa::rewrite
