// The classic questions, asked of small bodies.
#include "flow/locals.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "mir/bodies_test.h"

namespace jaa::flow {
namespace {

using Locals = std::vector<unsigned>;

mir::BlockId block(size_t index) {
  return mir::BlockId(index);
}

Locals members(const LocalSet& set) {
  Locals result;
  for (const unsigned local : set.set_bits()) {
    result.push_back(local);
  }
  return result;
}

// A body with arguments `_1` and `_2`, locals up to `_6`, and these blocks, of which
// each is its lines.
mir::OneBody body_of(const std::vector<std::vector<std::string>>& blocks) {
  std::string text = "fn f(_1: A, _2: B) -> T {\n    let mut _0: T;\n";
  for (const char* local : {"_3", "_4", "_5", "_6"}) {
    text += std::string("    let mut ") + local + ": L;\n";
  }
  for (size_t index = 0; index < blocks.size(); ++index) {
    const bool is_cleanup = blocks[index].back() == "resume;";
    text += "\n    bb" + std::to_string(index) + (is_cleanup ? " (cleanup)" : "") + ": {\n";
    for (const std::string& line : blocks[index]) {
      text += "        " + line + "\n";
    }
    text += "    }\n";
  }
  return mir::read_exactly(text + "}\n");
}

template <class Analysis>
Solution<Analysis> solve(const mir::OneBody& read) {
  return Solution<Analysis>(read.body(), Analysis(read.body()));
}

TEST_CASE("live is what is read before it is written") {
  const mir::OneBody read = body_of({
      {"_3 = copy _1;", "_4 = copy _3;", "switchInt(copy _4) -> [0: bb1, otherwise: bb2];"},
      {"_0 = copy _3;", "goto -> bb3;"},
      {"_3 = const 1_u8;", "_0 = copy _2;", "goto -> bb3;"},
      {"return;"},
  });
  const auto live = solve<Liveness>(read);
  CHECK(members(live.before({block(0), 0})) == Locals{1, 2});
  CHECK(members(live.before({block(0), 2})) == Locals{2, 3, 4});
  CHECK(members(live.after({block(0), 2})) == Locals{2, 3});
  CHECK(members(live.before({block(1), 0})) == Locals{3});
  CHECK(members(live.before({block(2), 0})) == Locals{2});
  CHECK(members(live.before({block(3), 0})) == Locals{0});
  CHECK(members(live.after({block(3), 0})).empty());
}

TEST_CASE("liveness goes around a loop, and through parts of places") {
  const mir::OneBody read = body_of({
      {"_3 = const 0_u8;", "goto -> bb1;"},
      {"_4 = copy (*_5)[_6];", "switchInt(copy _4) -> [0: bb2, otherwise: bb3];"},
      {"_3 = Add(copy _3, const 1_u8);", "(_5.1: u8) = move _4;", "goto -> bb1;"},
      {"_5 = move _5;", "return;"},
  });
  const auto live = solve<Liveness>(read);
  CHECK(members(live.before({block(1), 0})) == Locals{0, 3, 5, 6});
  CHECK(members(live.before({block(0), 0})) == Locals{0, 5, 6});
  // A part is written: the rest of it lives on.
  CHECK(members(live.before({block(2), 1})) == Locals{0, 3, 4, 5, 6});
  CHECK(members(live.before({block(3), 0})) == Locals{0, 5});
  CHECK(members(live.before({block(3), 1})) == Locals{0});
}

TEST_CASE("drops and calls use and define") {
  const mir::OneBody read = body_of({
      {"_3 = f(move _4, copy (*_5)) -> [return: bb1, unwind: bb3];"},
      {"drop(_3) -> [return: bb2, unwind: bb3];"},
      {"return;"},
      {"resume;"},
  });
  const auto live = solve<Liveness>(read);
  CHECK(members(live.before({block(0), 0})) == Locals{0, 4, 5});
  CHECK(members(live.before({block(1), 0})) == Locals{0, 3});
}

TEST_CASE("ever borrowed lasts until the storage ends") {
  const mir::OneBody read = body_of({
      {"_3 = &_4;", "_5 = &raw mut (_6.0: u8);", "_5 = &mut (*_1);", "_5 = &fake shallow _2;",
       "switchInt(copy _2) -> [0: bb1, otherwise: bb2];"},
      {"StorageDead(_4);", "goto -> bb3;"},
      {"StorageDead(_6);", "drop(_2) -> [return: bb3, unwind continue];"},
      {"return;"},
  });
  const auto borrowed = solve<EverBorrowed>(read);
  CHECK(members(borrowed.before({block(0), 0})).empty());
  CHECK(members(borrowed.after({block(0), 0})) == Locals{4});
  // Through a pointer it is not the local itself; a fake borrow is none.
  CHECK(members(borrowed.after({block(0), 3})) == Locals{4, 6});
  CHECK(members(borrowed.before({block(1), 1})) == Locals{6});
  // Dropping borrows.
  CHECK(members(borrowed.after({block(2), 1})) == Locals{2, 4});
  CHECK(members(borrowed.before({block(3), 0})) == Locals{2, 4, 6});
}

TEST_CASE("maybe initialised is what is not moved, dropped or dead") {
  const mir::OneBody read = body_of({
      {"StorageLive(_3);", "_3 = move _1;", "switchInt(copy _2) -> [0: bb1, otherwise: bb2];"},
      {"_4 = move _3;", "goto -> bb3;"},
      {"_5 = f(copy _2) -> [return: bb3, unwind: bb4];"},
      {"drop(_3) -> [return: bb5, unwind: bb4];"},
      {"resume;"},
      {"StorageDead(_4);", "return;"},
  });
  const auto initialised = solve<MaybeInitialised>(read);
  CHECK(members(initialised.before({block(0), 0})) == Locals{1, 2});
  CHECK(members(initialised.after({block(0), 1})) == Locals{2, 3});
  CHECK(members(initialised.before({block(1), 1})) == Locals{2, 4});
  CHECK(members(initialised.before({block(3), 0})) == Locals{2, 3, 4, 5});
  // The call that unwound has written nothing; the drop that did has dropped.
  CHECK(members(initialised.before({block(4), 0})) == Locals{2, 3, 4, 5});
  CHECK(members(initialised.before({block(5), 0})) == Locals{2, 4, 5});
  CHECK(members(initialised.before({block(5), 1})) == Locals{2, 5});

  const auto missing = solve<MaybeUninitialised>(read);
  CHECK(members(missing.before({block(0), 0})) == Locals{0, 3, 4, 5, 6});
  CHECK(members(missing.after({block(0), 1})) == Locals{0, 1, 4, 5, 6});
  CHECK(members(missing.before({block(3), 0})) == Locals{0, 1, 3, 4, 5, 6});
  CHECK(members(missing.before({block(2), 0})) == Locals{0, 1, 4, 5, 6});
  CHECK(members(missing.before({block(5), 0})) == Locals{0, 1, 3, 4, 5, 6});
}

TEST_CASE("storage is required of what holds a value, or was borrowed while it did") {
  const mir::OneBody read = body_of({
      {"_3 = const 1_u8;", "_4 = const 1_u8;", "_5 = &_4;", "_6 = move _3;", "_6 = move _4;",
       "StorageDead(_6);", "_0 = f(move _2) -> [return: bb1, unwind: bb2];"},
      {"return;"},
      {"resume;"},
  });
  const auto storage = solve<RequiresStorage>(read);
  const auto required = [&](Point point) { return members(storage.before(point).required); };
  // The first argument of a coroutine is the coroutine.
  CHECK(required({block(0), 0}) == Locals{2});
  CHECK(required({block(0), 3}) == Locals{2, 3, 4, 5});
  // Moved out and never borrowed: not needed any more.
  CHECK(required({block(0), 4}) == Locals{2, 4, 5, 6});
  // Moved out, but what borrows it may still be there.
  CHECK(required({block(0), 5}) == Locals{2, 4, 5, 6});
  CHECK(required({block(0), 6}) == Locals{2, 4, 5});
  CHECK(required({block(1), 0}) == Locals{0, 4, 5});
  CHECK(required({block(2), 0}) == Locals{4, 5});
  CHECK(members(storage.before({block(0), 6}).borrowed) == Locals{4});
}

TEST_CASE("drops are where a value may be, and conditional where it may be missing") {
  const mir::OneBody read = body_of({
      {"_3 = const 1_u8;", "_4 = const 1_u8;", "_5 = const 1_u8;",
       "switchInt(copy _2) -> [0: bb1, otherwise: bb2];"},
      {"_6 = move _3;", "goto -> bb2;"},
      {"_0 = move _5;", "drop(_3) -> [return: bb3, unwind continue];"},
      {"drop((_4.0: u8)) -> [return: bb4, unwind continue];"},
      {"drop(_5) -> [return: bb5, unwind continue];"},
      {"drop((*_1)) -> [return: bb6, unwind continue];"},
      {"drop(_4) -> [return: bb7, unwind continue];"},
      {"return;"},
  });
  struct Drop {
    size_t block;
    size_t local;
    bool is_conditional;
    bool operator==(const Drop&) const = default;
  };
  std::vector<Drop> drops;
  for (const DropPoint& drop : drop_points(read.body())) {
    drops.push_back({drop.block.index(), drop.local.index(), drop.is_conditional});
  }
  // The moved `_5` is dropped nowhere, and what is behind a pointer is not the local's.
  const std::vector<Drop> expected{{2, 3, true}, {3, 4, false}, {6, 4, false}};
  CHECK(drops.size() == expected.size());
  CHECK((drops == expected));
}

TEST_CASE("drops on the way of a panic, and of loops") {
  const mir::Module module = mir::read_mir(
      "fn f(_1: A) -> T {\n    let mut _0: T;\n    let mut _2: L;\n\n    bb0: {\n"
      "        goto -> bb1;\n    }\n\n    bb1: {\n"
      "        _2 = f() -> [return: bb2, unwind: bb3];\n    }\n\n    bb2: {\n"
      "        drop(_2) -> [return: bb1, unwind: bb3];\n    }\n\n    bb3 (cleanup): {\n"
      "        drop(_1) -> [return: bb4, unwind terminate(cleanup)];\n    }\n\n"
      "    bb4 (cleanup): {\n        resume;\n    }\n}\n",
      "x");
  REQUIRE(module.bodies.size() == 1);
  const std::vector<DropPoint> drops = drop_points(module.bodies[0]);
  REQUIRE(drops.size() == 1);
  CHECK(drops[0].block == block(2));
  CHECK(drops[0].local == mir::LocalId(2));
  CHECK_FALSE(drops[0].is_conditional);
}

}  // namespace
}  // namespace jaa::flow
