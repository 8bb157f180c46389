// How a future is pinned where it lives: on the stack, or in a box.
#pragma once

#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "flow/unpinned.h"
#include "pitfalls/pin_home.h"

namespace jaa::pitfalls {

// A place where the compiler wants the future pinned.
struct PinUse {
  const flow::Unpinned* error = nullptr;
  // The expression that is, borrows or points at the future; none when it is not known.
  syntax::Node place;
};

// The homes are one variable, parameter or expression; or fields of one struct or enum.
struct PinGroup {
  std::vector<PinHome> homes;
  std::vector<PinUse> uses;
  bool is_boxed = false;  // the value is a `Box<dyn Future>` already
  // The only group of its unit. Where there are more, a fix leaves `Pin::new` in place: the
  // import is unused only after the last of them.
  bool is_alone = true;
  // Other types than `Pin` have what is called or passed: only a fix that works tells.
  bool is_guess = false;
};

[[nodiscard]] std::vector<base::FixIt> pin_fixes(const flow::Facts& facts, const PinGroup& group);

// `impl Unpin for T {}`, which is right for a type that pins none of its fields in place.
// Empty where the type's file has unsafe code, which may rely on the contrary.
[[nodiscard]] std::vector<base::Edit> declare_unpin(const flow::Facts& facts, syntax::Node item);

}  // namespace jaa::pitfalls
