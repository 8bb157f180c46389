// Values that a variable is to take from where they cannot be taken, on their way into a
// future: out of something borrowed, or although they are wanted again, perhaps by the future.
//
//   let conn = self.conn;               // E0507: `self` is only borrowed
//   let shared = state;                 // E0382: `state` is used again below
//   spawn(async move { run(conn, shared).await });
//
// Read by the code, by the place that is the whole value of a `let` or is given to the
// future at once, and by the type that rustc quotes beside `Copy`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "flow/facts.h"
#include "syntax/tree.h"

namespace jaa::flow {

struct MovedValue {
  std::vector<uint32_t> diagnostics;
  syntax::Node place;    // the expression that is moved: `self.conn`
  syntax::Node binding;  // the variable that gets it; none where the future does
  syntax::Node future;   // that takes it along, or wants it again
  syntax::Node again;    // where it is wanted again; may be none
  std::string type;      // as rustc quotes it; may be empty
};

// In source order of the places, each once.
[[nodiscard]] std::vector<MovedValue> read_moved_values(const Facts& facts);

}  // namespace jaa::flow
