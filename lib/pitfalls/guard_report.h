// What the three pitfalls of held guards share: labels for the awaits and for the
// places that demand `Send`, the chain between them, and the remedies.
#pragma once

#include <string>
#include <vector>

#include "flow/facts.h"
#include "flow/guard_shape.h"
#include "pitfalls/sink.h"
#include "rewrite/guard_scope.h"

namespace jaa::pitfalls {

// The guard as messages name it: its variable, or the temporary's expression on one
// line.
[[nodiscard]] std::string guard_text(const flow::Facts& facts, const flow::HeldValue& guard);
// The guard's type, or that of the value which has it in a field, without lifetimes and
// path prefixes.
[[nodiscard]] std::string guard_type_text(const flow::HeldValue& guard);

// The async locks that the package's dependencies have.
[[nodiscard]] rewrite::ProjectView to_project(const project::Package& package);
// The file first, then the others of its crate that might name the same lock.
[[nodiscard]] std::vector<const syntax::Tree*> lock_trees(const flow::Facts& facts,
                                                          base::FileId first);

// Adds level, evidence, the errors explained, a label at each await, the demands,
// the chain and all remedies that fit.
void complete(FindingBuilder& finding, const flow::Facts& facts, const flow::DeniedGuard& denied,
              flow::GuardShape shape, const std::string& await_label);

}  // namespace jaa::pitfalls
