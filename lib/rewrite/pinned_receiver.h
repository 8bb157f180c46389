// `&mut self` as `self: Pin<&mut Self>`, the receiver that `Future::poll` and its kin have.
//
// Where `Self` may move, such a receiver gives its fields as `&mut self` does, through
// `DerefMut` or, as one plain reference, by `get_mut`.
#pragma once

#include <cstdint>
#include <vector>

#include "base/finding.h"
#include "rewrite/imports.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

enum class PinnedForm : uint8_t {
  Changed,  // `mut self: Pin<&mut Self>`: what the body changes, it changes through the pin
  Read,     // `self: Pin<&mut Self>`
  Plain,    // the same, and the body works on `let this = self.get_mut();`
};

// Empty where the method has no such body, or is in a macro.
[[nodiscard]] std::vector<base::Edit> pin_receiver(const syntax::Tree& tree, syntax::Node method,
                                                   PinnedForm form, ImportEdits& imports);

}  // namespace jaa::rewrite
