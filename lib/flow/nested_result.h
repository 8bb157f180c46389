// Results within results: what a task gives is a `Result` of its own, and the one around it
// only tells whether the task ran.
//
//   let page: Page = spawn(load()).await?;       // is a `Result<Page, Error>`
//
// Read by the type that rustc quotes where another is needed, and by what stands there, or
// where the variable that stands there gets its value: an await that is unpacked once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "flow/facts.h"

namespace jaa::flow {

struct NestedResult {
  // `task.await?`; in a macro's arguments the last token of it.
  syntax::Node expression;
  base::Span place;
  // The outer one is unpacked by an `unwrap` or `expect`, else by a `?`.
  bool is_unwrapped = false;
  std::string type;  // of the expression, as the compiler quotes it
  // Where the errors are: the value's uses.
  std::vector<base::Span> uses;
  std::vector<uint32_t> diagnostics;
};

// In source order, one for each expression.
[[nodiscard]] std::vector<NestedResult> read_nested_results(const Facts& facts);

}  // namespace jaa::flow
