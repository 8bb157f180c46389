// Errors that come from a future which is polled or awaited before it is pinned.
//
// rustc has four shapes of them. `Unpin` is demanded of a type that lacks it (E0277):
// at an argument, at the call around it, at an `await`, and often at all three. A method
// that takes a pinned `self` is called on a plain value (E0599). And a pinned `self`
// gives no `&mut` to its fields, because the type is not `Unpin` (E0594, E0596). And a
// plain value is passed where a `Pin<&mut _>` is expected (E0308).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "flow/sources.h"
#include "rustc/diagnostic.h"

namespace jaa::flow {

struct Unpinned {
  enum class Kind : uint8_t {
    NotUnpin,    // `Unpin` is demanded
    NoMethod,    // the method exists for a pinned receiver only
    PinnedSelf,  // `Pin<&mut Self>` does not lend a field
    NotPinned,   // stands where a `Pin<&mut _>` is expected
  };
  uint32_t diagnostic = 0;
  Kind kind = Kind::NotUnpin;
  base::Span place;
  bool is_await = false;  // the place is the `await`
  // The type that lacks `Unpin` or the method, without references: "F",
  // "{async fn body of load()}", "Box<dyn Future<Output = u32>>".
  std::string type;
  std::string method;  // NoMethod
  // NoMethod: the compiler knows a pinned receiver for the method, or proposes to pin.
  bool is_pinnable = false;
  // NoMethod: `Pin` has the method, as other types do too.
  bool is_method_of_pin = false;
  // The place is a macro's call, somewhere in whose arguments the future is.
  bool is_macro = false;
  // Places that the notes point at: the types around the one that lacks `Unpin`.
  std::vector<base::Span> notes;
};

// In order of the diagnostics. What a macro wrote is told by the macro's call.
[[nodiscard]] std::vector<Unpinned> read_unpinned(const std::vector<rustc::Diagnostic>& diagnostics,
                                                  const UnitSources& sources);

}  // namespace jaa::flow
