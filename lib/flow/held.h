// Guards that a coroutine holds across an await, with every place a rewrite needs.
//
// Evidence: MIR. Places are source spans; a guard whose spans are not in loaded
// source (a macro of another crate, a generated file) is left out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flow/guard_types.h"
#include "flow/saved.h"
#include "flow/sources.h"
#include "mir/body.h"

namespace jaa::flow {

// A use after creation; storage, drops at the end of scope and pattern reads are
// no uses.
struct GuardUse {
  base::Span span;
  bool is_move = false;
  bool after_await = false;  // may be reached after one of the guard's awaits
  // Of a value that borrows from the guard, not of the guard itself.
  bool through_borrow = false;
};

// One await over which a guard is held.
struct HeldAwait {
  base::Span whole;    // `operand.await`
  base::Span keyword;  // `await`
  // The guard still holds a value there on some path: not dropped before.
  bool maybe_initialised = true;
};

// The type of an expression's value, as the compiler's temporary for it has it.
struct TypedExpression {
  base::Span span;
  std::string type;
};

struct HeldGuard {
  // The binding's name pattern, or the temporary's whole expression.
  base::Span value;
  // The places of all locals that carry this guard, `value` among them.
  std::vector<base::Span> carriers;
  std::string name;  // empty for a temporary
  bool is_mut = false;
  const GuardType* guard = nullptr;
  std::string type;        // of the value, lifetimes left out
  std::string guard_type;  // of the guard inside it
  std::string inner_type;  // of what the guard protects; empty when not known
  // The call that took the lock.
  std::optional<base::Span> acquire;
  std::vector<HeldAwait> awaits;             // in source order, at least one
  std::vector<GuardUse> uses;                // in source order
  std::vector<TypedExpression> expressions;  // of the whole body
  std::string body;                          // the coroutine's name
  // The whole body was understood. Where it was not, something may have ended the
  // guard unseen: enough to go with an error that names it, not enough for a lint.
  bool is_certain = true;

  // Moved out on every path before each await: only its storage is still alive.
  [[nodiscard]] bool is_dropped_before_awaits() const;
};

// In source order. Several locals that carry the guard of one lock call (a
// `Result` and the binding moved out of it) are one, the named one first.
[[nodiscard]] std::vector<HeldGuard> held_guards(const mir::Body& body, const mir::TypeTable& types,
                                                 const UnitSources& sources);

// A future that the body awaits: what was called to make it, and where.
struct AwaitedCall {
  std::string callee;  // path as MIR prints it, generics left out
  base::Span call;
};
[[nodiscard]] std::vector<AwaitedCall> awaited_calls(const mir::Body& body,
                                                     const UnitSources& sources);

}  // namespace jaa::flow
