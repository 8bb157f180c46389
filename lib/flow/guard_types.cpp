#include "flow/guard_types.h"

#include <array>
#include <deque>

#include "flow/type_shape.h"
#include "llvm/ADT/StringRef.h"

namespace jaa::flow {
namespace {

constexpr std::array Guards{
    GuardType{"MutexGuard", LockFamily::StdMutex, "Mutex"},
    GuardType{"MappedMutexGuard", LockFamily::StdMutex, "Mutex"},
    GuardType{"RwLockReadGuard", LockFamily::StdRwLock, "RwLock"},
    GuardType{"RwLockWriteGuard", LockFamily::StdRwLock, "RwLock"},
    GuardType{"MappedRwLockReadGuard", LockFamily::StdRwLock, "RwLock"},
    GuardType{"MappedRwLockWriteGuard", LockFamily::StdRwLock, "RwLock"},
    GuardType{"ReentrantLockGuard", LockFamily::StdMutex, "ReentrantLock"},
    GuardType{"MutexGuard", LockFamily::LockApi, "Mutex"},
    GuardType{"MappedMutexGuard", LockFamily::LockApi, "Mutex"},
    GuardType{"ReentrantMutexGuard", LockFamily::LockApi, "ReentrantMutex"},
    GuardType{"RwLockReadGuard", LockFamily::LockApi, "RwLock"},
    GuardType{"RwLockWriteGuard", LockFamily::LockApi, "RwLock"},
    GuardType{"RwLockUpgradableReadGuard", LockFamily::LockApi, "RwLock"},
    GuardType{"MappedRwLockReadGuard", LockFamily::LockApi, "RwLock"},
    GuardType{"MappedRwLockWriteGuard", LockFamily::LockApi, "RwLock"},
    GuardType{"Ref", LockFamily::RefCell, "RefCell"},
    GuardType{"RefMut", LockFamily::RefCell, "RefCell"},
};

// parking_lot's guards are aliases of lock_api's and print as such, under
// whichever path is visible.
bool lives_in(llvm::StringRef path, LockFamily family) {
  switch (family) {
    case LockFamily::StdMutex:
    case LockFamily::StdRwLock:
      return path.starts_with("std::sync::");
    case LockFamily::RefCell:
      return path.starts_with("std::cell::") || path.starts_with("core::cell::");
    case LockFamily::LockApi:
      return path.starts_with("lock_api::") || path.contains("::lock_api::") ||
             path.starts_with("parking_lot::");
  }
  return false;
}

}  // namespace

const GuardType* guard_type(const mir::TypeTable& types, mir::TypeId type, bool trimmed) {
  if (!type.is_valid() || types[type].kind != mir::Type::Kind::Path) {
    return nullptr;
  }
  const std::string_view full = types[type].name;
  const llvm::StringRef path(full.data(), full.size());
  const llvm::StringRef name = path.rsplit("::").second.empty() ? path : path.rsplit("::").second;
  const bool has_path = path.contains("::");
  for (const GuardType& guard : Guards) {
    if (name == llvm::StringRef(guard.name) &&
        (lives_in(path, guard.family) || (trimmed && !has_path))) {
      return &guard;
    }
  }
  return nullptr;
}

bool is_denied_by(const GuardType& guard, std::string_view culprit) {
  if (culprit.empty()) {
    return true;
  }
  mir::TypeTable types;
  const mir::TypeId type = types.parse(culprit);
  if (guard_type(types, type, /*trimmed=*/true) != nullptr) {
    return true;  // there may be several in one value
  }
  switch (guard.family) {
    case LockFamily::StdMutex:
    case LockFamily::StdRwLock:
      return false;
    case LockFamily::LockApi:
      return types[type].kind == mir::Type::Kind::RawPtr;
    case LockFamily::RefCell:
      return is_named(types, type, {"NonNull", "Cell"});
  }
  return false;
}

std::optional<FoundGuard> find_guard(const mir::TypeTable& types, mir::TypeId type, bool trimmed) {
  constexpr size_t MostParts = 256;
  std::deque<mir::TypeId> parts{type};
  for (size_t seen = 0; !parts.empty() && seen < MostParts; ++seen) {
    const mir::TypeId part = parts.front();
    parts.pop_front();
    if (!part.is_valid()) {
      continue;
    }
    const mir::Type shape = types[part];
    using Kind = mir::Type::Kind;
    if (const GuardType* guard = guard_type(types, part, trimmed)) {
      FoundGuard found{guard, part, {}};
      if (!shape.args.empty()) {
        found.inner = shape.args.back();
      }
      return found;
    }
    if (shape.kind == Kind::Path || shape.kind == Kind::Tuple || shape.kind == Kind::Array) {
      parts.insert(parts.end(), shape.args.begin(), shape.args.end());
    }
  }
  return std::nullopt;
}

}  // namespace jaa::flow
