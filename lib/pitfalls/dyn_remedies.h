// Remedies for a trait whose async methods keep it from being a `dyn Trait`.
#pragma once

#include <cstdint>
#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "pitfalls/sink.h"

namespace jaa::pitfalls {

struct UndynTrait {
  // The trait that is used as `dyn`, and others that fail for the same methods.
  std::vector<syntax::Node> traits;
  std::vector<syntax::Node> methods;   // whose futures can be boxed
  std::vector<syntax::Node> generic;   // that take types as well, async or not
  std::vector<syntax::Node> excluded;  // that no trait object can have
  bool has_other_reason = false;       // a supertrait, an associated constant
  std::vector<base::Span> uses;        // where a trait object is asked for
  std::vector<uint32_t> diagnostics;
};

// Adds the fixes, best first, and says in words what else there is.
void add_dyn_remedies(FindingBuilder& finding, const flow::Facts& facts, const UndynTrait& one);

}  // namespace jaa::pitfalls
