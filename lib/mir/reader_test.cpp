// What is read of dumps that rustc wrote; `testdata/mir` has their sources.
#include "mir/reader.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace jaa::mir {
namespace {

constexpr std::string_view Built = "guard.work-{closure#0}.1-1-000.built.after.mir";
constexpr std::string_view Promoted =
    "guard.work-{closure#0}.1-1-009.SimplifyCfg-promote-consts.after.mir";

std::string recorded(std::string_view name) {
  std::ifstream stream(std::string(JAA_TESTDATA "/mir/") + std::string(name), std::ios::binary);
  REQUIRE(stream.good());
  return {std::istreambuf_iterator<char>(stream), {}};
}

const Terminator& find_call(const Body& body, std::string_view callee) {
  const auto block = std::find_if(body.blocks.begin(), body.blocks.end(), [&](const Block& each) {
    return each.terminator.kind == Terminator::Kind::Call && each.terminator.callee.text == callee;
  });
  REQUIRE(block != body.blocks.end());
  return block->terminator;
}

const Terminator& find_terminator(const Body& body, Terminator::Kind kind) {
  const auto block = std::find_if(body.blocks.begin(), body.blocks.end(),
                                  [&](const Block& each) { return each.terminator.kind == kind; });
  REQUIRE(block != body.blocks.end());
  return block->terminator;
}

const Body& find_body(const ReadResult& result, std::string_view name) {
  const auto body = std::find_if(result.bodies.begin(), result.bodies.end(),
                                 [&](const Body& each) { return each.name == name; });
  REQUIRE(body != result.bodies.end());
  return *body;
}

// All that is printed with indices must be there.
void check_ids(const Body& body, const TypeTable& types) {
  CHECK_FALSE(body.blocks.empty());
  CHECK(body.arg_count < body.locals.size());
  const auto check_place = [&](const Place& place) {
    CHECK((!place.local.is_valid() || body.locals.contains(place.local)));
    for (const Projection& projection : place.projections) {
      CHECK((!projection.index.is_valid() || body.locals.contains(projection.index)));
    }
  };
  for (const Local& local : body.locals) {
    CHECK(local.type.index() < types.size());
    CHECK((!local.scope.is_valid() || body.scopes.contains(local.scope)));
  }
  for (const Scope& scope : body.scopes) {
    CHECK((!scope.parent.is_valid() || body.scopes.contains(scope.parent)));
  }
  for (const Block& block : body.blocks) {
    for (const Statement& statement : block.statements) {
      check_place(statement.place);
      check_place(statement.rvalue.place);
      CHECK((!statement.scope.is_valid() || body.scopes.contains(statement.scope)));
    }
    for (const BlockId target : block.terminator.successors(true)) {
      CHECK(body.blocks.contains(target));
    }
  }
}

TEST_CASE("a coroutine's dump with spans is read whole") {
  TypeTable types;
  const ReadResult result = read_mir(recorded(Built), Built, types);
  CHECK(result.problems.empty());
  REQUIRE(result.bodies.size() == 1);
  const Body& body = result.bodies.front();
  check_ids(body, types);
  CHECK_FALSE(body.has_opaque);
  CHECK_FALSE(body.is_stub());
  CHECK(body.name == "work::{closure#0}");
  CHECK(body.definition_path == "work::{closure#0}");
  CHECK(body.pass == "built");
  CHECK(body.is_after);
  CHECK(body.is_coroutine);
  CHECK(types.print(body.yield_type) == "()");
  CHECK(body.arg_count == 2);
  REQUIRE(body.locals.size() == 30);
  CHECK(types.print(body.locals[LocalId(1)].type) == "{async fn body of work()}");
  CHECK(types.print(body.locals[LocalId(5)].type) == "std::sync::MutexGuard<u32>");
  CHECK(body.locals[LocalId(5)].span == MirSpan{0, 8, 9, 8, 10});
  CHECK_FALSE(body.locals[LocalId(5)].is_mut);
  CHECK(body.locals[LocalId(6)].is_mut);
  CHECK(body.files == std::vector<std::string>{"guard.rs"});

  CHECK(body.variable_name(LocalId(5)) == "g");
  CHECK(body.variable_name(LocalId(14)) == "__awaitee");
  CHECK(body.variable_name(LocalId(1)).empty());
  REQUIRE(body.debug_infos.size() == 8);
  CHECK(body.debug_infos[1].name == "m");
  REQUIRE(body.debug_infos[1].place.has_value());
  CHECK(body.debug_infos[1].place->projections[0].field == 0);
  REQUIRE(body.scopes.size() == 6);
  CHECK(body.scopes[ScopeId(5)].parent == ScopeId(4));
  CHECK_FALSE(body.scopes[ScopeId(0)].parent.is_valid());
  CHECK(body.locals[LocalId(14)].scope == ScopeId(3));
}

TEST_CASE("calls, drops and yields keep their targets and spans") {
  TypeTable types;
  const ReadResult result = read_mir(recorded(Built), Built, types);
  const Body& body = result.bodies.front();
  const Terminator& lock = find_call(body, "std::sync::Mutex::<u32>::lock");
  CHECK(lock.place.local == LocalId(6));
  REQUIRE(lock.operands.size() == 1);
  CHECK(lock.operands[0].kind == Operand::Kind::Move);
  CHECK(lock.targets[0] == BlockId(1));
  CHECK(lock.unwind_target == BlockId(48));
  CHECK(lock.span == MirSpan{0, 8, 13, 8, 21});
  CHECK(lock.callee_span == MirSpan{0, 8, 15, 8, 19});
  CHECK(lock.scope == ScopeId(2));

  const Terminator& yield = find_terminator(body, Terminator::Kind::Yield);
  CHECK(yield.operands.size() == 1);
  CHECK(yield.targets.size() == 1);
  CHECK(yield.drop_target.is_valid());
  CHECK(yield.successors(true).size() == 2);

  const Terminator& drop = find_terminator(body, Terminator::Kind::Drop);
  CHECK(drop.successors(false).size() + 1 == drop.successors(true).size());
  const Terminator& poll = find_terminator(body, Terminator::Kind::SwitchInt);
  CHECK(poll.targets.size() == 3);
  CHECK(poll.switch_values.size() == 2);
  // `goto` from the lowering of await has no place in the source.
  CHECK(find_terminator(body, Terminator::Kind::FalseUnwind).unwind_target.is_valid());
}

TEST_CASE("nightly's dump without spans has the same shape") {
  TypeTable types;
  const ReadResult result = read_mir(recorded(Promoted), Promoted, types);
  CHECK(result.problems.empty());
  REQUIRE(result.bodies.size() == 1);
  const Body& body = result.bodies.front();
  check_ids(body, types);
  CHECK(body.pass == "SimplifyCfg-promote-consts");
  CHECK_FALSE(body.has_opaque);
  CHECK(types.last_segment(body.locals[LocalId(5)].type) == "MutexGuard");
  CHECK(body.files.empty());
  CHECK_FALSE(find_call(body, "tick").span.is_valid());
  CHECK_FALSE(find_call(body, "tick").scope.is_valid());
}

TEST_CASE("a file of many items is read with what lies between them") {
  TypeTable types;
  const ReadResult result = read_mir(recorded("items.mir"), "items.mir", types);
  for (const base::Problem& problem : result.problems) {
    FAIL_CHECK(problem.line, ": ", problem.text);
  }
  std::vector<std::string> names;
  for (const Body& body : result.bodies) {
    check_ids(body, types);
    CHECK_FALSE(body.has_opaque);
    CHECK(body.definition_path.empty());
    names.push_back(body.name + (body.pass.empty() ? "" : " " + body.pass));
  }
  CHECK(names == std::vector<std::string>{"BYTES", "COUNT", "next", "next ctfe", "TABLE",
                                          "TABLE::{constant#0}", "shapes", "slices", "chars",
                                          "Shape::Named", "Shape::Named ctfe"});
  const Body& chars = find_body(result, "chars");
  const Terminator& assembly = find_terminator(chars, Terminator::Kind::InlineAsm);
  CHECK(assembly.text.find("// }} -> [\nnop /* \" */") != std::string::npos);
  CHECK(assembly.targets.size() == 1);
  CHECK(assembly.span.line == 34);
  const Body& slices = find_body(result, "slices");
  const Terminator& exit = find_call(slices, "exit");
  CHECK(exit.targets.empty());
  CHECK_FALSE(exit.unwind_target.is_valid());
  const Terminator& assertion = find_terminator(slices, Terminator::Kind::Assert);
  CHECK(assertion.operands.size() == 3);
  CHECK(assertion.operands[0].place.projections[0].field == 1);
}

TEST_CASE("a dump cut off anywhere still gives sound bodies") {
  const std::string whole = recorded(Promoted);
  for (size_t size = 0; size < whole.size(); ++size) {
    TypeTable types;
    const ReadResult result = read_mir(std::string_view(whole).substr(0, size), Promoted, types);
    for (const Body& body : result.bodies) {
      check_ids(body, types);
    }
    const bool is_whole = size + 1 == whole.size();
    CHECK((size < 200 || is_whole || !result.problems.empty()));
  }
}

TEST_CASE("damaged bytes become problems, not crashes") {
  for (const std::string_view name : {std::string_view("items.mir"), Built}) {
    const std::string whole = recorded(name);
    uint32_t random = 1;
    for (int round = 0; round < 60; ++round) {
      std::string text = whole;
      for (int change = 0; change < 40; ++change) {
        random = random * 1664525U + 1013904223U;
        const size_t at = (random >> 8U) % text.size();
        constexpr std::string_view Bytes("(){}[]<>\"'\\\n|_;:,\0\xFF 9b/->", 26);
        text[at] = Bytes[random % Bytes.size()];
      }
      TypeTable types;
      const ReadResult result = read_mir(text, name, types);
      for (const Body& body : result.bodies) {
        check_ids(body, types);
      }
      CHECK_FALSE(result.problems.empty());
    }
  }
}

TEST_CASE("the parts of a dump's file name") {
  const DumpFileName method =
      parse_dump_file_name("/d/ok.{impl#0}-method-{closure#0}.1-1-000.built.after.mir");
  CHECK(method.crate == "ok");
  CHECK(method.definition_path == "{impl#0}::method::{closure#0}");
  CHECK(method.pass == "built");
  CHECK(method.is_after);
  const DumpFileName before = parse_dump_file_name("lk.a1.SimplifyCfg-promote-consts.before.mir");
  CHECK(before.definition_path == "a1");
  CHECK(before.pass == "SimplifyCfg-promote-consts");
  CHECK_FALSE(before.is_after);
  const DumpFileName resume =
      parse_dump_file_name("ok.two-{closure#0}.-------.coroutine_resume.0.mir");
  CHECK(resume.definition_path == "two::{closure#0}");
  CHECK(resume.pass == "coroutine_resume");
  for (const char* other : {"items.mir", "a.b.mir", "a.built.after.mir", ".x.built.after.mir", "",
                            "ok.two.1-1-000.built.after.dot"}) {
    CHECK(parse_dump_file_name(other).crate.empty());
  }
}

}  // namespace
}  // namespace jaa::mir
