// The guards of blocking locks and cells: values that release something when they
// are dropped and that are bound to the thread that took them.
//
// Guards of async-aware locks (tokio, async-lock, futures) may be held across an
// await and are not listed.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "mir/type.h"

namespace jaa::flow {

enum class LockFamily : uint8_t { StdMutex, StdRwLock, LockApi, RefCell };

struct GuardType {
  std::string_view name;  // last path segment: "MutexGuard"
  LockFamily family = LockFamily::StdMutex;
  // What the guard comes from: "Mutex", "RwLock", "RefCell".
  std::string_view lock;
};

// The guard that `type` is: `std::sync::MutexGuard<'_, T>`. Full paths decide;
// a name without its path counts only with `trimmed`, for types that rustc's
// messages shorten.
[[nodiscard]] const GuardType* guard_type(const mir::TypeTable& types, mir::TypeId type,
                                          bool trimmed = false);

// A value that holds `guard` lacks an auto trait for that reason, as far as `culprit`, the
// innermost type that rustc says lacks it, tells: it is a guard, or the part of one that
// does. None tells nothing else.
[[nodiscard]] bool is_denied_by(const GuardType& guard, std::string_view culprit);

struct FoundGuard {
  const GuardType* guard = nullptr;
  mir::TypeId type;   // the guard itself
  mir::TypeId inner;  // what it protects; invalid when not written
};

// The first guard that `type` holds by value: itself, or inside the type
// arguments of a wrapper (`Option<..>`, `Result<..>`, a tuple). References and
// futures hold nothing by value.
[[nodiscard]] std::optional<FoundGuard> find_guard(const mir::TypeTable& types, mir::TypeId type,
                                                   bool trimmed = false);

}  // namespace jaa::flow
