// Errors about a lock that is blocking in one place and async in another, or of the
// standard library in one place and not in another.
//
// Told by the locks' and guards' types in what the compiler quotes: two locks of one name
// from two crates (E0308), or a blocking lock's `Result` that is awaited, polled or taken
// for a future (E0277, E0599); and by a method that only an async lock has (E0599).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "flow/facts.h"

namespace jaa::flow {

struct LockMismatch {
  uint32_t diagnostic = 0;
  syntax::Node place;  // the expression that has the wrong lock, or the call that takes it
  std::string lock;    // "Mutex" or "RwLock"
  // Of the type that it protects, the last name; empty when it has none.
  std::string protects;
  std::string crate;  // the async lock's, where it is named
  // The call that unpacks what an async lock gives as it is; else none.
  syntax::Node unpacking;
  // Both block, and one is not the standard library's (`parking_lot`).
  bool is_of_blocking = false;
  // What a blocking lock gives is used as if it were the guard. Says nothing by itself.
  bool lacks_unpacking = false;
  // The type that a method of async locks is missed in, where it is no lock by its name.
  std::string holder;
};

[[nodiscard]] std::vector<LockMismatch> find_lock_mismatches(const Facts& facts);

}  // namespace jaa::flow
