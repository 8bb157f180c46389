// How a call, and a function's head, are written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "llvm/ADT/StringRef.h"

#include "syntax/tree.h"

namespace jaa::propagate {

// Where `async` goes: before `unsafe` and `fn`, behind the visibility.
[[nodiscard]] uint32_t async_offset(syntax::Node function);

// The path, field or name that ends with `name`, as it is called or given away.
[[nodiscard]] syntax::Node whole_name(syntax::Node name);

// Of tokens in a macro: the first one of the path or chain that ends with `last`.
[[nodiscard]] syntax::Node first_token(syntax::Node last);

// `|a, b| ` for what is called with that many arguments, and `(a, b)`.
[[nodiscard]] std::pair<std::string, std::string> parameters_of(syntax::Node function);

// A word of `text` is `name`.
[[nodiscard]] bool has_word(llvm::StringRef text, llvm::StringRef name);

}  // namespace jaa::propagate
