// Where a future lives that is polled or awaited at some place: the variable, parameter
// or field that owns it, and the collections, options and tuples in between.
//
// Followed by names and shapes, so it may be wrong; edits that rest on it are tried by
// the compiler.
#pragma once

#include <string>

#include "flow/facts.h"
#include "rewrite/box_value.h"

namespace jaa::pitfalls {

struct PinHome {
  enum class Kind : uint8_t { Unknown, Local, Parameter, Field, Value, Owner };
  Kind kind = Kind::Unknown;
  // The bound name; the written type of a field; the expression that makes the value; the
  // name of the struct or enum whose own `self` is pinned.
  syntax::Node node;
  syntax::Node value;        // Local: what it is first given; none where that is done later
  syntax::Node owner;        // Field: the struct, or the variant of an enum
  std::string field;         // Field: its name or number
  rewrite::HolderPath path;  // from the home to the future
};

// `place` is an expression that is, borrows or points at the future.
[[nodiscard]] PinHome home_of(const flow::Facts& facts, syntax::Node place);

// The named type of the `impl` around `node`; empty when there is none.
[[nodiscard]] std::string_view impl_type(syntax::Node node);

// The name of the struct, or of the enum that the variant belongs to.
[[nodiscard]] syntax::Node type_item_of(syntax::Node owner);

// "fetch" of "{async fn body of Mirror::fetch()}", as rustc names a future's type; empty for
// other types.
[[nodiscard]] std::string_view made_by(std::string_view type);
// `value` contains what makes a future of that type, as far as its text tells.
[[nodiscard]] bool makes(syntax::Node value, std::string_view type);
// `value` is the call of that function, or an async block.
[[nodiscard]] bool is_made_by(syntax::Node value, std::string_view type);

}  // namespace jaa::pitfalls
