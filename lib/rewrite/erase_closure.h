// An awaited call whose future keeps the closure that it was given: ways to await without
// the closure's type in the future around it.
#pragma once

#include <vector>

#include "base/finding.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// The await expressions within `body`, outside of macros, whose call is given a closure,
// as it is or through iterator adaptors; at most four.
[[nodiscard]] std::vector<syntax::Node> awaits_with_closures(syntax::Node body);

// `call(items.iter().map(|x| f(x)).collect::<Vec<_>>()).await`: the closures are done before
// the await. Empty where no adaptor's iterator is an argument.
[[nodiscard]] std::vector<base::Edit> collect_arguments(syntax::Node await);

// `(Box::pin(call(..)) as Pin<Box<dyn Future<Output = _> + Send + '_>>).await`: the type of
// the box does not name the closure.
[[nodiscard]] std::vector<base::Edit> box_as_send(syntax::Node await, std::string_view edition);

}  // namespace jaa::rewrite
