// How this project runs a future to its end from code that is not async: with the runtime
// it depends on, or a function of its own.
#pragma once

#include <string>
#include <vector>

#include "flow/facts.h"

namespace jaa::propagate {

// A function that takes a future and gives its output: `block_on`.
struct Blocking {
  std::string call;  // as it is written at the place it was asked for: "rt::block_on"
  std::string name;  // for titles: "rt::block_on"
  // Where the project has none: the function, to be added to the file.
  std::string definition;
};

// The ways that can be written at `place`: functions of the crate first, then those of
// dependencies; where there is none, a small one that is made of the standard library.
[[nodiscard]] std::vector<Blocking> ways_to_block(const flow::Facts& facts, syntax::Node place);

// The call runs a future to its end, by one of these ways or a `block_on` of whatever runtime.
[[nodiscard]] bool is_way_to_block(const flow::Facts& facts, syntax::Node call);

// A function of that name which runs a future, made of the standard library.
[[nodiscard]] std::string own_definition(const std::string& name);

// The attribute that makes an `async fn main` or, with `is_test`, an async test; empty when
// the project depends on no runtime that has one.
[[nodiscard]] std::string entry_attribute(const project::Package& package, bool is_test);

}  // namespace jaa::propagate
