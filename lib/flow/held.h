// Values that a coroutine holds across an await, with every place a rewrite needs.
//
// Evidence: MIR. Places are source spans; a value whose spans are not in loaded
// source (a macro of another crate, a generated file) is left out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/STLFunctionalExtras.h"

#include "flow/guard_types.h"
#include "flow/held_types.h"
#include "flow/saved.h"
#include "flow/sources.h"
#include "flow/value_uses.h"
#include "mir/body.h"

namespace jaa::flow {

// One await over which a value is held.
struct HeldAwait {
  base::Span whole;    // `operand.await`
  base::Span keyword;  // `await`
  // It still holds a value there on some path: not dropped before.
  bool maybe_initialised = true;
};

// The type of an expression's value, as the compiler's temporary for it has it.
struct TypedExpression {
  base::Span span;
  std::string type;
};

struct HeldValue {
  // The binding's name pattern, or the temporary's whole expression.
  base::Span value;
  // The places of all locals that carry it, `value` among them.
  std::vector<base::Span> carriers;
  std::string name;  // empty for a temporary
  bool is_mut = false;
  std::string type;  // lifetimes left out
  // Of a value that is or contains a guard: which, the guard's type, and the type of
  // what it protects; empty when not known.
  const GuardType* guard = nullptr;
  std::string guard_type;
  std::string inner_type;
  // Where the guard is in it, from the value's type inwards; none where the value is the
  // guard, or a wrapper like `Option`.
  std::vector<HoldingField> guard_fields;
  // The call that took the lock, or made the value.
  std::optional<base::Span> acquire;
  std::vector<HeldAwait> awaits;             // in source order, at least one
  std::vector<ValueUse> uses;                // in source order
  std::vector<TypedExpression> expressions;  // of the whole body
  std::string body;                          // the coroutine's name
  // The whole body was understood, and a guard is there at some await. Else something may
  // have ended the value unseen, or it is still `None`: enough to go with an error that
  // names it, not enough for a lint.
  bool is_certain = true;

  // Moved out on every path before each await: only its storage is still alive.
  [[nodiscard]] bool is_dropped_before_awaits() const;
};

// In source order. Several locals that carry the guard of one lock call (a
// `Result` and the binding moved out of it) are one, the named one first. The body's
// module is known to `types`.
[[nodiscard]] std::vector<HeldValue> held_guards(const mir::Body& body, const UnitSources& sources,
                                                 HeldTypes& types);

// The value that rustc labels at `place`, whatever its type; none when no local of
// that place is held across an await.
[[nodiscard]] std::optional<HeldValue> held_at(const mir::Body& body, const UnitSources& sources,
                                               const base::Span& place);

// The first value within `place`, a named one before a temporary, of a type that
// `is_wanted` says yes to.
[[nodiscard]] std::optional<HeldValue> held_of_type(
    const mir::Body& body, const UnitSources& sources, const base::Span& place,
    llvm::function_ref<bool(const std::string&)> is_wanted);

}  // namespace jaa::flow
