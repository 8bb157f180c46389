// Findings about futures that are polled or awaited before they are pinned.
#pragma once

#include <string>
#include <vector>

#include "flow/facts.h"
#include "pitfalls/pin_fixes.h"
#include "pitfalls/sink.h"

namespace jaa::pitfalls {

// The errors, by the variable or the struct that owns the future.
struct PinGroups {
  std::vector<flow::Unpinned> errors;  // what the groups point at
  std::vector<PinGroup> groups;
};
[[nodiscard]] PinGroups pin_groups(const flow::Facts& facts);

// A method that wants a pinned receiver is called on the plain value, or a field of a
// struct is polled: the reader has no `Pin` yet, or no way to get one.
[[nodiscard]] bool is_polled_unpinned(const PinGroup& group);

[[nodiscard]] base::Span place_of(const PinGroup& group);
// What a finding calls the future: its variable or field, or the type.
[[nodiscard]] std::string name_of(const PinGroup& group);

// Labels, explained errors, fixes and words.
void explain(FindingBuilder& finding, const flow::Facts& facts, const PinGroup& group);

}  // namespace jaa::pitfalls
