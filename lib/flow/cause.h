// Why a future is denied an auto trait: one cause for all the errors that come from it.
//
// A cause is read from an error's labels and types, the source around them, and, where
// there is MIR, the held value. Guards have causes of their own (`DeniedGuard`).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "flow/held.h"
#include "syntax/tree.h"

namespace jaa::flow {

enum class CauseKind : uint8_t {
  Rc,            // `Rc` or its `Weak`
  RefCell,       // the cell, shared; its borrows are guards
  Cell,          // `Cell`, `OnceCell`: shared
  RawPointer,    // a pointer, or a struct of the crate with one
  Error,         // `dyn Error` without the bound
  Dyn,           // another trait object without the bound
  Reference,     // a reference to what is not `Sync`
  ThreadHandle,  // of a type that is bound to its thread, or that is not the user's
  SpanGuard,     // an entered tracing span
  Bound,         // a type parameter, `impl Trait` or associated type without the bound
  TraitFuture,   // the future of a trait's method
  AsyncCall,     // the future of a callback that is bound by `AsyncFn` or its kin
  Other,
};

// A step from the place that demands `Send` towards the value that denies it.
struct ChainLink {
  base::Span span;
  std::string text;  // the function whose future passes through here
};

struct Cause {
  CauseKind kind = CauseKind::Other;
  // Where the finding stands: what has to change, as far as that can be told.
  base::Span place;
  std::string subject;  // the variable, parameter, function or expression
  std::string type;     // the type that lacks the trait, path prefixes left out
  std::string value_type;
  std::string trait;  // "Send", "Sync" or "Send + Sync"
  // Of a trait object: the trait. Of an `AsyncCall`: the type that is called, "F".
  std::string subject_trait;
  // The held value in the source, its name where it has one; none when its file is not
  // loaded. And the place that rustc labels.
  syntax::Node value;
  base::Span value_place;
  // What declares the type: the parameter or predicate of a bound, the method in the
  // trait, the trait objects as written, the field. Best first; may be empty.
  std::vector<syntax::Node> sites;
  std::optional<HeldValue> held;
  // `await` keywords over which it is held.
  std::vector<base::Span> awaits;
  // Indexes into `Facts::denials`.
  std::vector<uint32_t> denials;
  // From the first denial's demand inwards.
  std::vector<ChainLink> chain;
  base::Evidence evidence = base::Evidence::Messages;
  bool is_inferred = false;  // as `Denial::is_inferred`, of all denials
};

}  // namespace jaa::flow
