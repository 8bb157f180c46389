// Remedies for trait methods whose futures say nothing about `Send`.
#pragma once

#include <vector>

#include "base/finding.h"
#include "flow/facts.h"

namespace jaa::pitfalls {

// The method in the trait says that its future is `Send`: an `async fn` is written as
// what it stands for, an `impl Future` gets the bound.
[[nodiscard]] std::vector<base::FixIt> say_send(const flow::Facts& facts, syntax::Node method);

}  // namespace jaa::pitfalls
