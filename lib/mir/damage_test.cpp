// Any bytes give sound bodies, in time and memory that grow with them.
#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <string>

#include "mir/bodies_test.h"

namespace jaa::mir {
namespace {

const std::array<std::string, 3> Files{
    "flow/saved/rows.wildcard.promoted.mir",
    "recorded/guard/mir/queue.run-{closure#0}.1-1-000.built.after.mir",
    "flow/saved/rows.binding.built.mir",
};

// Reads whatever it is, looks at all of it, and shows each body as well.
Module read_any(std::string_view text) {
  Module module = read_mir(text, "x.mir");
  check_sound(module);
  (void)print_module(module);
  size_t shown = 0;
  base::Problems problems;
  for_each_body({text, "x.mir", 1}, [&](const Body&) { ++shown; }, problems);
  CHECK(shown == module.bodies.size());
  // It does not look into layouts.
  CHECK(problems.size() <= module.problems.size());
  return module;
}

std::string repeat(std::string_view text, size_t times) {
  std::string result;
  for (size_t time = 0; time < times; ++time) {
    result += text;
  }
  return result;
}

TEST_CASE("a dump cut off anywhere gives a sound body and a problem") {
  for (const std::string& file : Files) {
    CAPTURE(file);
    const std::string whole = recorded(file);
    const size_t head = whole.starts_with("fn ") ? 0 : whole.find("\nfn ") + 1;
    for (size_t size = 0; size < whole.size(); ++size) {
      const std::string_view cut = std::string_view(whole).substr(0, size);
      const Module module = read_mir(cut, "x.mir");
      const bool is_sound =
          module.bodies.empty() || SoundnessCheck(module.bodies.front()).is_sound();
      const bool is_whole = size + 1 == whole.size();
      const bool is_reported = size <= head || module.problems.empty() == is_whole;
      if (!is_sound || !is_reported) {
        CAPTURE(size);
        CHECK(is_sound);
        CHECK(is_reported);
      }
    }
  }
}

TEST_CASE("damaged bytes become problems, not crashes") {
  for (const std::string& file : {Files[1], Files[2], std::string("mir/items.mir")}) {
    const std::string whole = recorded(file);
    uint32_t random = 1;
    for (int round = 0; round < 40; ++round) {
      std::string text = whole;
      for (int change = 0; change < 40; ++change) {
        random = random * 1664525U + 1013904223U;
        const size_t at = (random >> 8U) % text.size();
        constexpr std::string_view Bytes("(){}[]<>\"'\\\n|_;:,\0\xFF 9b/->", 26);
        text[at] = Bytes[random % Bytes.size()];
      }
      CHECK_FALSE(read_any(text).problems.empty());
    }
  }
}

TEST_CASE("heads that lack what they should have") {
  for (const std::string head :
       {"fn f() -> {", "fn f() ->  {", "fn f() -> ", "fn f(_1: ) -> {", "fn () -> {", "A: = {",
        "const A: = {", "static mut : = {", ": = {", "A:  = {", "fn f() -> {\nyields \n {"}) {
    CAPTURE(head);
    (void)read_any(head + "\n    let mut _0: ();\n\n    bb0: {\n        return;\n    }\n}\n");
  }
}

TEST_CASE("lines that are dropped, doubled or in another place") {
  const std::string whole = recorded(Files[1]);
  std::vector<std::string> lines;
  for (size_t at = 0; at < whole.size();) {
    const size_t end = whole.find('\n', at) + 1;
    lines.push_back(whole.substr(at, end - at));
    at = end;
  }
  const auto join = [&] {
    std::string text;
    for (const std::string& line : lines) {
      text += line;
    }
    return text;
  };
  for (size_t index = 0; index < lines.size(); ++index) {
    const std::vector<std::string> kept = lines;
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(index));
    read_any(join());
    lines = kept;
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(index), lines[index]);
    read_any(join());
    lines = kept;
    std::swap(lines[index], lines[(index * 7 + 3) % lines.size()]);
    read_any(join());
    lines = kept;
  }
}

TEST_CASE("texts that are no MIR") {
  const std::string zeros("fn f(_1: A\0) -> T {\n    let _0: \0T;\n\0\n", 38);
  for (const std::string& text : {std::string(),
                                  std::string("\n"),
                                  std::string(3000, '\n'),
                                  std::string(1000, '\0'),
                                  zeros,
                                  std::string("fn"),
                                  std::string("fn "),
                                  std::string("fn (\n"),
                                  std::string("fn f("),
                                  std::string("fn f(_1: A) -> \nyields\n"),
                                  std::string(" {\n"),
                                  std::string("{\n"),
                                  std::string(": {\n"),
                                  std::string("a: = {\n"),
                                  std::string("x: T = {"),
                                  std::string("const : = const ;"),
                                  std::string("const a: T = const ;"),
                                  std::string("static mut"),
                                  std::string("const x = {\n}\n"),
                                  std::string("}\n}\n"),
                                  std::string("// MIR for `"),
                                  std::string("// MIR for `x` "),
                                  std::string("/*"),
                                  std::string("|\n|\n"),
                                  std::string("| User Type Annotations"),
                                  std::string("\xFF\xFE\xEF\xBB\xBF"),
                                  std::string("alloc1"),
                                  std::string("alloc1 (\n")}) {
    CAPTURE(text);
    read_any(text);
  }
  const Module foreign = read_any(repeat("this is no MIR\n", 5000));
  CHECK(foreign.problems.size() == 1);
  CHECK(foreign.opaque_lines == 5000);
  CHECK(print_module(foreign) == repeat("this is no MIR\n", 5000));
  // However many problems there are, those that are kept are few.
  CHECK(read_any(repeat("no MIR\n\n", 5000)).problems.size() <= 1000);
}

TEST_CASE("line ends of another system are kept, as lines that are not understood") {
  std::string text = recorded(Files[1]);
  std::string other;
  for (const char byte : text) {
    other += byte == '\n' ? "\r\n" : std::string(1, byte);
  }
  const Module module = read_any(other);
  CHECK_FALSE(module.problems.empty());
  CHECK(module.bodies.empty());
  CHECK(print_module(module) == other);
}

TEST_CASE("the last line needs no end") {
  std::string text = recorded(Files[1]);
  text.pop_back();
  const Module module = read_any(text);
  CHECK(module.problems.empty());
  CHECK(print_module(module) == text + "\n");
}

TEST_CASE("numbers that are too large, missing or there twice") {
  // Some of it is not understood, or it is no body at all.
  const auto is_doubtful = [](const std::string& text) {
    const Module module = read_any(text);
    return !module.problems.empty() && (module.bodies.empty() || module.bodies[0].has_opaque);
  };
  const std::string huge[] = {"999999999", "4294967296", "99999999999999999999",
                              "1000",      "-1",         "007"};
  for (const std::string& number : huge) {
    CAPTURE(number);
    CHECK(is_doubtful(body_of({"_" + number + " = const 1_u8;", "return;"})));
    CHECK(is_doubtful(body_of({"_3 = copy _4[_" + number + "];", "return;"})));
    CHECK(is_doubtful(body_of({"goto -> bb" + number + ";"})));
    CHECK(is_doubtful(body_of({"drop(_3) -> [return: bb1, unwind: bb" + number + "];"})));
    CHECK(is_doubtful("fn f() -> T {\n    let _0: T;\n    let _" + number +
                      ": T as UserTypeProjection { base: UserType(1), projs: [] };\n    scope " +
                      number + " {\n        let _1: T;\n        debug x => _" + number +
                      ";\n    }\n\n    bb" + number + ": {\n        nop; // scope " + number +
                      " at a.rs:1:2: 3:" + number + "\n        discriminant(_0) = " + number +
                      ";\n        return;\n    }\n}\n"));
  }
  const std::string tail = "\n    bb0: {\n        return;\n    }\n}\n";
  CHECK(read_any("fn f() -> T {\n    let _0: T;\n    let _0: U;\n" + tail).bodies[0].has_opaque);
  CHECK(read_any("fn f(_1: T) -> T {\n" + tail).bodies[0].locals.size() == 2);
  CHECK(read_any("fn f(_1: T, _3: T) -> T {\n    let _0: T;\n" + tail).bodies.empty());
  CHECK_FALSE(read_any("fn f() -> T {\n" + tail).problems.empty());
}

TEST_CASE("two terminators in one line are none that is known") {
  const Module module =
      read_any(body_of({"goto -> bb0;      _0 = exit(const 3_i32) -> unwind continue;"}));
  CHECK(module.bodies.at(0).has_opaque);
  CHECK(module.bodies[0].terminator(BlockId(0)).kind == Terminator::Kind::Opaque);
}

TEST_CASE("blocks that are there twice, in another order or not at all") {
  const std::string head = "fn f() -> () {\n    let mut _0: ();\n";
  const auto block = [](const char* number, const char* line) {
    return std::string("\n    bb") + number + ": {\n        " + line + "\n    }\n";
  };
  const Module swapped = read_any(head + block("0", "goto -> bb2;") + block("2", "return;") +
                                  block("1", "unreachable;") + "}\n");
  const Body& body = swapped.bodies.at(0);
  CHECK(body.has_opaque);
  CHECK_FALSE(swapped.problems.empty());
  const BlockId next = body.targets(body.terminator(BlockId(0)))[0];
  CHECK(body.terminator(next).kind == Terminator::Kind::Return);

  const Module doubled = read_any(head + block("0", "goto -> bb1;") + block("1", "return;") +
                                  block("1", "unreachable;") + "}\n");
  CHECK(doubled.bodies.at(0).has_opaque);
  CHECK(doubled.bodies[0].blocks.size() == 3);
  const Module gap = read_any(head + block("0", "goto -> bb1;") + block("2", "return;") + "}\n");
  const Body& holed = gap.bodies.at(0);
  CHECK(holed.terminator(holed.targets(holed.terminator(BlockId(0)))[0]).kind ==
        Terminator::Kind::Opaque);
  const Module none = read_any(head + "}\n");
  CHECK(none.bodies.empty());
  CHECK_FALSE(none.problems.empty());
  const Module empty = read_any(head + "\n    bb0: {\n    }\n}\n");
  CHECK(empty.bodies.at(0).terminator(BlockId(0)).kind == Terminator::Kind::Opaque);
}

TEST_CASE("scopes nest without circles, and one too many is refused") {
  const Module module = read_any(
      "fn f() -> () {\n    let _0: ();\n    scope 2 {\n        scope 1 (inlined #[track_caller] g) "
      "{\n            scope 2 {\n                let _1: u8;\n            }\n        }\n    }\n"
      "    scope 900 {\n        let _2: u8;\n    }\n    scope 0 {\n    }\n"
      "\n    bb0: {\n        return;\n    }\n}\n");
  const Body& body = module.bodies.at(0);
  CHECK(module.problems.size() == 3);
  CHECK(body.has_opaque);
  CHECK(body.scopes[ScopeId(1)].parent == ScopeId(2));
  CHECK(body.scopes[ScopeId(1)].tracks_caller);
  CHECK(body.scopes[ScopeId(2)].parent == ScopeId(0));
  CHECK(body.locals[LocalId(1)].scope == ScopeId(2));
  CHECK(body.locals[LocalId(2)].scope == ScopeId(0));
  // What is kept is in proportion to the text, whatever numbers it has.
  const Module many =
      read_any(repeat("fn f() -> () {\n    let _0: ();\n    scope 900000 {\n    }\n"
                      "\n    bb0: {\n        return;\n    }\n}\n",
                      2000));
  CHECK(many.bodies.size() == 2000);
  CHECK(many.arena.used() < (size_t{8} << 20));
}

TEST_CASE("a comment that says another scope is not understood") {
  const Module module = read_any(
      "fn f() -> () {\n    let _0: ();  // return place in scope 4 at a.rs:1:2: 1:3\n\n"
      "    bb0: {\n        return;\n    }\n}\n");
  CHECK(module.bodies.at(0).has_opaque);
}

TEST_CASE("what nests very deep, or is very long, is one line that is not understood") {
  constexpr size_t Deep = 10'000;
  for (const std::string open : {"(", "((*", "<", "[", "{", "Vec<", "A::<", "fn(", "&", "<T as ",
                                 "\"", "'", "{closure@", "<impl "}) {
    CAPTURE(open);
    const std::string deep = repeat(open, Deep);
    for (const std::string& line :
         {deep + "_3 = const 1_u8;", "_3 = " + deep + ";", "_3 = copy " + deep + "_1;",
          "_3 = const " + deep + ";", "_3 = move _4 as " + deep + " (PtrToPtr);",
          "_3 = copy (_1.0: " + deep + ");", "_3 = f(" + deep + ") -> [return: bb1];",
          "_3 = " + deep + "(move _1) -> [return: bb1, unwind continue];",
          "switchInt(" + deep + ") -> [0: bb1, otherwise: bb2];", "AscribeUserType(_3, " + deep,
          "Coverage::" + deep + ";", "FakeRead(" + deep + ", _3);"}) {
      read_any(body_of({line, "return;"}));
    }
    read_any("fn f(_1: " + deep + ") -> T {\n");
    read_any("fn " + deep + "() -> T {\n");
    read_any("fn f() -> " + deep + " {\n    let _0: " + deep + ";\n    debug x => " + deep + ";\n");
    read_any("const K: " + deep + " = const " + deep + ";\n");
  }
  // Balanced ones are understood, or kept as they are.
  const std::string place = repeat("(*", Deep) + "_1" + repeat(")", Deep);
  const OneBody deref = read_statement("_3 = copy " + place + ";");
  CHECK(deref.body().all_projections.size() == Deep);
  read_statement("_3 = const " + repeat("(", Deep) + repeat(")", Deep) + ";");
  read_statement("_3 = copy (_1.0: " + repeat("Vec<", Deep) + "T" + repeat(">", Deep) + ");");
  const std::string name(1'000'000, 'a');
  read_statement("_3 = " + name + ";");
  read_statement("_3 = const \"" + name + "\";");
  read_terminator("_3 = f(" + repeat("copy _4, ", 20'000) +
                  "copy _4) -> [return: bb1, unwind continue];");
  read_any(name);
  read_any("fn " + name);
}

TEST_CASE("a body over the limit is kept as lines, and the next one is read") {
  std::string text = "fn f() -> () {\n    let mut _0: ();\n\n    bb0: {\n";
  text += repeat("        nop;\n", 5000) + "        goto -> bb1;\n    }\n\n    bb1: {\n" +
          repeat("        nop;\n", 5000) + "        return;\n    }\n}\n\n";
  Reader reader(Limits{100});
  reader.read({text + body_of({"return;"}), "x.mir", 1});
  const Module module = reader.finish();
  check_sound(module);
  REQUIRE(module.bodies.size() == 2);
  CHECK(module.bodies[0].all_statements.size() == 100);
  CHECK(module.bodies[0].has_opaque);
  CHECK_FALSE(module.bodies[1].has_opaque);
  CHECK_FALSE(module.problems.empty());
  CHECK(module.opaque_lines > 9000);
  const Module whole = read_any(text);
  CHECK(whole.bodies[0].all_statements.size() == 10'000);
}

TEST_CASE("comments, tables and layouts cut short lose nothing") {
  const std::string whole =
      "// MIR for `f` after built\n\n| User Type Annotations\n"
      "| 0: user_ty: Canonical { value: Ty(u8) }, span: a.rs:2:12: 2:22, inferred_ty: u8\n|\n"
      "alloc6 (size: 20, align: 1) {\n"
      "    0x00 │ 7d 20 2f 2f 20 22 00 ff 7e 7f 61 c3 00 00 00 00 │ } // \"..~.a.....\n"
      "    0x10 │ ╾─────alloc6<imm>─────╼                         │ ╾──────╼\n}\n\n"
      "/* coroutine_layout = CoroutineLayout {\n    field_tys: {},\n    variant_fields: {\n"
      "        Unresumed(0): [],\n    },\n    storage_conflicts: BitMatrix(0x0) {},\n} */\n";
  for (size_t size = 0; size < whole.size(); ++size) {
    const std::string cut = whole.substr(0, size);
    const Module module = read_any(cut);
    const std::string printed = print_module(module);
    // A table may have got the end that it lacks, and its last line stand before it.
    CAPTURE(cut);
    CHECK(printed.size() + 8 > cut.size());
  }
  // A row of another kind is kept, behind its table.
  const Module row = read_any("alloc6 (size: 2, align: 1) {\n    zz 7d │ .}\n    7d 7d │ }}\n}\n");
  CHECK(row.opaque_lines == 1);
  CHECK(row.problems.size() == 1);
  CHECK(print_module(row).find("    zz 7d │ .}\n") != std::string::npos);
  const Module open = read_any("alloc6 (size: 2, align: 1) {\n    7d\n\nfn\n");
  CHECK(open.problems.size() == 4);
  const Module pointer = read_any(
      "alloc6 (size: 99999999999, align: 1) {\n"
      "    0x00 │ ╾───╼ 00 00 00 00 ╾───╼ │ .\n}\n");
  CHECK(pointer.allocations.at(0).bytes.size() == 20);
}

TEST_CASE("notes that are not as rustc writes them") {
  const auto with = [](const std::string& notes) {
    return "fn f() -> () {\n    let mut _0: ();\n\n    bb0: {\n        _0 = f() -> unwind "
           "continue; "
           "// scope 0 at a.rs:1:2: 3:4\n" +
           notes + "    }\n}\n";
  };
  for (const std::string notes : {
           "// closure\n// + args: []\n// + args: []\n",
           "// closure\n// + args: [\n//     u8,\n// + args: [\n",
           "// closure\n// + args: [\n// ]\n// + args: [\n// ]\n// + kind: None\n",
           "// + span: a.rs:1:2: 3:4\n",
           "// what\n// + span: a.rs:1:2: 3:4\n",
           "// mir::ConstOperand\n// + span: nowhere\n// + user_ty: UserType(x)\n",
           "// mir::ConstOperand\n// + const_: Const { ty: A, val: }\n// + const_: Const { ty: }\n",
           "// mir::ConstOperand\n// + const_: Const { ty: (, val: 1 }\n",
           "//\n// \n//     \n",
       }) {
    CAPTURE(notes);
    std::string text;
    for (size_t at = 0; at < notes.size(); ++at) {
      text += at == 0 || notes[at - 1] == '\n' ? std::string(41, ' ') + notes[at]
                                               : std::string(1, notes[at]);
    }
    const Module module = read_any(with(text));
    CHECK(module.bodies.size() == 1);
  }
}

}  // namespace
}  // namespace jaa::mir
