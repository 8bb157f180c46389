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

  explicit Recorded(const std::string& body) {
    const std::string folder = JAA_TESTDATA "/recorded/guard/";
    files.add("/p/queue.rs", "queue.rs", slurp(folder + "queue.rs"));
    const std::string name = "queue." + body + ".1-1-000.built.after.mir";
    const mir::Module read = mir::read_mir(slurp(folder + "mir/" + name), name);
    REQUIRE(read.problems.empty());
    REQUIRE(read.bodies.size() == 1);
    const UnitSources sources(files, "/p");
    HeldTypes types;
    types.add(read, sources);
    held = held_guards(read.bodies.front(), sources, types);
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

// A coroutine with one await, `_3` a saved local of this type. `before` and `after` are the
// statements around the await; a guard is in `_4`.
std::vector<HeldValue> held_around(const std::string& type, const std::vector<std::string>& before,
                                   const std::vector<std::string>& after) {
  base::SourceFiles files;
  files.add("/p/a.rs", "a.rs", "fn work() { let held = make(); leaf().await; }\n");
  const std::string whole = "scope 0 at a.rs:1:1: 1:10\n";
  const std::string guard = "std::sync::MutexGuard<'_, u32>";
  std::string text =
      "fn work::{closure#0}(_1: {async fn body of work()}, _2: std::future::ResumeTy) "
      "-> ()\nyields ()\n {\n    debug held => _3; // in scope 0 at a.rs:1:17: 1:21\n"
      "    let mut _0: (); // return place in " +
      whole + "    let _3: " + type +
      "; // in scope 0 at a.rs:1:17: 1:21\n"
      "    let mut _4: " +
      guard + "; // in " + whole + "    let mut _5: &" + type + "; // in " + whole +
      "    let mut _6: std::future::ResumeTy; // in " + whole + "    let mut _7: (); // in " +
      whole + "    let mut _8: " + guard + "; // in " + whole + "\n    bb0: {\n";
  const auto add = [&](const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
      text += "        " + line + "; // " + whole;
    }
  };
  add({"StorageLive(_3)"});
  add(before);
  add({"_5 = &_3"});
  text +=
      "        _6 = yield(move _7) -> [resume: bb1, drop: bb1]; // scope 0 at a.rs:1:39: 1:44\n"
      "    }\n\n    bb1: {\n";
  add(after);
  add({"StorageDead(_3)", "return"});
  text += "    }\n}\n";
  const mir::Module module = mir::read_mir(text, "a.work-{closure#0}.1-1-000.built.after.mir");
  REQUIRE(module.bodies.size() == 1);
  REQUIRE_FALSE(module.bodies.front().has_opaque);
  const UnitSources sources(files, "/p");
  HeldTypes types;
  types.add(module, sources);
  return held_guards(module.bodies.front(), sources, types);
}

TEST_CASE("a struct with a guard is held, and says in which field") {
  const auto held = held_around("Txn<'_>", {"_3 = Txn::<'_> { n: const 1_u8, rows: move _4 }"}, {});
  REQUIRE(held.size() == 1);
  CHECK(held[0].name == "held");
  CHECK(held[0].type == "Txn");
  CHECK(held[0].guard_type == "std::sync::MutexGuard<u32>");
  CHECK(held[0].inner_type == "u32");
  REQUIRE(held[0].guard_fields.size() == 1);
  CHECK(held[0].guard_fields[0].field == "rows");
  CHECK_FALSE(held[0].is_dropped_before_awaits());
  CHECK(held[0].is_certain);
}

TEST_CASE("a guard that was moved out of its struct is dropped") {
  const auto held = held_around(
      "Txn<'_>",
      {"_3 = Txn::<'_> { rows: move _4 }", "_8 = move (_3.0: std::sync::MutexGuard<'_, u32>)"}, {});
  REQUIRE(held.size() == 1);
  CHECK(held[0].is_dropped_before_awaits());
  CHECK(held[0].is_certain);
}

TEST_CASE("what has no guard yet is not certain to hold one") {
  const std::string option = "std::option::Option<std::sync::MutexGuard<'_, u32>>";
  const std::string none = "_3 = Option::<std::sync::MutexGuard<'_, u32>>::None";
  const std::string some = "_3 = Option::<std::sync::MutexGuard<'_, u32>>::Some(move _4)";
  const auto is_certain = [&](const std::vector<std::string>& before,
                              const std::vector<std::string>& after) {
    const auto held = held_around(option, before, after);
    REQUIRE(held.size() == 1);
    CHECK_FALSE(held[0].is_dropped_before_awaits());
    return held[0].is_certain;
  };
  CHECK_FALSE(is_certain({none}, {some}));
  CHECK(is_certain({none, some}, {}));
  CHECK(is_certain({some}, {none}));
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

TEST_CASE("a guard is what denies when rustc names it or what is in it") {
  mir::TypeTable types;
  const auto denies = [&types](const char* guard, const char* culprit) {
    return is_denied_by(*guard_type(types, types.parse(guard)), culprit);
  };
  CHECK(denies("std::sync::MutexGuard<'_, u32>", ""));
  CHECK(denies("std::sync::MutexGuard<'_, u32>", "std::sync::MutexGuard<'_, u32>"));
  CHECK(denies("std::sync::MutexGuard<'_, u32>", "RwLockReadGuard<'_, u32>"));
  CHECK_FALSE(denies("std::sync::MutexGuard<'_, u32>", "Rc<u32>"));
  CHECK_FALSE(denies("std::sync::MutexGuard<'_, u32>", "NonNull<u32>"));
  CHECK(denies("std::cell::RefMut<'_, u32>", "NonNull<u32>"));
  CHECK(denies("std::cell::Ref<'_, u32>", "Cell<isize>"));
  CHECK_FALSE(denies("std::cell::Ref<'_, u32>", "*mut ()"));
  CHECK(denies("lock_api::MutexGuard<'_, parking_lot::RawMutex, u32>", "*mut ()"));
}

TEST_CASE("types in messages compare without lifetimes and paths") {
  CHECK(same_type_text("std::sync::MutexGuard<'_, BTreeMap<domain::Sku, u32>>",
                       "std::sync::MutexGuard<std::collections::BTreeMap<Sku, u32>>"));
  CHECK_FALSE(same_type_text("MutexGuard<u32>", "MutexGuard<u64>"));
}

}  // namespace
}  // namespace jaa::flow
