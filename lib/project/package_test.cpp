#include <doctest/doctest.h>

#include "project/package.h"

namespace jaa::project {
namespace {

TEST_CASE("only locks of crates the package depends on are offered") {
  Package package;
  CHECK(package.async_locks().empty());
  package.dependencies = {"futures", "serde", "tokio"};
  const auto locks = package.async_locks();
  REQUIRE(locks.size() == 2);
  CHECK(locks[0].mutex == "tokio::sync::Mutex");
  CHECK(locks[1].rw_lock.empty());
}

TEST_CASE("only compilers that were tried count as proven") {
  CHECK(is_proven_compiler("rustc 1.95.0"));
  CHECK_FALSE(is_proven_compiler("rustc 1.95.0-beta.1"));
  CHECK_FALSE(is_proven_compiler("rustc"));
}

}  // namespace
}  // namespace jaa::project
