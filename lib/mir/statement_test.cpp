// Single lines, put into the smallest body that declares what they name.
#include <doctest/doctest.h>

#include "mir/reader.h"

namespace jaa::mir {
namespace {

struct Read {
  TypeTable types;
  ReadResult result;
  [[nodiscard]] const Body& body() const { return result.bodies.front(); }
  [[nodiscard]] const Block& block() const { return body().blocks[BlockId(0)]; }
  [[nodiscard]] const Statement& statement() const { return block().statements.at(0); }
  [[nodiscard]] const Terminator& terminator() const { return block().terminator; }
};

// Locals `_0` to `_5` and blocks 0 to 3 exist.
Read read_lines(const std::string& lines) {
  Read read;
  std::string text = "fn f(_1: A, _2: B) -> T {\n    let mut _0: T;\n    let _3: Foo<u8>;\n";
  text += "    let mut _4: u8;\n    let _5: usize;\n\n    bb0: {\n" + lines + "    }\n";
  for (const char* number : {"1", "2 (cleanup)", "3"}) {
    text += std::string("\n    bb") + number + ": {\n        return;\n    }\n";
  }
  read.result = read_mir(text + "}\n", "x.mir", read.types);
  REQUIRE(read.result.bodies.size() == 1);
  return read;
}

Read read_statement(const std::string& line) {
  Read read = read_lines("        " + line + "\n        return;\n");
  for (const base::Problem& problem : read.result.problems) {
    FAIL_CHECK(problem.line, ": ", problem.text);
  }
  return read;
}

Read read_terminator(const std::string& line) {
  Read read = read_lines("        " + line + "\n");
  for (const base::Problem& problem : read.result.problems) {
    FAIL_CHECK(problem.line, ": ", problem.text);
  }
  return read;
}

TEST_CASE("places nest to the left") {
  using Kind = Projection::Kind;
  const Read read =
      read_statement("((((*(_1.0: &Arc<Foo>)) as Some).1: (A, B))[_5] as subtype T) = const 1_u8;");
  const Place& place = read.statement().place;
  CHECK(place.local == LocalId(1));
  REQUIRE(place.projections.size() == 6);
  CHECK(place.projections[0].kind == Kind::Field);
  CHECK(read.types.print(place.projections[0].type) == "&Arc<Foo>");
  CHECK(place.projections[1].kind == Kind::Deref);
  CHECK(place.projections[2].kind == Kind::Downcast);
  CHECK(place.projections[2].text == "Some");
  CHECK(place.projections[3].field == 1);
  CHECK(place.projections[4].kind == Kind::Index);
  CHECK(place.projections[4].index == LocalId(5));
  CHECK(place.projections[5].kind == Kind::Subtype);
  CHECK(place.has_deref());
  CHECK_FALSE(place.is_local());

  CHECK(read_statement("_3 = copy (*_1)[-1 of 2];")
            .statement()
            .rvalue.operands[0]
            .place.projections[1]
            .text == "-1 of 2");
  CHECK(read_statement("_3 = &(*_1)[1:-1];").statement().rvalue.place.projections[1].kind ==
        Kind::Subslice);
  const Read state = read_statement("(((*_1) as variant#4).0: T) = move _3;");
  CHECK(state.statement().place.projections[1].text == "variant#4");
}

TEST_CASE("statements") {
  using Kind = Statement::Kind;
  CHECK(read_statement("StorageLive(_3);").statement().kind == Kind::StorageLive);
  CHECK(read_statement("StorageDead(_3);").statement().place.local == LocalId(3));
  const Read fake =
      read_statement("FakeRead(ForLet(Some(DefId(0:73 ~ g[2751]::f::{closure#0}))), (*_4));");
  CHECK(fake.statement().kind == Kind::FakeRead);
  CHECK(fake.statement().place.has_deref());
  CHECK(fake.statement().text == "ForLet(Some(DefId(0:73 ~ g[2751]::f::{closure#0})))");
  CHECK(read_statement("PlaceMention(_4);").statement().kind == Kind::PlaceMention);
  const Read ascribe = read_statement(
      "AscribeUserType(_4, o, UserTypeProjection { base: UserType(3), projs: [] });");
  CHECK(ascribe.statement().kind == Kind::AscribeUserType);
  CHECK(ascribe.statement().text == "o, UserTypeProjection { base: UserType(3), projs: [] }");
  const Read set = read_statement("discriminant((*_1)) = 3;");
  CHECK(set.statement().kind == Kind::SetDiscriminant);
  CHECK(set.statement().text == "3");
  for (const char* line : {"nop;", "ConstEvalCounter;", "Coverage::VirtualCounter(bcb0);"}) {
    CHECK(read_statement(line).statement().kind == Kind::Nop);
  }
}

TEST_CASE("rvalues") {
  using Kind = Rvalue::Kind;
  const auto rvalue = [](const std::string& text) {
    return read_statement("_3 = " + text + ";").statement().rvalue;
  };
  CHECK(rvalue("copy _4").kind == Kind::Use);
  CHECK(rvalue("no_retag copy (_1.0: &&T)").operands[0].kind == Operand::Kind::Copy);
  CHECK(rvalue("const 'x'").operands[0].text == "'x'");
  CHECK(rvalue("const \"} // -> [return: bb1] \\\" as T (K)\"").operands[0].text ==
        "\"} // -> [return: bb1] \\\" as T (K)\"");
  CHECK(rvalue("const {alloc8: *mut u32}").kind == Kind::Use);
  CHECK(rvalue("const <T as Tr<'_, 4>>::C").operands[0].text == "<T as Tr<'_, 4>>::C");
  CHECK(rvalue("&/*tls*/ a::TL").operands[0].kind == Operand::Kind::Constant);
  CHECK(rvalue("&mut (*_4)").is_mut);
  CHECK(rvalue("&fake shallow _4").text == "fake shallow");
  CHECK(rvalue("&raw const (fake) (*_4)").kind == Kind::RawPtr);
  CHECK(rvalue("&raw mut _4").is_mut);
  CHECK(rvalue("discriminant(_1)").kind == Kind::Discriminant);
  CHECK(rvalue("deref_copy (*_1)").kind == Kind::CopyForDeref);
  CHECK(rvalue("Len((*_1))").kind == Kind::Len);
  CHECK(rvalue("PtrMetadata(copy _1)").kind == Kind::UnaryOp);
  const Rvalue add = rvalue("AddWithOverflow(copy _4, const 1_u8)");
  CHECK(add.kind == Kind::BinaryOp);
  CHECK(add.text == "AddWithOverflow");
  CHECK(add.operands.size() == 2);
  const Rvalue repeat = rvalue("[const \"; \"; 7]");
  CHECK(repeat.kind == Kind::Repeat);
  CHECK(repeat.text == "7");
  CHECK(rvalue("[copy _4, const '\"']").operands.size() == 2);
  CHECK(rvalue("[]").kind == Kind::Aggregate);
  CHECK(rvalue("()").operands.empty());
  CHECK(rvalue("(move _1,)").operands.size() == 1);
  CHECK(rvalue("(move _1, copy _2)").text == "()");
  const Rvalue closure = rvalue("{coroutine@a b.rs:1:2: 3:4 (#25)} { t: move _1, s: const 1_u8 }");
  CHECK(closure.text == "{coroutine@a b.rs:1:2: 3:4 (#25)}");
  CHECK(closure.operands.size() == 2);
  CHECK(closure.operands[1].text == "1_u8");
  CHECK(rvalue("{closure@a.rs:1:2: 3:4}").operands.empty());
  CHECK(rvalue("E::B").text == "E::B");
}

TEST_CASE("an aggregate has its target's type, a closure its own") {
  const Read named = read_statement("_3 = Foo::<u8> { a: const 1_i32, b: const \"} // \" };");
  CHECK(named.types.print(named.statement().rvalue.type) == "Foo<u8>");
  CHECK(named.statement().rvalue.operands[1].text == "\"} // \"");
  const Read variant = read_statement("(_1.0: Bar) = std::result::Result::<u8, E>::Err(move _4);");
  CHECK(variant.types.print(variant.statement().rvalue.type) == "Bar");
  CHECK(variant.statement().rvalue.text == "std::result::Result::<u8, E>::Err");
  const Read closure = read_statement("_3 = {closure@a.rs:1:2: 3:4} { x: copy _4 };");
  CHECK(closure.types[closure.statement().rvalue.type].kind == Type::Kind::Closure);
}

TEST_CASE("casts") {
  const Read call = read_statement(
      "_3 = ops as for<'a> fn(&'a (u8, u8)) -> [u8; 3] (PointerCoercion(ReifyFnPointer(Safe), "
      "AsCast));");
  const Rvalue& rvalue = call.statement().rvalue;
  CHECK(rvalue.kind == Rvalue::Kind::Cast);
  CHECK(call.types.print(rvalue.type) == "fn(&(u8, u8)) -> [u8; 3]");
  CHECK(rvalue.text == "PointerCoercion(ReifyFnPointer(Safe), AsCast)");
  CHECK(rvalue.operands[0].text == "ops");
  const Read pointer = read_statement("_3 = move _4 as *const () (PtrToPtr);");
  CHECK(pointer.types.print(pointer.statement().rvalue.type) == "*const ()");
  const Read constant = read_statement("_3 = const 1.5f64 as u8 (FloatToInt);");
  CHECK(constant.statement().rvalue.operands[0].text == "1.5f64");
}

TEST_CASE("terminators") {
  using Kind = Terminator::Kind;
  const auto kind = [](const char* line) { return read_terminator(line).terminator().kind; };
  CHECK(kind("return;") == Kind::Return);
  CHECK(kind("resume;") == Kind::Resume);
  CHECK(kind("unreachable;") == Kind::Unreachable);
  CHECK(kind("coroutine_drop;") == Kind::CoroutineDrop);
  CHECK(kind("terminate(cleanup);") == Kind::Terminate);
  CHECK(kind("goto -> bb1;") == Kind::Goto);
  CHECK(kind("falseEdge -> [real: bb1, imaginary: bb3];") == Kind::FalseEdge);
  CHECK(kind("falseUnwind -> [real: bb1, unwind continue];") == Kind::FalseUnwind);
  CHECK(kind("tailcall f(move _1);") == Kind::TailCall);
  const Terminator drop =
      read_terminator("drop((*_1)) -> [return: bb1, unwind: bb2, drop: bb3];").terminator();
  CHECK(drop.kind == Kind::Drop);
  CHECK(drop.targets[0] == BlockId(1));
  CHECK(drop.unwind_target == BlockId(2));
  CHECK(drop.drop_target == BlockId(3));
  const Terminator match =
      read_terminator("switchInt(copy _4) -> [97: bb1, 4294967291: bb3, otherwise: bb1];")
          .terminator();
  CHECK(match.switch_values.size() == 2);
  CHECK(match.switch_values[1] == "4294967291");
  CHECK(match.targets.size() == 3);
  const Terminator check = read_terminator(
                               "assert(!move (_1.1: bool), \"a {} // -> [success: bb1] \\\"\", "
                               "copy _4) -> [success: bb3, unwind terminate(cleanup)];")
                               .terminator();
  CHECK(check.kind == Kind::Assert);
  CHECK(check.operands.size() == 2);
  CHECK(check.targets[0] == BlockId(3));
}

TEST_CASE("calls") {
  const auto call = [](const char* line) { return read_terminator(line).terminator(); };
  const Terminator plain = call(
      "_3 = core::str::<impl str>::parse::<fn(u8) -> u8>(move _1, const \"),\") -> [return: bb1, "
      "unwind: bb2];");
  CHECK(plain.kind == Terminator::Kind::Call);
  CHECK(plain.callee.text == "core::str::<impl str>::parse::<fn(u8) -> u8>");
  CHECK(plain.operands[1].text == "\"),\"");
  const Terminator pointer = call("_3 = move (_1.0: fn())() -> [return: bb1, unwind unreachable];");
  CHECK(pointer.callee.kind == Operand::Kind::Move);
  CHECK(pointer.callee.place.projections.size() == 1);
  const Terminator diverging = call("_3 = never() -> bb2;");
  CHECK(diverging.targets.empty());
  CHECK(diverging.unwind_target == BlockId(2));
  CHECK(call("_3 = never() -> unwind continue;").kind == Terminator::Kind::Call);
  CHECK(call("_3 = f(mk, Foo::<T>::new) -> [return: bb1, unwind continue];").operands[1].kind ==
        Operand::Kind::Constant);
  const Terminator yield = call("_3 = yield(move _4) -> bb1;");
  CHECK(yield.kind == Terminator::Kind::Yield);
  CHECK(yield.targets[0] == BlockId(1));
  CHECK_FALSE(yield.unwind_target.is_valid());
}

TEST_CASE("what is not understood is kept, marked and reported") {
  const Read statement = read_lines("        Frobnicate(_3);\n        return;\n");
  CHECK(statement.body().has_opaque);
  CHECK(statement.statement().kind == Statement::Kind::Opaque);
  CHECK(statement.statement().text == "Frobnicate(_3)");
  REQUIRE(statement.result.problems.size() == 1);
  CHECK(statement.result.problems[0].line == 8);
  CHECK(statement.result.problems[0].input == "x.mir");

  const Read unknown = read_lines("        wait(_3, {) -> [return: bb1, unwind: bb2];\n");
  CHECK(unknown.terminator().kind == Terminator::Kind::Opaque);
  CHECK(unknown.terminator().targets[0] == BlockId(1));
  CHECK(unknown.terminator().unwind_target == BlockId(2));

  const Read assembly = read_lines("        asm!(\"a\n\n");
  CHECK(assembly.terminator().kind == Terminator::Kind::InlineAsm);
  CHECK(assembly.body().has_opaque);

  const Read undeclared = read_lines("        _99 = const 1_u8;\n        return;\n");
  CHECK(undeclared.statement().kind == Statement::Kind::Opaque);

  const Read dangling = read_lines("        goto -> bb77;\n");
  const BlockId missing = dangling.terminator().targets[0];
  CHECK(dangling.body().blocks[missing].terminator.kind == Terminator::Kind::Opaque);
  CHECK(dangling.body().has_opaque);

  const Read after = read_lines("        return;\n        _3 = copy _4;\n");
  CHECK(after.terminator().kind == Terminator::Kind::Opaque);
}

TEST_CASE("the file name of a span may hold anything") {
  const Read read = read_lines(
      "        nop; // scope 0 at C:\\a dir/b: 1:2.rs:10:2: 11:30 (#12)\n"
      "        return; // scope 0 at no-location\n");
  CHECK(read.result.problems.empty());
  CHECK(read.statement().span == MirSpan{0, 10, 2, 11, 30});
  CHECK(read.body().files[0] == "C:\\a dir/b: 1:2.rs");
  CHECK_FALSE(read.terminator().span.is_valid());
  CHECK(read.terminator().scope == ScopeId(0));
}

TEST_CASE("scopes nest without circles, and one too many is refused") {
  TypeTable types;
  const ReadResult result = read_mir(
      "fn f() -> () {\n    let _0: ();\n    scope 2 {\n        scope 1 (inlined #[track_caller] g) "
      "{\n"
      "            scope 2 {\n            }\n        }\n    }\n    scope 900 {\n    }\n"
      "    bb0: {\n        return;\n    }\n}\n",
      "x", types);
  const Body& body = result.bodies.at(0);
  CHECK(result.problems.size() == 2);
  CHECK(body.scopes[ScopeId(1)].parent == ScopeId(2));
  CHECK(body.scopes[ScopeId(1)].inlined == "#[track_caller] g");
  CHECK(body.scopes[ScopeId(2)].parent == ScopeId(0));
}

}  // namespace
}  // namespace jaa::mir
