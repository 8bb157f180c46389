// Puts a value that must not move any more into a box of its own, where it is made: the
// value itself, or those in the collection, option or tuple that an expression makes.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/finding.h"
#include "llvm/ADT/ArrayRef.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// One step from a place to what it holds.
struct HolderStep {
  enum class Kind : uint8_t { Element, Inside, Tuple };
  Kind kind = Kind::Element;  // of a collection or an iterator; of an `Option`; of a tuple
  uint32_t index = 0;         // Tuple
  friend bool operator==(const HolderStep&, const HolderStep&) = default;
};
using HolderPath = std::vector<HolderStep>;

enum class BoxForm : uint8_t {
  New,      // `Box::pin(value)`
  FromBox,  // the value is a `Box` already: `Box::into_pin(value)`
};

// Adds the edits that box what stands at the end of `path` in what `value` makes:
// `Box::pin(value)` for an empty path, `vec![Box::pin(a), Box::pin(b)]` for an element.
// Of an iterator, `.map(Box::pin)` is the last resort. False, with some edits added, where
// it cannot be told.
[[nodiscard]] bool box_value(syntax::Node value, llvm::ArrayRef<HolderStep> path,
                             std::vector<base::Edit>& edits, BoxForm form = BoxForm::New);

// What an expression that makes a collection or an option of futures looks like from
// outside: an element for `vec![..]` and `.map(..).collect()`; nothing for others.
[[nodiscard]] HolderPath shape_of(syntax::Node value);

// The part of a written type that `path` leads to; none where it does not fit.
[[nodiscard]] syntax::Node type_at(syntax::Node type, llvm::ArrayRef<HolderStep> path);
// The way from a written type to `part` of it; none when it leads through something that
// is no collection, option or tuple.
[[nodiscard]] std::optional<HolderPath> path_to(syntax::Node type, syntax::Node part);

// `Pin<Box<T>>` for the written type `T`, and for a `Box<T>` that is there; `pin` is how
// `Pin` is spelled there.
[[nodiscard]] base::Edit pinned_box_type(syntax::Node type, const std::string& pin);

}  // namespace jaa::rewrite
