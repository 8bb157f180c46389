// Where a name is spelled. Deliberately broad: a token of a macro's arguments
// and a name in a format string count, and shadowing does not end a name's
// reach, so "not mentioned" can be relied on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "llvm/ADT/StringSet.h"
#include "syntax/tree.h"

namespace jaa::syntax {

// The names a format string takes from its surroundings: `{name}`, `{name:?}`,
// `{:width$}`. Any literal's text will do.
[[nodiscard]] std::vector<std::string_view> format_names(std::string_view literal);

// Calls `visit` with each name spelled within `root` and the token it is in (an
// identifier, or the string literal of a format macro). A raw identifier counts
// as its plain form. Field names after a dot are no names.
void for_each_name(Node root, llvm::function_ref<void(std::string_view, Node)> visit);

// The tokens within `root` that spell `name`.
[[nodiscard]] std::vector<Node> mentions(Node root, std::string_view name);
[[nodiscard]] bool is_mentioned(Node root, std::string_view name);
// Every name spelled within `root`.
[[nodiscard]] llvm::StringSet<> names(Node root);

}  // namespace jaa::syntax
