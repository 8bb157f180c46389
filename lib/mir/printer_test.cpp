// Bodies and items print back as what they were read from, under their own numbers and
// under others.
#include "mir/printer.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "mir/bodies_test.h"

namespace jaa::mir {
namespace {

// The MIR of a folder of `testdata` and of what is below it, by name.
std::set<std::string> recorded_files(const std::string& folder) {
  const std::filesystem::path root(JAA_TESTDATA);
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
    if (entry.path().extension() == ".mir") {
      names.insert(std::filesystem::relative(entry.path(), root).string());
    }
  }
  REQUIRE_FALSE(names.empty());
  return names;
}

// Bodies keep what they are when locals and blocks are numbered anew and back.
void check_renumbering(const Body& body) {
  const std::string text = print_body(body);
  const Numbering numbering = Numbering::reversed(body);
  const std::string other = print_body(body, numbering);
  CHECK((other != text) ==
        (body.locals.size() > body.arg_count + size_t{2} || body.blocks.size() > 2));
  const OneBody again = read_one(other);
  CHECK(again.module.problems.empty());
  CHECK(again.body().has_opaque == body.has_opaque);
  CHECK(print_module(again.module) == other);
  CHECK(print_body(again.body(), numbering.inverse()) == text);
}

Module check_exact(const std::string& text) {
  Module module = read_mir(text, "x.mir");
  for (const base::Problem& problem : module.problems) {
    FAIL_CHECK(problem.line, ": ", problem.text);
  }
  CHECK(module.opaque_lines == 0);
  check_sound(module);
  CHECK(print_module(module) == text);
  for (const Body& body : module.bodies) {
    CHECK_FALSE(body.has_opaque);
    check_renumbering(body);
  }
  return module;
}

TEST_CASE("recorded files print as they are, whole, in parts and renumbered") {
  for (const char* folder : {"mir", "flow/saved", "recorded"}) {
    for (const std::string& name : recorded_files(folder)) {
      CAPTURE(name);
      const std::string text = recorded(name);
      const Module module = read_mir(text, name);
      CHECK(module.problems.empty());
      CHECK(print_module(module) == text);
      for (const Body& body : module.bodies) {
        check_renumbering(body);
      }
      std::string parts;
      for (const Module& part : read_in_parallel(Input{text, name, 1}, 7, 1)) {
        parts += print_module(part);
      }
      CHECK(parts == text);
    }
  }
}

TEST_CASE("a numbering keeps what has a meaning of its own") {
  const OneBody read = read_exactly(body_of({"return;"}));
  const Numbering numbering = Numbering::reversed(read.body());
  CHECK(numbering.locals == std::vector<uint32_t>{0, 1, 2, 5, 4, 3});
  CHECK(numbering.blocks == std::vector<uint32_t>{0, 3, 2, 1});
  CHECK(numbering.inverse().locals == numbering.locals);
  const Numbering turned{{0, 2, 3, 1}, {1, 2, 0}};
  CHECK(turned.inverse().locals == std::vector<uint32_t>{0, 3, 1, 2});
  CHECK(turned.inverse().blocks == std::vector<uint32_t>{2, 0, 1});
}

TEST_CASE("locals and blocks have their other numbers everywhere") {
  const OneBody read = read_exactly(
      body_of({"_3 = copy (*_4)[_5];", "_4 = f(move _3, copy _5) -> [return: bb1, unwind: bb3];"}));
  const std::string other = print_body(read.body(), Numbering::reversed(read.body()));
  CHECK(other.find("    bb0: {\n        _5 = copy (*_4)[_3];\n"
                   "        _4 = f(move _5, copy _3) -> [return: bb3, unwind: bb1];\n") !=
        std::string::npos);
  CHECK(other.find("    let _3: usize;\n    let mut _4: u8;\n    let _5: Foo<u8>;\n") !=
        std::string::npos);
  CHECK(other.find("    bb2 (cleanup): {\n") != std::string::npos);
}

TEST_CASE("heads of every form") {
  const std::string code = "    let mut _0: T;\n\n    bb0: {\n        return;\n    }\n}\n";
  for (const char* head : {
           "fn f() -> T {\n",
           "fn <impl at src/a b.rs:1:1: 1:5>::f(_1: (A, B), _2: fn(u8) -> u8) -> T {\n",
           "fn f::{closure#0}(_1: &mut {async closure body@a.rs:1:2: 3:4}) -> T\nyields ()\n {\n",
           "fn <T as Tr<fn(u8)>>::f(_1: Pin<&mut T>) -> impl Future<Output = T> + 'a {\n",
           "const A::<T>::K: T = {\n",
           "static S: T = {\n",
           "static mut a::S: T = {\n",
           "promoted[0] in f::<T>: &[&str; 1] = {\n",
           "a::K::{constant#0}: T = {\n",
           "const <impl at a.rs:1:1: 2:2>::K: fn(u8) -> T = {\n",
       }) {
    const Module module = check_exact(head + code);
    REQUIRE(module.bodies.size() == 1);
  }
  const Module promoted = check_exact("promoted[0] in f::<T>: &[&str; 1] = {\n" + code);
  CHECK(promoted.bodies[0].form == Body::Form::Anonymous);
  CHECK(promoted.tables->text(promoted.bodies[0].name) == "promoted[0] in f::<T>");
  CHECK(promoted.tables->types.print(promoted.bodies[0].result_type) == "&[&str; 1]");
}

TEST_CASE("declarations, scopes and variables") {
  const Module module = check_exact(
      "fn f(_1: A, _2: B) -> T {\n"
      "    debug a => _1;\n"
      "    debug (b.0: u8) => (_2.0: u8);\n"
      "    debug c => const 1_u8;\n"
      "    debug d => const ZeroSized: std::convert::Infallible;\n"
      "    debug e => const a::None;\n"
      "    debug g => ((*_1).2: [u8; 2])[_3];\n"
      "    debug h => mk::<T>;\n"
      "    let mut _0: T;\n"
      "    let _4: u8 as UserTypeProjection { base: UserType(0), projs: [] } as "
      "UserTypeProjection { base: UserType(2), projs: [Field(0, ())] };\n"
      "    scope 1 {\n"
      "        debug x => _3;\n"
      "        let mut _3: usize;\n"
      "        scope 2 (inlined #[track_caller] Foo::<u8>::g) {\n"
      "            scope 3 (inlined <T as Tr>::h) {\n"
      "            }\n"
      "        }\n"
      "    }\n"
      "    scope 4 {\n"
      "    }\n"
      "\n    bb0: {\n        return;\n    }\n}\n");
  const Body& body = module.bodies.at(0);
  CHECK(body.debug_infos.size() == 8);
  CHECK(body.debug_infos[2].constant.is_valid());
  CHECK(body.user_type_projections.size() == 2);
  CHECK(body.user_type_projections[1].local == LocalId(4));
  CHECK(body.user_type_projections[1].base == 2);
  REQUIRE(body.scopes.size() == 5);
  CHECK(body.scopes[ScopeId(2)].tracks_caller);
  CHECK(body.types().print(body.scopes[ScopeId(2)].inlined, PathStyle::Value) == "Foo::<u8>::g");
  CHECK(body.scopes[ScopeId(3)].parent == ScopeId(2));
  CHECK_FALSE(body.scopes[ScopeId(3)].tracks_caller);
  CHECK(body.locals[LocalId(3)].scope == ScopeId(1));
}

constexpr std::string_view WithNotes =
    R"(// MIR for `f::{closure#0}` after built

| User Type Annotations
| 0: user_ty: Canonical { value: Ty(std::option::Option<u8>), max_universe: U0, var_kinds: [] }, span: src/é.rs:2:12: 2:22, inferred_ty: std::option::Option<u8>
| 1: user_ty: Canonical { value: TypeOf(DefId(0:5 ~ a[1234]::S), UserArgs { args: [], user_self_ty: None }), max_universe: U0, var_kinds: [] }, span: no-location, inferred_ty: S<'a>
|
fn f::{closure#0}(_1: {closure@src/é.rs:1:2: 3:4}) -> T {
    debug x => _2;                       // in scope 0 at src/é.rs:1:9: 1:10
    let mut _0: T;                       // return place in scope 0 at src/é.rs:1:2: 1:3
    let _2: u8;                          // in scope 0 at src/é.rs:1:9: 1:10
    scope 1 {
    }
    scope 2 (inlined g) {                // at src/é.rs:5:6: 7:8
    }

    bb0: {
        _0 = g(const S::<'_>::K, const "é") -> [return: bb1, unwind continue]; // scope 0 at src/é.rs:2:3: 2:9
                                         // mir::ConstOperand
                                         // + span: src/é.rs:2:3: 2:4
                                         // + const_: Const { ty: fn(u8, &str) -> T {g}, val: Value(<ZST>) }
                                         // mir::ConstOperand
                                         // + span: src/é.rs:2:5: 2:6
                                         // + user_ty: UserType(1)
                                         // + const_: Const { ty: u8, val: Unevaluated(S::K, ['{erased}, (a, b)], None) }
                                         // mir::ConstOperand
                                         // + span: src/é.rs:2:7: 2:8
                                         // + const_: Const { ty: &str, val: Value("é, val: {") }
    }

    bb1: {
        nop;                             // scope 2 at no-location
        _0 = {coroutine@src/é.rs:1:2: 3:4 (#7)} { x: const 1_u8 }; // scope 1 at src/é.rs:1:2: 3:4
                                         // coroutine
                                         // + def_id: DefId(0:5 ~ a[1234]::f::{closure#0})
                                         // + args: [
                                         //     u8,
                                         //     (
                                         //         u8,
                                         //     ),
                                         // ]
                                         // + kind: Some(Desugared(Async, Fn))
                                         // mir::ConstOperand
                                         // + span: src/é.rs:2:7: 2:8
                                         // + const_: Const { ty: u8, val: Value(Scalar(0x01)) }
        _0 = {closure@src/é.rs:1:2: 3:4}; // scope 0 at src/é.rs:1:2: 3:4
                                         // closure
                                         // + def_id: DefId(0:5 ~ a[1234]::f::{closure#0})
                                         // + args: []
        _0 = S::<u8>(const 1_u8);        // scope 0 at src/é.rs:1:2: 3:4
                                         // adt
                                         // + user_ty: UserType(0)
                                         // mir::ConstOperand
                                         // + span: src/é.rs:2:7: 2:8
                                         // + const_: Const { ty: u8, val: ty::Param(N/#0) }
        return;                          // scope 0 at src/é.rs:3:1: 3:2
    }
}
)";

TEST_CASE("spans, notes and tables of user types") {
  const Module module = check_exact(std::string(WithNotes));
  REQUIRE(module.user_types.size() == 2);
  CHECK(module.user_types[0].number == 0);
  CHECK(module.user_types[0].span.line == 2);
  CHECK(module.tables->types.print(module.user_types[1].inferred) == "S");
  const Body& body = module.bodies.at(0);
  CHECK(body.has_spans);
  CHECK(body.span(body.scopes[ScopeId(2)].call_site).line == 5);
  CHECK(body.debug_infos[0].info.scope == ScopeId(0));
  const llvm::ArrayRef<Note> call = body.notes_of(body.end_of(BlockId(0)));
  REQUIRE(call.size() == 3);
  CHECK(call[1].has_user_type);
  CHECK(call[1].user_type == 1);
  CHECK(body.text((*body.tables)[call[2].constant].value) == "Value(\"é, val: {\")");
  CHECK(body.callee_span(BlockId(0)).column == 3);
  CHECK(body.notes_of({BlockId(1), 0}).empty());
  const llvm::ArrayRef<Note> coroutine = body.notes_of({BlockId(1), 1});
  REQUIRE(coroutine.size() == 2);
  CHECK(coroutine[0].kind == Note::Kind::Coroutine);
  CHECK(coroutine[0].line_count == 6);
  CHECK(body.text(coroutine[0].coroutine_kind) == "Some(Desugared(Async, Fn))");
  CHECK(body.notes_of({BlockId(1), 2})[0].kind == Note::Kind::Closure);
  CHECK(body.notes_of({BlockId(1), 3})[0].kind == Note::Kind::Adt);
  const MirSpan& none = body.span(Point{BlockId(1), 0});
  CHECK(none.line == 0);
  CHECK(body.text(none.file) == "no-location");
}

TEST_CASE("tables of memory") {
  const Module module = check_exact(R"(alloc1 (static: a::REGISTRY)

alloc2 (fn: <impl at src/a.rs:1:1: 1:5>::f)

alloc3 (vtable: impl tracing::Callsite for tracing::callsite::DefaultCallsite)

alloc4 (extern static: environ)

alloc5 (size: 0, align: 4) {}

alloc6 (size: 12, align: 1) {
    7d 20 2f 2f 20 22 00 ff 7e 7f 61 c3             │ } // "..~.a.
}

alloc7 (size: 16, align: 8) {
    ╾─────alloc6<imm>─────╼ 06 00 00 00 00 00 00 00 │ ╾──────╼........
}

alloc8 (static: <A as B>::f::S, size: 40, align: 8) {
    0x00 │ ╾────alloc32<imm>─────╼ 00 00 00 00 00 00 00 00 │ ╾──────╼........
    0x10 │ ff 00 __ __ __ __ __ __ ╾───────alloc7────────╼ │ ..░░░░░░╾──────╼
    0x20 │ ╾a_long_name_of_an_allocation+0x8<imm>╼                         │ ╾──────╼
}
)");
  using Kind = Allocation::Kind;
  REQUIRE(module.allocations.size() == 8);
  const auto& all = module.allocations;
  CHECK(all[0].kind == Kind::Static);
  CHECK_FALSE(all[0].has_memory);
  CHECK(module.tables->text(all[0].name) == "a::REGISTRY");
  CHECK(all[1].kind == Kind::Function);
  CHECK(module.tables->text(all[1].name) == "<impl at src/a.rs:1:1: 1:5>::f");
  CHECK(all[2].kind == Kind::Vtable);
  CHECK(all[3].kind == Kind::ExternStatic);
  CHECK(all[4].has_memory);
  CHECK(all[4].bytes.empty());
  CHECK(all[4].align == 4);
  CHECK(all[5].bytes.size() == 12);
  CHECK(all[5].bytes[7] == 0xFF);
  REQUIRE(all[6].relocations.size() == 1);
  CHECK(module.tables->text(all[6].relocations[0].target) == "alloc6<imm>");
  CHECK(all[7].kind == Kind::Static);
  CHECK(all[7].size == 40);
  REQUIRE(all[7].bytes.size() == 40);
  CHECK(all[7].bytes[0] == Allocation::Pointer);
  CHECK(all[7].bytes[16] == 0xFF);
  CHECK(all[7].bytes[18] == Allocation::Uninitialised);
  REQUIRE(all[7].relocations.size() == 3);
  CHECK(all[7].relocations[1].offset == 24);
  CHECK(all[7].relocations[1].width == 8);
}

TEST_CASE("constants on one line, comments and blank lines keep their order") {
  const Module module = check_exact(
      "// WARNING: This output format is intended for human consumers only\n"
      "\n\n"
      "const TEXT: &str = const \"brace } // = const 1; \\\" \";\n"
      "static S: fn(u8) -> u8 = const a::f;\n"
      "static mut COUNT: u32 = const 3_u32;\n"
      "const <impl at a.rs:1:1: 1:9>::K: [u8; 2] = const [1_u8, 2_u8];\n"
      "\n"
      "// other\n");
  using Form = Body::Form;
  REQUIRE(module.constants.size() == 4);
  CHECK(module.constants[0].form == Form::Const);
  CHECK(module.constants[1].form == Form::Static);
  CHECK(module.constants[2].form == Form::StaticMut);
  CHECK(module.tables->text(module.constants[3].name) == "<impl at a.rs:1:1: 1:9>::K");
  CHECK(module.tables->types.print(module.constants[1].type) == "fn(u8) -> u8");
  REQUIRE(module.items.size() == 8);
  CHECK(module.items[0].kind == Item::Kind::Comment);
  CHECK(module.items[1].kind == Item::Kind::Blank);
  CHECK(module.items[1].count == 2);
}

TEST_CASE("a layout stands before its body") {
  const std::string layout =
      "/* coroutine_layout = CoroutineLayout {\n    field_tys: {},\n"
      "    variant_fields: {\n        Unresumed(0): [],\n    },\n"
      "    storage_conflicts: BitMatrix(0x0) {},\n} */\n";
  const Module module = check_exact("// MIR for `f` after coroutine_resume\n" + layout +
                                    "\nfn f() -> () {\n    let mut _0: ();\n\n    bb0: {\n"
                                    "        return;\n    }\n}\n");
  REQUIRE(module.layouts.size() == 1);
  CHECK(module.layouts[0].variants.size() == 1);
}

TEST_CASE("scopes as deep as they come") {
  std::string open;
  std::string close;
  constexpr size_t Depth = 1000;
  for (size_t depth = 1; depth <= Depth; ++depth) {
    open += std::string(depth * 4, ' ') + "scope " + std::to_string(depth) + " {\n";
  }
  for (size_t depth = Depth; depth > 0; --depth) {
    close += std::string(depth * 4, ' ') + "}\n";
  }
  const Module module = check_exact("fn f() -> () {\n    let mut _0: ();\n" + open + close +
                                    "\n    bb0: {\n        return;\n    }\n}\n");
  CHECK(module.bodies.at(0).scopes.size() == Depth + 1);
}

}  // namespace
}  // namespace jaa::mir
