// A value held over an await, as the rewrites need it: every place in source
// terms, decided on MIR by `flow` and handed over as plain data.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/source_files.h"

namespace jaa::rewrite {

// One use of the value after its creation, in source order. `span` covers the
// expression rustc attributes the use to (the variable's name, a method call on
// it, ..).
struct HeldUse {
  base::Span span;
  // The use gives the value away (`drop(g)`, a by-value argument).
  bool is_move = false;
  // Control may reach this use after one of `awaits`.
  bool after_await = false;
  // Of a value that borrows from the guard, under whatever name.
  bool through_borrow = false;
};

// How far a clone may stand for a value that is only read.
enum class Likeness : uint8_t {
  Copied,   // by itself, when it is moved
  Alike,    // data, or a handle to the same
  Unknown,  // nobody knows what its type holds
  Apart,    // what one of the two changes the other does not see, or it cannot be cloned
};

// A clone that is only read tells what the value tells.
[[nodiscard]] inline bool is_alike(Likeness likeness) {
  return likeness == Likeness::Copied || likeness == Likeness::Alike;
}

struct Held {
  // A `let` binding's name pattern (`guard`), or the whole expression that made
  // a temporary (`state.lock().unwrap()`).
  base::Span value;
  // The variable's name; empty for a temporary.
  std::string name;
  bool is_mut = false;
  // It holds a lock, which its end releases; else it is a value like any other.
  bool is_lock = true;
  // The value's type as rustc prints it: `std::sync::MutexGuard<'_, Vec<u32>>`.
  std::string type;
  // What it protects: `Vec<u32>`; empty when not known.
  std::string inner_type;
  // The call that acquired it (`state.lock()`), where one was found.
  std::optional<base::Span> acquire;
  // The await expressions (`x.await`, whole) over which it is held, in order.
  std::vector<base::Span> awaits;
  std::vector<HeldUse> uses;
  // For a temporary in a `match`, `if let`, `while let` or `for` scrutinee: the
  // type of the scrutinee's value, as rustc prints it; empty when not known.
  std::string scrutinee_type;
  // Asked late, since they may have to read the crate; either may be empty. The type of the
  // expression of exactly that place, as rustc prints it, or nothing; and what a clone of
  // such a value is to it.
  std::function<std::string(const base::Span&)> type_of;
  std::function<Likeness(const std::string& type)> likeness_of;

  [[nodiscard]] Likeness likeness(const std::string& of_type) const {
    return likeness_of && !of_type.empty() ? likeness_of(of_type) : Likeness::Unknown;
  }
};

}  // namespace jaa::rewrite
