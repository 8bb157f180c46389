// When types of the standard library are `Send` and `Sync`, and what of its traits
// matters for that. No table of rustdoc's describes that library.
#pragma once

#include <cstdint>
#include <string_view>

#include "rustc/rustdoc.h"

namespace jaa::flow {

// What all type arguments must be, or that nothing helps.
enum class AutoRule : uint8_t { Always, IfSend, IfSync, IfBoth, Never };

struct StdType {
  // Crate, first module and name: "std::sync::MutexGuard".
  std::string_view path;
  AutoRule send;
  AutoRule sync;
};

// The exceptions; null for all other types, which are what their arguments are.
[[nodiscard]] const StdType* find_std_type(std::string_view path);

// Impls with associated types, such as `Future` for `Pin<P>`, and supertraits.
[[nodiscard]] const rustc::RustdocTable& std_traits();

}  // namespace jaa::flow
