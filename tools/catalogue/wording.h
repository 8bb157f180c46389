// The rules for names and messages, as functions that say what is wrong.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <vector>

namespace jaa::catalogue {

// A message cut at its placeholders: text, argument, text, .., text. The pieces
// at even places are text (perhaps empty), those at odd places argument names.
// None when a brace has no partner.
[[nodiscard]] std::optional<std::vector<std::string>> split_message(llvm::StringRef message);

// What is wrong with a diagnostic's name; empty when nothing is.
[[nodiscard]] std::string name_mistake(llvm::StringRef name);

// What is wrong with a message's wording; empty when nothing is.
[[nodiscard]] std::string message_mistake(llvm::StringRef message);

// Whether `text` can name an argument: a snake_case identifier.
[[nodiscard]] bool is_snake_case(llvm::StringRef text);

}  // namespace jaa::catalogue
