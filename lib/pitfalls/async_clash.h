// A method of an `impl` and its trait that disagree on whether it is async.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/finding.h"
#include "flow/facts.h"

namespace jaa::pitfalls {

struct AsyncClash {
  std::vector<uint32_t> diagnostics;  // several where a macro writes the `impl`
  base::Span place;                   // of the method's name, or its head in a macro
  std::string name;
  syntax::Node method;    // in the `impl`; none in a macro
  syntax::Node declared;  // in the trait; none where that is of another crate
  bool is_async = false;  // what `method` is
  // The trait's method returns a future in a box.
  bool wants_box = false;
};

[[nodiscard]] std::vector<AsyncClash> async_clashes(const flow::Facts& facts);

// The method becomes async by its keyword alone, or with awaits at all its callers.
[[nodiscard]] std::vector<base::FixIt> make_async(const flow::Facts& facts,
                                                  const AsyncClash& clash);
// The method returns the box that its trait promises.
[[nodiscard]] std::vector<base::FixIt> box_as_declared(const flow::Facts& facts,
                                                       const AsyncClash& clash);
// The method waits for nothing, and loses its `async`.
[[nodiscard]] std::vector<base::FixIt> make_sync(const AsyncClash& clash);

}  // namespace jaa::pitfalls
