// Errors of types where one side has a value and the other a reference to it, or a plain
// value where an `Arc` of it is wanted (E0308).
//
//   fn start(state: &Arc<State>) { spawn(async move { run(state).await }) }  // wants `Arc`
//   start(state);                                                            // gives `Arc`
//
// Told by the two types that rustc quotes where the mismatch is, and by the parameter
// that it shows. Whether futures have a part in it is asked with `flow/taken_along.h`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "flow/facts.h"
#include "syntax/tree.h"

namespace jaa::flow {

struct OwnerMismatch {
  enum class Kind : uint8_t {
    WantsReference,  // `&T` is expected, and `T` is there
    WantsOwner,      // `T` is expected, and `&T` is there
    WantsArc,        // `Arc<T>` or `&Arc<T>` is expected, and `T`, `&T` or `&&T` is there
  };
  Kind kind = Kind::WantsOwner;
  uint32_t diagnostic = 0;
  syntax::Node place;     // the expression
  std::string type;       // `T`
  syntax::Node argument;  // the expression or what it is a part of, as the call's argument
  syntax::Node call;      // none where it is no argument
  // The call's function, where the workspace has it, and the parameter.
  syntax::Node function;
  syntax::Node parameter;
};

// In the order of the diagnostics.
[[nodiscard]] std::vector<OwnerMismatch> read_owner_mismatches(const Facts& facts);

// The variable that a parameter or `let` binds, where it binds just one; else none.
[[nodiscard]] syntax::Node only_binding(syntax::Node declaration);
// What is given to that parameter by the call; none when there is less.
[[nodiscard]] syntax::Node argument_for(syntax::Node call, syntax::Node parameter);

}  // namespace jaa::flow
