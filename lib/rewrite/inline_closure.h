// A closure's body as code of the function around it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringSet.h"
#include "rewrite/chain.h"
#include "rewrite/code.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

struct InlineOptions {
  // Its value is a future, which the code awaits.
  bool is_awaited = false;
  // What a `return` without value becomes: "continue".
  std::string on_return;
  // What `return None` becomes.
  std::string on_none;
  // What `return Ok(())` and `return Some(())` become.
  std::string on_success;
  // Its `?`, `return Err(..)` and `return None` may leave the function around it instead: the
  // outcome is the same.
  bool may_leave = false;
  // Names that the code around gives another meaning.
  const llvm::StringSet<>* bound = nullptr;
};

// Writes the statements of `closure`'s body, after `edits`, to `code` and returns its
// value; empty for a body that ends with a statement. What `return` and `?` would leave
// stays a unit of its own, an async block that is awaited at once.
[[nodiscard]] std::string inline_body(const syntax::Tree& tree, syntax::Node closure,
                                      std::vector<base::Edit> edits, const InlineOptions& options,
                                      Code& code);

// `value` awaited: in parentheses where it needs them.
[[nodiscard]] std::string awaited(syntax::Node expression, std::string value);

// The edits after which `body` names the variable `item` where it named `reference`, a
// reference to the same. None where a mention cannot be written that way.
// `passes_references` says that `item`, a reference itself, may be passed as an argument
// where `reference` was.
[[nodiscard]] std::optional<std::vector<base::Edit>> without_reference(
    syntax::Node body, std::string_view reference, const std::string& item,
    llvm::function_ref<bool(syntax::Node)> passes_references = {});

// The edits that spell `to` for each mention of `from`. None where one is in a string.
[[nodiscard]] std::optional<std::vector<base::Edit>> renamed(syntax::Node body,
                                                             std::string_view from,
                                                             const std::string& to);

// A parameter's pattern as a `let` writes it: with its `mut`.
[[nodiscard]] std::string pattern_text(syntax::Node pattern);

}  // namespace jaa::rewrite
