// MIR back to the text it was read from.
//
// Everything is made anew from the model, layout and comments included; only names,
// literals and what was not understood are text that was read. So what prints equal was
// understood, and a change of the model shows in its text.
#pragma once

#include <string>
#include <vector>

#include "mir/module.h"

namespace jaa::mir {

// Other numbers for locals and blocks; an identity where it is empty. Block 0, the
// return place and the arguments have numbers of their own meaning, and keep them.
struct Numbering {
  std::vector<uint32_t> locals;  // by local: its number
  std::vector<uint32_t> blocks;

  // All other numbers in reverse, and the numbering that undoes it.
  [[nodiscard]] static Numbering reversed(const Body& body);
  [[nodiscard]] Numbering inverse() const;
};

// Appends to `out`. Exact for a body whose `has_opaque` is false.
void print_body(const Body& body, std::string& out, const Numbering& numbering = {});

// The whole text, item by item.
void print_module(const Module& module, std::string& out);

}  // namespace jaa::mir
