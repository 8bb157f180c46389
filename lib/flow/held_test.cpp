#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "flow/guard_types.h"
#include "flow/held.h"
#include "flow/type_text.h"
#include "mir/reader.h"

namespace jaa::flow {
namespace {

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// One recorded body of testdata/recorded/guard and its source.
struct Recorded {
  base::SourceFiles files;
  std::vector<HeldValue> held;
  std::vector<AwaitedCall> calls;

  explicit Recorded(const std::string& body) {
    const std::string folder = JAA_TESTDATA "/recorded/guard/";
    files.add("/p/queue.rs", "queue.rs", slurp(folder + "queue.rs"));
    const std::string name = "queue." + body + ".1-1-000.built.after.mir";
    const mir::Module read = mir::read_mir(slurp(folder + "mir/" + name), name);
    REQUIRE(read.problems.empty());
    REQUIRE(read.bodies.size() == 1);
    const UnitSources sources(files, "/p");
    held = held_guards(read.bodies.front(), sources);
    calls = awaited_calls(read.bodies.front(), sources);
  }
  [[nodiscard]] std::string text(const base::Span& span) const {
    return std::string(files.text(span));
  }
};

TEST_CASE("a binding held to the end: its place, its uses, its await") {
  const Recorded work("{impl#0}-work-{closure#0}");
  REQUIRE(work.held.size() == 1);
  const HeldValue& guard = work.held.front();
  CHECK(guard.name == "done");
  CHECK(guard.is_mut);
  CHECK(work.text(guard.value) == "mut done");
  CHECK(guard.guard->family == LockFamily::StdMutex);
  CHECK(guard.inner_type == "u32");
  REQUIRE(guard.acquire.has_value());
  CHECK(work.text(*guard.acquire) == "self.done.lock()");
  REQUIRE(guard.awaits.size() == 1);
  CHECK(work.text(guard.awaits[0].whole) == "run(job).await");
  CHECK(work.text(guard.awaits[0].keyword) == "await");
  CHECK_FALSE(guard.is_dropped_before_awaits());
  REQUIRE_FALSE(guard.uses.empty());
  for (const ValueUse& use : guard.uses) {
    CHECK_FALSE(use.after_await);
    CHECK_FALSE(use.is_move);
  }
  REQUIRE(work.calls.size() == 1);
  CHECK(work.text(work.calls[0].call) == "run(job)");
}

TEST_CASE("a temporary of a loop's condition is held in the body") {
  const Recorded drain("{impl#0}-drain-{closure#0}");
  REQUIRE(drain.held.size() == 1);
  CHECK(drain.held[0].name.empty());
  CHECK(drain.text(drain.held[0].value) == "self.jobs.lock().unwrap()");
}

TEST_CASE("a body without guards holds none") {
  CHECK(Recorded("run-{closure#0}").held.empty());
  CHECK(Recorded("start-{closure#0}").held.empty());
}

TEST_CASE("guards are told by their full paths, also inside what wraps them") {
  mir::TypeTable types;
  const auto found = [&types](const char* text, bool trimmed = false) {
    return find_guard(types, types.parse(text), trimmed);
  };
  CHECK(found("std::sync::MutexGuard<'_, u32>")->guard->lock == "Mutex");
  CHECK(found("std::option::Option<std::cell::RefMut<'_, u32>>")->guard->family ==
        LockFamily::RefCell);
  CHECK(
      found("(u32, lock_api::mutex::MutexGuard<'_, parking_lot::RawMutex, u32>)")->guard->family ==
      LockFamily::LockApi);
  CHECK_FALSE(found("tokio::sync::MutexGuard<'_, u32>"));
  CHECK_FALSE(found("app::MutexGuard<'_, u32>"));
  CHECK_FALSE(found("&std::sync::MutexGuard<'_, u32>"));
  CHECK_FALSE(found("std::sync::Mutex<u32>"));
  CHECK_FALSE(found("RefMut<'_, u32>"));
  CHECK(found("RefMut<'_, u32>", true));
}

TEST_CASE("types in messages compare without lifetimes and paths") {
  CHECK(same_type_text("std::sync::MutexGuard<'_, BTreeMap<domain::Sku, u32>>",
                       "std::sync::MutexGuard<std::collections::BTreeMap<Sku, u32>>"));
  CHECK_FALSE(same_type_text("MutexGuard<u32>", "MutexGuard<u64>"));
}

}  // namespace
}  // namespace jaa::flow
