// Calls whose future counts as borrowing from an argument that it does not hold.
//
// Since edition 2024 an `impl Future` borrows from all that the parameters borrow from,
// as far as its type does not say otherwise. rustc reports that where the borrow is one
// too many (E0499, E0502, E0505, E0506, E0597, E0716), and says of some such errors which
// call it was; of the others the call around the borrow tells.
#pragma once

#include <cstdint>
#include <vector>

#include "flow/facts.h"

namespace jaa::flow {

struct Overcapture {
  uint32_t diagnostic = 0;
  syntax::Node call;
  syntax::Node function;  // that is called
  syntax::Node lent;      // what is borrowed
};

// Whether the callee's body holds on to the argument is for the reader to find out.
[[nodiscard]] std::vector<Overcapture> read_overcaptures(const Facts& facts);

// The index of the callee's parameter that `part` is in, `self` counted; -1 when it is in
// none.
[[nodiscard]] int parameter_of_argument(syntax::Node call, syntax::Node function,
                                        syntax::Node part);

}  // namespace jaa::flow
