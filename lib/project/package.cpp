#include "project/package.h"

#include <algorithm>
#include <array>

namespace jaa::project {
namespace {

constexpr std::array KnownLocks{
    AsyncLocks{"tokio", "tokio::sync::Mutex", "tokio::sync::RwLock"},
    AsyncLocks{"smol", "smol::lock::Mutex", "smol::lock::RwLock"},
    AsyncLocks{"async_std", "async_std::sync::Mutex", "async_std::sync::RwLock"},
    AsyncLocks{"async_lock", "async_lock::Mutex", "async_lock::RwLock"},
    AsyncLocks{"futures", "futures::lock::Mutex", ""},
    AsyncLocks{"futures_util", "futures_util::lock::Mutex", ""},
};

}  // namespace

bool Package::is_nightly() const {
  return compiler.ends_with("-nightly") || compiler.ends_with("-dev");
}

bool Package::depends_on(std::string_view crate) const {
  return std::find(dependencies.begin(), dependencies.end(), crate) != dependencies.end();
}

std::vector<AsyncLocks> Package::async_locks() const {
  std::vector<AsyncLocks> result;
  for (const AsyncLocks& locks : KnownLocks) {
    if (depends_on(locks.crate)) {
      result.push_back(locks);
    }
  }
  return result;
}

bool is_proven_compiler(std::string_view version) {
  constexpr std::array Proven{std::string_view("rustc 1.95.0"),
                              std::string_view("rustc 1.97.0-nightly")};
  return std::find(Proven.begin(), Proven.end(), version) != Proven.end();
}

}  // namespace jaa::project
