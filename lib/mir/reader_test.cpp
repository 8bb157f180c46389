// What is read of dumps that rustc wrote; `testdata/mir` has their sources. What is read
// of other texts is in damage_test.cpp.
#include "mir/reader.h"

#include <doctest/doctest.h>

#include <vector>

#include "mir/bodies_test.h"

namespace jaa::mir {
namespace {

constexpr std::string_view Built = "guard.work-{closure#0}.1-1-000.built.after.mir";
constexpr std::string_view Promoted =
    "guard.work-{closure#0}.1-1-009.SimplifyCfg-promote-consts.after.mir";

Module read_recorded(std::string_view name) {
  return read_mir(recorded("mir/" + std::string(name)), name);
}

BlockId find_block(const Body& body, Terminator::Kind kind, std::string_view callee = {}) {
  for (size_t index = 0; index < body.blocks.size(); ++index) {
    const Terminator& end = body.terminator(BlockId(index));
    if (end.kind == kind &&
        (callee.empty() || body.types().print(body.callee(end), PathStyle::Value) == callee)) {
      return BlockId(index);
    }
  }
  FAIL("no such terminator");
  return {};
}

const Terminator& find_terminator(const Body& body, Terminator::Kind kind) {
  return body.terminator(find_block(body, kind));
}

const Body& find_body(const Module& module, std::string_view name) {
  const auto body = std::find_if(module.bodies.begin(), module.bodies.end(),
                                 [&](const Body& each) { return each.text(each.name) == name; });
  REQUIRE(body != module.bodies.end());
  return *body;
}

std::string span_text(const Body& body, const MirSpan& span) {
  return std::string(body.text(span.file)) + ":" + std::to_string(span.line) + ":" +
         std::to_string(span.column) + ": " + std::to_string(span.end_line) + ":" +
         std::to_string(span.end_column);
}

TEST_CASE("a coroutine's dump with spans is read whole") {
  const Module module = read_recorded(Built);
  CHECK(module.problems.empty());
  CHECK(module.opaque_lines == 0);
  REQUIRE(module.bodies.size() == 1);
  check_sound(module);
  const Body& body = module.bodies.front();
  const TypeTable& types = body.types();
  CHECK_FALSE(body.has_opaque);
  CHECK_FALSE(body.is_stub());
  CHECK(body.has_spans);
  CHECK(body.text(body.name) == "work::{closure#0}");
  CHECK(body.text(body.definition_path) == "work::{closure#0}");
  CHECK(body.text(body.pass) == "built");
  CHECK(body.is_after);
  CHECK(body.is_coroutine);
  CHECK(types.print(body.yield_type) == "()");
  CHECK(body.arg_count == 2);
  REQUIRE(body.locals.size() == 30);
  CHECK(types.print(body.locals[LocalId(1)].type) == "{async fn body of work()}");
  CHECK(types.print(body.locals[LocalId(5)].type) == "std::sync::MutexGuard<u32>");
  CHECK(span_text(body, body.span(LocalId(5))) == "guard.rs:8:9: 8:10");
  CHECK_FALSE(body.locals[LocalId(5)].is_mut);
  CHECK(body.locals[LocalId(6)].is_mut);

  CHECK(body.variable_name(LocalId(5)) == "g");
  CHECK(body.variable_name(LocalId(14)) == "__awaitee");
  CHECK(body.variable_name(LocalId(1)).empty());
  REQUIRE(body.debug_infos.size() == 8);
  CHECK(body.text(body.debug_infos[1].name) == "m");
  REQUIRE(body.debug_infos[1].place.is_valid());
  CHECK(body.projections(body.debug_infos[1].place)[0].field() == 0);
  REQUIRE(body.scopes.size() == 6);
  CHECK(body.scopes[ScopeId(5)].parent == ScopeId(4));
  CHECK_FALSE(body.scopes[ScopeId(0)].parent.is_valid());
  CHECK(body.locals[LocalId(14)].scope == ScopeId(3));
}

TEST_CASE("calls, drops and yields keep their targets and spans") {
  const Module module = read_recorded(Built);
  const Body& body = module.bodies.front();
  const BlockId block = find_block(body, Terminator::Kind::Call, "std::sync::Mutex::<u32>::lock");
  const Terminator& lock = body.terminator(block);
  CHECK(body.local(lock.place) == LocalId(6));
  REQUIRE(body.operands(lock).size() == 1);
  CHECK(body.operands(lock)[0].is_move());
  CHECK(body.targets(lock)[0] == BlockId(1));
  CHECK(lock.unwind_target == BlockId(48));
  CHECK(span_text(body, body.span(body.end_of(block))) == "guard.rs:8:13: 8:21");
  CHECK(span_text(body, body.callee_span(block)) == "guard.rs:8:15: 8:19");
  CHECK(body.source_info(body.end_of(block)).scope == ScopeId(2));
  REQUIRE_FALSE(body.notes_of(body.end_of(block)).empty());
  const Note& note = body.notes_of(body.end_of(block)).front();
  CHECK(note.kind == Note::Kind::Constant);
  CHECK(body.text((*body.tables)[note.constant].value).starts_with("Value("));

  const Terminator& yield = find_terminator(body, Terminator::Kind::Yield);
  CHECK(yield.operand.is_valid());
  CHECK(yield.target_count == 1);
  CHECK(yield.drop_target.is_valid());
  CHECK(body.successors(find_block(body, Terminator::Kind::Yield), true).size() == 2);

  const BlockId drop = find_block(body, Terminator::Kind::Drop);
  CHECK(body.successors(drop, false).size() + 1 == body.successors(drop, true).size());
  CHECK_FALSE(body.callee_span(drop).is_valid());
  const Terminator& poll = find_terminator(body, Terminator::Kind::SwitchInt);
  CHECK(body.targets(poll).size() == 3);
  CHECK(body.switch_values(poll).size() == 2);
  CHECK(find_terminator(body, Terminator::Kind::FalseUnwind).unwind_target.is_valid());
}

TEST_CASE("nightly's dump without spans has the same shape") {
  const Module module = read_recorded(Promoted);
  CHECK(module.problems.empty());
  REQUIRE(module.bodies.size() == 1);
  check_sound(module);
  const Body& body = module.bodies.front();
  CHECK(body.text(body.pass) == "SimplifyCfg-promote-consts");
  CHECK_FALSE(body.has_opaque);
  CHECK_FALSE(body.has_spans);
  CHECK(body.types().last_segment(body.locals[LocalId(5)].type) == "MutexGuard");
  CHECK(body.spans.size() == 1);
  const Point tick = body.end_of(find_block(body, Terminator::Kind::Call, "tick"));
  CHECK_FALSE(body.span(tick).is_valid());
  CHECK_FALSE(body.source_info(tick).scope.is_valid());
  CHECK(body.notes_of(tick).empty());
}

TEST_CASE("a file of many items is read with what lies between them") {
  const Module module = read_recorded("items.mir");
  for (const base::Problem& problem : module.problems) {
    FAIL_CHECK(problem.line, ": ", problem.text);
  }
  check_sound(module);
  std::vector<std::string> names;
  for (const Body& body : module.bodies) {
    CHECK_FALSE(body.definition_path.is_valid());
    names.push_back(std::string(body.text(body.name)) +
                    (body.pass.is_valid() ? " " + std::string(body.text(body.pass)) : ""));
  }
  CHECK(names == std::vector<std::string>{"BYTES", "COUNT", "next", "next ctfe", "TABLE",
                                          "TABLE::{constant#0}", "shapes", "slices", "chars",
                                          "Shape::Named", "Shape::Named ctfe"});
  CHECK(find_body(module, "COUNT").form == Body::Form::StaticMut);
  CHECK(find_body(module, "BYTES").form == Body::Form::Static);
  CHECK(find_body(module, "TABLE").form == Body::Form::Const);
  REQUIRE(module.constants.size() == 4);
  CHECK(module.tables->text(module.constants[0].name) == "TEXT");
  CHECK(module.tables->types.print(module.constants[0].type) == "&str");
  REQUIRE_FALSE(module.allocations.empty());
  CHECK(module.allocations[0].number == 3);
  CHECK(module.allocations[0].bytes.size() == 7);
  CHECK(module.lines > module.bodies.size());
  CHECK(module.bytes() > 0);

  const Body& chars = find_body(module, "chars");
  CHECK(chars.has_opaque);  // for its assembly
  const Terminator& assembly = find_terminator(chars, Terminator::Kind::InlineAsm);
  CHECK(chars.text(assembly.text).find("// }} -> [\nnop /* \" */") != std::string::npos);
  CHECK(chars.targets(assembly).size() == 1);
  CHECK(chars.span(chars.end_of(find_block(chars, Terminator::Kind::InlineAsm))).line == 34);
  const Body& slices = find_body(module, "slices");
  CHECK_FALSE(slices.has_opaque);
  const Terminator& exit = slices.terminator(find_block(slices, Terminator::Kind::Call, "exit"));
  CHECK(exit.target_count == 0);
  CHECK_FALSE(exit.unwind_target.is_valid());
  const Terminator& assertion = find_terminator(slices, Terminator::Kind::Assert);
  REQUIRE(slices.operands(assertion).size() == 2);
  CHECK(slices.projections(assertion.operand.place())[0].field() == 1);
}

TEST_CASE("a reader's module holds all its texts, and the reader begins anew") {
  Reader reader;
  const std::string built = recorded("mir/" + std::string(Built));
  const std::string promoted = recorded("mir/" + std::string(Promoted));
  reader.read({built, Built, 1});
  reader.read({promoted, Promoted, 1});
  const Module both = reader.finish();
  REQUIRE(both.bodies.size() == 2);
  check_sound(both);
  CHECK(print_module(both) == built + promoted);
  // The same type is one in both.
  CHECK(both.tables->types.is_same(both.bodies[0].locals[LocalId(5)].type,
                                   both.bodies[1].locals[LocalId(5)].type) ==
        (both.tables->types.print(both.bodies[0].locals[LocalId(5)].type) ==
         both.tables->types.print(both.bodies[1].locals[LocalId(5)].type)));
  CHECK(both.bodies[0].locals[LocalId(0)].type == both.bodies[1].locals[LocalId(0)].type);
  CHECK(reader.finish().bodies.empty());
  reader.read({promoted, Promoted, 1});
  CHECK(print_module(reader.finish()) == promoted);
}

TEST_CASE("one of several inputs is small and the next one long") {
  const std::string text = recorded("mir/items.mir");
  const std::string more = recorded("mir/" + std::string(Promoted));
  const Input inputs[] = {{text, "items.mir", 1}, {"", "empty.mir", 1}, {more, Promoted, 1}};
  for (const size_t parts : {0U, 1U, 2U, 7U, 100U}) {
    for (const unsigned threads : {0U, 1U, 2U}) {
      CAPTURE(parts);
      CAPTURE(threads);
      std::string printed;
      size_t bodies = 0;
      for (const Module& module : read_in_parallel(inputs, parts, threads)) {
        printed += print_module(module);
        bodies += module.bodies.size();
        CHECK(module.problems.empty());
        check_sound(module);
      }
      CHECK(printed == text + more);
      CHECK(bodies == 12);
    }
  }
  CHECK(read_in_parallel({}, 3, 2).size() == 1);
}

TEST_CASE("problems and heads have their lines in whatever part they are") {
  std::string text;
  std::vector<uint32_t> heads;
  std::vector<uint32_t> problems;
  uint32_t line = 1;
  for (int item = 0; item < 20; ++item) {
    heads.push_back(line);
    problems.push_back(line + 7);
    text += body_of({"what" + std::to_string(item) + ";", "return;"}) + "\n";
    line = 1 + static_cast<uint32_t>(std::count(text.begin(), text.end(), '\n'));
  }
  for (const size_t parts : {1U, 2U, 7U}) {
    CAPTURE(parts);
    std::vector<uint32_t> found_heads;
    std::vector<uint32_t> found_problems;
    uint64_t lines = 0;
    for (const Module& module : read_in_parallel(Input{text, "x.mir", 1}, parts, 2)) {
      for (const Body& body : module.bodies) {
        found_heads.push_back(body.first_line);
      }
      for (const base::Problem& problem : module.problems) {
        found_problems.push_back(problem.line);
      }
      lines += module.lines;
    }
    CHECK(found_heads == heads);
    CHECK(found_problems == problems);
    CHECK(lines == line - 1);
  }
  const std::vector<Module> later = read_in_parallel(Input{text, "x.mir", 101}, 2, 1);
  CHECK(later.back().bodies.back().first_line == heads.back() + 100);
}

// A run may go on with one input and begin others, and an input may be longer than a run.
TEST_CASE("lines are counted in each input alone, wherever the runs end") {
  std::string longer;
  std::vector<uint32_t> lines;
  for (int item = 0; item < 20; ++item) {
    lines.push_back(1 + static_cast<uint32_t>(std::count(longer.begin(), longer.end(), '\n')));
    longer += body_of({"what" + std::to_string(item) + ";", "return;"}) + "\n";
  }
  const std::string shorter = "\n\n" + body_of({"return;", "what;"});
  const Input inputs[] = {
      {shorter, "a.mir", 1}, {longer, "b.mir", 11}, {shorter, "c.mir", 1}, {shorter, "d.mir", 5}};
  std::vector<uint32_t> heads = {3};
  std::vector<std::string> problems = {"a.mir 11"};
  for (const uint32_t line : lines) {
    heads.push_back(line + 10);
    problems.push_back("b.mir " + std::to_string(line + 17));
  }
  heads.insert(heads.end(), {3, 7});
  problems.insert(problems.end(), {"c.mir 11", "d.mir 15"});
  for (size_t parts = 1; parts < 30; ++parts) {
    CAPTURE(parts);
    std::vector<uint32_t> found_heads;
    std::vector<std::string> found_problems;
    for (const Module& module : read_in_parallel(inputs, parts, 2)) {
      for (const Body& body : module.bodies) {
        found_heads.push_back(body.first_line);
      }
      for (const base::Problem& problem : module.problems) {
        found_problems.push_back(problem.input + " " + std::to_string(problem.line));
      }
    }
    CHECK(found_heads == heads);
    CHECK(found_problems == problems);
  }
}

TEST_CASE("each body is shown in order, as it is when all are kept") {
  std::string text = recorded("mir/items.mir");
  text += "what is this\n";
  const Module whole = read_mir(text, "items.mir");
  std::vector<std::string> kept;
  for (const Body& body : whole.bodies) {
    kept.push_back(print_body(body) + std::string(body.text(body.pass)));
  }
  std::vector<std::string> seen;
  base::Problems problems;
  for_each_body(
      {text, "items.mir", 1},
      [&](const Body& body) {
        CHECK(SoundnessCheck(body).bad() == "");
        seen.push_back(print_body(body) + std::string(body.text(body.pass)));
      },
      problems);
  CHECK(seen == kept);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].line == whole.problems[0].line);
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

TEST_CASE("comments say the pass of the body behind them") {
  const std::string body =
      "fn f() -> () {\n    let mut _0: ();\n\n    bb0: {\n        return;\n"
      "    }\n}\n";
  const std::string text = "// MIR for `f` before SimplifyCfg-final\n\n" + body +
                           "\n// MIR FOR CTFE\n" + body + "\n" + body;
  const Module module = read_mir(text, "x");
  CHECK(module.problems.empty());
  CHECK(print_module(module) == text);
  REQUIRE(module.bodies.size() == 3);
  CHECK(module.tables->text(module.bodies[0].pass) == "SimplifyCfg-final");
  CHECK_FALSE(module.bodies[0].is_after);
  CHECK(module.tables->text(module.bodies[1].pass) == "ctfe");
  CHECK(module.bodies[1].is_after);
  CHECK_FALSE(module.bodies[2].pass.is_valid());
}

}  // namespace
}  // namespace jaa::mir
