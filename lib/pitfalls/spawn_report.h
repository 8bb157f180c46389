// What the reports about values that a task keeps have in common: the labels, and the
// ways to give the task a value of its own.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "flow/escape.h"
#include "flow/facts.h"
#include "pitfalls/sink.h"

namespace jaa::pitfalls {

// Where a finding about `task` stands: the head of its block, or the call.
[[nodiscard]] base::Span task_head(const flow::Task& task);

// The names of the values, as a message quotes them: "`title` and `pages`" without the
// outer quotes.
[[nodiscard]] std::string owner_names(const flow::Escape& escape);

// Several tasks, or one for each round of a loop, keep parts of one slice of the caller.
[[nodiscard]] bool shares_out_slice(const flow::Escape& escape);

// Adds evidence, the errors explained, and what all of these findings show. `owner_label` is
// for values of the function itself.
void explain(FindingBuilder& finding, const flow::Escape& escape, const std::string& owner_label);

// The remedies, best first: the task takes the values, gets copies, or shares them.
[[nodiscard]] std::vector<base::FixIt> own_values(const flow::Facts& facts,
                                                  const flow::Escape& escape);

}  // namespace jaa::pitfalls
