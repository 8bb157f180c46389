// Remedies for trait objects that lack an auto trait.
#pragma once

#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "pitfalls/sink.h"

namespace jaa::pitfalls {

// Marks the value that is held, where the finding stands elsewhere.
void label_value(FindingBuilder& finding, const flow::Cause& cause);

// The bound in the type that is written nearest to the value, in all types of that trait,
// and as a supertrait where the crate declares the trait.
[[nodiscard]] std::vector<base::FixIt> bind_trait_object(const flow::Facts& facts,
                                                         const flow::Cause& cause);

}  // namespace jaa::pitfalls
