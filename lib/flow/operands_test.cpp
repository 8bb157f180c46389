#include "flow/operands.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "mir/bodies_test.h"

namespace jaa::flow {
namespace {

// The locals of the places that are read, and of those moved whole, by their numbers.
struct Seen {
  std::vector<size_t> reads;
  std::vector<size_t> moves;
  size_t operands = 0;
};

template <class Code>
Seen look(const mir::Body& body, const Code& code) {
  Seen seen;
  each_read(body, code, [&](mir::Place place) { seen.reads.push_back(body.local(place).index()); });
  each_moved_local(body, code, [&](mir::LocalId local) { seen.moves.push_back(local.index()); });
  each_operand(body, code, [&](mir::Operand operand) { seen.operands += operand.is_valid(); });
  return seen;
}

using Locals = std::vector<size_t>;

void check_statement(const std::string& line, const Locals& reads, const Locals& moves,
                     size_t operands) {
  CAPTURE(line);
  const mir::OneBody read = mir::read_statement(line);
  const Seen seen = look(read.body(), read.statement());
  CHECK(seen.reads == reads);
  CHECK(seen.moves == moves);
  CHECK(seen.operands == operands);
}

void check_terminator(const std::string& line, const Locals& reads, const Locals& moves,
                      size_t operands) {
  CAPTURE(line);
  const mir::OneBody read = mir::read_terminator(line);
  const Seen seen = look(read.body(), read.terminator());
  CHECK(seen.reads == reads);
  CHECK(seen.moves == moves);
  CHECK(seen.operands == operands);
}

TEST_CASE("what statements read and move") {
  check_statement("_3 = copy _4;", {4}, {}, 1);
  check_statement("_3 = move _4;", {4}, {4}, 1);
  check_statement("_3 = move (_1.0: A);", {1}, {}, 1);
  check_statement("(*_3) = const 1_u8;", {}, {}, 1);
  check_statement("_3 = &mut (*_4);", {4}, {}, 0);
  check_statement("_3 = discriminant(_1);", {1}, {}, 0);
  check_statement("_3 = Add(copy _4, move _5);", {4, 5}, {5}, 2);
  check_statement("_3 = [move _4; 3];", {4}, {4}, 1);
  check_statement("_3 = (move _1, const 1_u8, copy _4);", {1, 4}, {1}, 3);
  check_statement("_3 = S { a: move _4, b: move _5 };", {4, 5}, {4, 5}, 2);
  check_statement("_3 = S(move _1);", {1}, {1}, 1);
  check_statement("_3 = *const [u8] from (copy _4, copy _5);", {4, 5}, {}, 2);
  check_statement("_3 = move _4 as u8 (IntToInt);", {4}, {4}, 1);
  check_statement("_3 = no_retag copy _4;", {4}, {}, 1);
  check_statement("_3 = S;", {}, {}, 0);
  check_statement("assume(move _4);", {4}, {4}, 1);
  check_statement("copy_nonoverlapping(dst = copy _4, src = move _3, count = const 3_usize);",
                  {4, 3}, {3}, 3);
  for (const char* line : {"StorageLive(_3);", "StorageDead(_3);", "FakeRead(ForLet(None), _3);",
                           "PlaceMention(_3);", "nop;", "Deinit(_3);", "discriminant(_3) = 1;"}) {
    check_statement(line, {}, {}, 0);
  }
}

TEST_CASE("what terminators read and move") {
  check_terminator("_3 = f(move _4, copy _5) -> [return: bb1, unwind: bb2];", {4, 5}, {4}, 3);
  check_terminator("_3 = move _4(const 1_u8) -> [return: bb1, unwind: bb2];", {4}, {4}, 2);
  check_terminator("tailcall f(move _4);", {4}, {4}, 2);
  check_terminator("_3 = yield(move _4) -> [resume: bb1, drop: bb3];", {4}, {4}, 1);
  check_terminator("switchInt(move _4) -> [0: bb1, otherwise: bb3];", {4}, {4}, 1);
  check_terminator("assert(move _4, \"{}\", copy _5) -> [success: bb1, unwind continue];", {4, 5},
                   {4}, 2);
  check_terminator("drop(_3) -> [return: bb1, unwind: bb2];", {}, {}, 0);
  check_terminator("goto -> bb1;", {}, {}, 0);
}

TEST_CASE("borrows are of a place, and fake ones are none") {
  const auto borrowed = [](const std::string& line) {
    const mir::OneBody read = mir::read_statement(line);
    return read.body().local(borrowed_place(read.body(), read.statement()));
  };
  CHECK(borrowed("_3 = &_4;") == mir::LocalId(4));
  CHECK(borrowed("_3 = &mut (_1.0: A);") == mir::LocalId(1));
  CHECK(borrowed("_3 = &raw const _4;") == mir::LocalId(4));
  CHECK(borrowed("_3 = &raw mut (*_4);") == mir::LocalId(4));
  CHECK(borrowed("_3 = &raw const (fake) (*_4);") == mir::LocalId(4));
  CHECK_FALSE(borrowed("_3 = &fake shallow _4;").is_valid());
  CHECK_FALSE(borrowed("_3 = &fake _4;").is_valid());
  CHECK_FALSE(borrowed("_3 = copy _4;").is_valid());
  CHECK_FALSE(borrowed("_3 = Len(_4);").is_valid());
  CHECK_FALSE(borrowed("_3 = &/*tls*/ a::KEY;").is_valid());
  CHECK_FALSE(borrowed("StorageLive(_3);").is_valid());
}

TEST_CASE("a place mentions its base and its indexes") {
  const mir::OneBody read = mir::read_statement("((*_1)[_5].0: u8) = const 1_u8;");
  const mir::Place place = read.statement().place;
  CHECK(mentions(read.body(), place, mir::LocalId(1)));
  CHECK(mentions(read.body(), place, mir::LocalId(5)));
  CHECK_FALSE(mentions(read.body(), place, mir::LocalId(0)));
  CHECK_FALSE(mentions(read.body(), mir::Place(), mir::LocalId(0)));
  CHECK(mentions(read.body(), mir::Place::of_local(3), mir::LocalId(3)));
}

}  // namespace
}  // namespace jaa::flow
