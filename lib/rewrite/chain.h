// Chains of method calls and the closures in them, as a rewrite of such a chain takes
// them apart: `posts.iter().filter(|p| ..).take(2).collect()`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/tree.h"

namespace jaa::rewrite {

struct ChainCall {
  syntax::Node call;  // with all that it is called on
  std::string_view name;
  syntax::Node type;  // the first type of `name::<T>()`; none when it has none
  std::vector<syntax::Node> arguments;
};

// In the order of the calls.
struct Chain {
  syntax::Node source;  // what the first method is called on
  std::vector<ChainCall> calls;

  [[nodiscard]] syntax::Node receiver(size_t index) const {
    return index == 0 ? source : calls[index - 1].call;
  }
};

// All method calls of the chain in which `argument` is one's argument; no calls when it
// is not.
[[nodiscard]] Chain chain_around(syntax::Node argument);

// The comments between what `call` is called on and its arguments.
[[nodiscard]] std::vector<syntax::Node> comments_before(syntax::Node call);
// All method calls that begin with one on `source`.
[[nodiscard]] Chain chain_from(syntax::Node source);

// A closure's parts.
struct ClosureParts {
  std::vector<syntax::Node> patterns;  // of its parameters, without their types
  syntax::Node body;
  bool is_async = false;
  bool is_move = false;
};

[[nodiscard]] ClosureParts closure_parts(syntax::Node closure);

// The value of a block: its last expression, if that has no semicolon. None otherwise.
[[nodiscard]] syntax::Node tail_of(syntax::Node block);

// `future.await`, a call with simple arguments, a struct of simple values: nothing else lives
// as long as its value.
[[nodiscard]] bool leaves_nothing(syntax::Node expression);

// A `return` or `?` that would leave `body` as a function, macros' arguments included.
struct Exits {
  std::vector<syntax::Node> returns;  // `return` expressions
  bool has_try = false;
  bool in_macro = false;
  bool return_in_macro = false;
  [[nodiscard]] bool any() const { return has_try || in_macro || !returns.empty(); }
};

[[nodiscard]] Exits exits_of(syntax::Node body);

}  // namespace jaa::rewrite
