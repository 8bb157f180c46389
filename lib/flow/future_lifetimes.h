// Errors about how long the result of a function lives, or what its signature lets it
// borrow. Read by their codes and by where their spans stand: in the body, in the
// parameters, in the result's type. Whether the result is a future, the signature tells.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "flow/facts.h"

namespace jaa::flow {

struct LifetimeError {
  enum class Kind : uint8_t {
    Uncaptured,   // an `impl Trait` says nothing of a lifetime in it (E0700)
    TooShort,     // a parameter does not live as long as the result has to (no code, E0621)
    Unnamed,      // a lifetime of the result has no name (E0106)
    Mismatch,     // a method and its trait borrow differently (no code, E0195)
    TypeTooShort  // a type parameter may hold a shorter borrow (E0309, E0310, E0311)
  };
  Kind kind = Kind::TooShort;
  uint32_t diagnostic = 0;
  syntax::Node function;
  // What the error points at: the returned expression, or the lifetime.
  syntax::Node place;
  // What it labels besides, and what its notes point at.
  std::vector<syntax::Node> labels;
};

// In the order of the diagnostics. Of code that a macro wrote there are none.
[[nodiscard]] std::vector<LifetimeError> read_lifetime_errors(const Facts& facts);

// The node of the error's own place; none in a macro.
[[nodiscard]] syntax::Node primary_node(const Facts& facts, const rustc::Diagnostic& error);
// Those of its other labels.
[[nodiscard]] std::vector<syntax::Node> labelled_nodes(const Facts& facts,
                                                       const rustc::Diagnostic& error);

}  // namespace jaa::flow
