// Structs with a lifetime that a task takes along: `Query<'_>` of `spawn(query.run())`.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/finding.h"
#include "flow/escape.h"
#include "flow/facts.h"

namespace jaa::pitfalls {

struct OwnedStructs {
  std::vector<base::Edit> edits;
  std::set<std::string> names;
  bool keeps_meaning = true;  // no other crate names them
};

// They own what they refer to; none where one of them cannot, or there is none. What is
// borrowed without `mut` does not change in between, so a copy says the same.
[[nodiscard]] std::optional<OwnedStructs> own_structs(const flow::Facts& facts,
                                                      const flow::Escape& escape);

}  // namespace jaa::pitfalls
