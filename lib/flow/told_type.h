// The type of a moved value, as rustc's errors about moves tell it: "`x` has type `T`, which
// does not implement the `Copy` trait". Read by what is quoted, not by the words around it.
#pragma once

#include <string>
#include <string_view>

#include "rustc/diagnostic.h"

namespace jaa::flow {

// Of `name`, or of whatever the error is about where that is empty. Empty where it tells none.
[[nodiscard]] std::string told_type(const rustc::Diagnostic& error, std::string_view name = {});

}  // namespace jaa::flow
