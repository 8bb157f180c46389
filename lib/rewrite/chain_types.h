// What a chain's value is to be: the type that its place asks for, and the container that
// is filled for it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syntax/items.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// The type that the place of `expression` writes down: of a `let`, a field, a parameter,
// a return type. None where it writes none.
[[nodiscard]] syntax::Node expected_type(syntax::Node expression, const syntax::Items& items);

// `argument` is passed to a function of these items as a reference to one certain type.
[[nodiscard]] bool is_reference_parameter(syntax::Node argument, const syntax::Items& items);

// `Result<T, E>` or `Option<T>`, by any path or alias of that name.
enum class Fallible : uint8_t { No, Result, Option };
[[nodiscard]] Fallible fallible(syntax::Node type);
// The type argument number `index` of `Name<A, B>`; none when there is none.
[[nodiscard]] syntax::Node type_argument(syntax::Node type, size_t index);
// `_`, or no type.
[[nodiscard]] bool is_inferred(syntax::Node type);

// What `?` does at the place of an expression.
enum class ErrorExit : uint8_t {
  None,
  Try,   // the expression is followed by `?`, in a function that it may leave
  Tail,  // it is what its function returns
};
[[nodiscard]] ErrorExit error_exit(syntax::Node expression);

// How a container is made and filled.
struct Container {
  std::string made;       // "Vec::new()"; empty for `()`
  std::string push;       // "push"; for pairs "insert"
  bool is_pairs = false;  // the items are pairs, and `push` takes two arguments
  bool is_text = false;   // `push` takes a `&str`
  std::string finish;     // behind its name: ".into_boxed_slice()"
};

// The containers that `type` may stand for, the likeliest first; a type that is not
// written may be any of the common ones.
[[nodiscard]] std::vector<Container> containers(syntax::Node type, const syntax::Items& items);

[[nodiscard]] bool is_integer(syntax::Node type);

}  // namespace jaa::rewrite
