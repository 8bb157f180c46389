// Single lines, put into the smallest body that declares what they name. Each prints back.
#include <doctest/doctest.h>

#include "mir/bodies_test.h"

namespace jaa::mir {
namespace {

OneBody assign(const std::string& right) {
  return read_statement("_3 = " + right + ";");
}

TEST_CASE("places nest to the left") {
  using Kind = Projection::Kind;
  const OneBody read =
      read_statement("((((*(_1.0: &Arc<Foo>)) as Some).1: (A, B))[_5] as subtype T) = const 1_u8;");
  const Body& body = read.body();
  const Place place = read.statement().place;
  CHECK(body.local(place) == LocalId(1));
  const llvm::ArrayRef<Projection> parts = body.projections(place);
  REQUIRE(parts.size() == 6);
  CHECK(parts[0].kind == Kind::Field);
  CHECK(read.type(parts[0].type) == "&Arc<Foo>");
  CHECK(parts[1].kind == Kind::Deref);
  CHECK(parts[2].kind == Kind::Downcast);
  CHECK(body.text(parts[2].name()) == "Some");
  CHECK(parts[3].field() == 1);
  CHECK(parts[4].kind == Kind::Index);
  CHECK(parts[4].index() == LocalId(5));
  CHECK(parts[5].kind == Kind::Subtype);
  CHECK_FALSE(parts[5].index().is_valid());
  CHECK(body.has_deref(place));
  CHECK_FALSE(place.is_local());
  CHECK(read.type(body.type_of(place)) == "T");

  const OneBody index = assign("copy (*_1)[-1 of 2]");
  const Place element = index.rvalue().operands[0].place();
  CHECK(index.body().projections(element)[1].kind == Kind::ConstantIndex);
  CHECK(index.body().text(index.body().projections(element)[1].name()) == "-1 of 2");
  const OneBody slice = assign("&(*_1)[1:-1]");
  CHECK(slice.body().projections(slice.rvalue().place)[1].kind == Kind::Subslice);
  const OneBody range = assign("&(*_1)[1..3]");
  CHECK(range.body().projections(range.rvalue().place)[1].kind == Kind::Subslice);
  const OneBody state = read_statement("(((*_1) as variant#4).0: T) = move _3;");
  const Projection variant = state.body().projections(state.statement().place)[1];
  CHECK(state.body().text(variant.name()) == "variant#4");
  const OneBody opaque = assign("copy (_1 as std::vec::Vec<u8>)");
  const Place seen = opaque.rvalue().operands[0].place();
  CHECK(opaque.body().projections(seen)[0].kind == Kind::OpaqueCast);
  CHECK(opaque.type(opaque.body().type_of(seen)) == "std::vec::Vec<u8>");
}

TEST_CASE("the type of a place follows from what is written") {
  const OneBody read = read_exactly(
      "fn f(_1: &Arc<u8>) -> T {\n    let mut _0: T;\n    let _2: [u16; 3];\n"
      "    let _3: std::boxed::Box<X>;\n    let _4: std::rc::Rc<X>;\n\n    bb0: {\n"
      "        _0 = copy (*_1);\n        _0 = copy _2[_1];\n        _0 = copy (*_3);\n"
      "        _0 = copy (*_4);\n        _0 = copy (*_3)[_1];\n        return;\n    }\n}\n");
  const auto type = [&](size_t line) {
    const Body& body = read.body();
    return read.type(body.type_of(body.rvalue(read.statement(line)).operands[0]));
  };
  CHECK(type(0) == "Arc<u8>");
  CHECK(type(1) == "u16");
  CHECK(type(2) == "X");
  CHECK(type(3).empty());
  CHECK(type(4).empty());
  CHECK_FALSE(read.body().type_of(Place()).is_valid());
}

TEST_CASE("statements") {
  using Kind = Statement::Kind;
  CHECK(read_statement("StorageLive(_3);").statement().kind == Kind::StorageLive);
  const OneBody dead = read_statement("StorageDead(_3);");
  CHECK(dead.statement().kind == Kind::StorageDead);
  CHECK(dead.body().local(dead.statement().place) == LocalId(3));
  const OneBody fake =
      read_statement("FakeRead(ForLet(Some(DefId(0:73 ~ g[2751]::f::{closure#0}))), (*_4));");
  CHECK(fake.statement().kind == Kind::FakeRead);
  CHECK(fake.body().has_deref(fake.statement().place));
  CHECK(fake.body().text(fake.statement().name()) ==
        "ForLet(Some(DefId(0:73 ~ g[2751]::f::{closure#0})))");
  CHECK(read_statement("PlaceMention(_4);").statement().kind == Kind::PlaceMention);
  CHECK(read_statement("Deinit((*_4));").statement().kind == Kind::Deinit);
  CHECK(read_statement("BackwardIncompatibleDropHint(_4);").statement().kind == Kind::DropHint);
  const OneBody ascribe = read_statement(
      "AscribeUserType(_4, o, UserTypeProjection { base: UserType(3), projs: [Deref] });");
  CHECK(ascribe.statement().kind == Kind::AscribeUserType);
  CHECK(ascribe.body().word(ascribe.statement().word) == "o");
  const UserTypeProjection& projection =
      ascribe.body().user_type_projections[ascribe.statement().number()];
  CHECK(projection.base == 3);
  CHECK(ascribe.body().text(projection.projections) == "Deref");
  CHECK_FALSE(projection.local.is_valid());
  const OneBody set = read_statement("discriminant((*_1)) = 3;");
  CHECK(set.statement().kind == Kind::SetDiscriminant);
  CHECK(set.statement().number() == 3);
  CHECK(read_statement("nop;").statement().kind == Kind::Nop);
  CHECK(read_statement("ConstEvalCounter;").statement().kind == Kind::ConstEvalCounter);
  const OneBody coverage = read_statement("Coverage::VirtualCounter(bcb0);");
  CHECK(coverage.statement().kind == Kind::Coverage);
  CHECK(coverage.body().text(coverage.statement().name()) == "VirtualCounter(bcb0)");
  const OneBody entry = read_statement("Retag([fn entry] _4);");
  CHECK(entry.statement().kind == Kind::Retag);
  CHECK(entry.body().word(entry.statement().word) == "[fn entry]");
  CHECK(read_statement("Retag((*_4));").statement().word == WordId{});
  const OneBody assume = read_statement("assume(copy _4);");
  CHECK(assume.statement().kind == Kind::Assume);
  CHECK(assume.statement().operand().kind() == Operand::Kind::Copy);
  const OneBody copying =
      read_statement("copy_nonoverlapping(dst = copy _4, src = move _3, count = const 3_usize);");
  CHECK(copying.statement().kind == Kind::CopyNonOverlapping);
  CHECK(copying.body().all_operands.slice(copying.statement().number(), 3)[1].is_move());
}

TEST_CASE("operands") {
  const OneBody copy = assign("copy _4");
  CHECK(copy.rvalue().kind == Rvalue::Kind::Use);
  CHECK(copy.rvalue().operands[0].kind() == Operand::Kind::Copy);
  CHECK_FALSE(copy.rvalue().operands[0].is_move());
  CHECK_FALSE(copy.rvalue().operands[0].constant().is_valid());
  CHECK(assign("move _4").rvalue().operands[0].is_move());
  const OneBody later = assign("no_retag copy (_1.0: &&T)");
  CHECK(later.rvalue().operands[0].kind() == Operand::Kind::CopyNoRetag);
  CHECK(later.body().projections(later.rvalue().operands[0].place()).size() == 1);
  const OneBody constant = assign("const 1_u8");
  CHECK(constant.rvalue().operands[0].is_constant());
  CHECK_FALSE(constant.rvalue().operands[0].place().is_valid());
  CHECK_FALSE(Operand().is_constant());
  CHECK_FALSE(Operand().place().is_valid());
}

TEST_CASE("constants") {
  using Kind = Constant::Kind;
  struct Row {
    const char* text;
    Kind kind;
    const char* type;
    const char* literal;
  };
  for (const Row& row : {
           Row{"'x'", Kind::Literal, "", "'x'"},
           {"5_usize", Kind::Literal, "", "5_usize"},
           {"-1_i32", Kind::Literal, "", "-1_i32"},
           {"1.5f64", Kind::Literal, "", "1.5f64"},
           {"()", Kind::Literal, "", "()"},
           {"true", Kind::Literal, "", "true"},
           {"b\"\\x01}{ // \"", Kind::Literal, "", "b\"\\x01}{ // \""},
           {"\"} // -> [return: bb1] \\\" as T (K)\"", Kind::Literal, "",
            "\"} // -> [return: bb1] \\\" as T (K)\""},
           {"{alloc8: *mut u32}", Kind::Typed, "*mut u32", "alloc8"},
           {"{alloc3<imm>: &[u8; 7]}", Kind::Typed, "&[u8; 7]", "alloc3<imm>"},
           {"{0x1 as fn(u8) -> u8: fn(u8) -> u8}", Kind::Typed, "fn(u8) -> u8",
            "0x1 as fn(u8) -> u8"},
           {"<T as Tr<'_, 4>>::C", Kind::Path, "<T as Tr<4>>::C", ""},
           {"std::mem::SIZE", Kind::Path, "std::mem::SIZE", ""},
           {"Foo::<u8>::LEN", Kind::Path, "Foo::<u8>::LEN", ""},
           {"f::<T>::promoted[2]", Kind::Promoted, "f::<T>", "2"},
           {"ZeroSized: fn(u8) -> u8 {a::f}", Kind::ZeroSized, "fn(u8) -> u8 {a::f}", ""},
       }) {
    CAPTURE(row.text);
    const OneBody read = assign("const " + std::string(row.text));
    const Constant& constant = (*read.module.tables)[read.rvalue().operands[0].constant()];
    CHECK(constant.kind == row.kind);
    CHECK(read.types().print(constant.type, PathStyle::Value) == row.type);
    CHECK(read.module.tables->text(constant.text) == row.literal);
  }
  const OneBody typed = assign("const {alloc8: *mut u32}");
  CHECK(typed.type(typed.body().type_of(typed.rvalue().operands[0])) == "*mut u32");
}

TEST_CASE("rvalues") {
  using Kind = Rvalue::Kind;
  const auto word = [](const OneBody& read) { return read.body().word(read.rvalue().word); };
  const OneBody thread = assign("&/*tls*/ a::TL::{constant#0}::VAL");
  CHECK(thread.rvalue().kind == Kind::ThreadLocal);
  CHECK(thread.type(thread.rvalue().type) == "a::TL::{constant#0}::VAL");
  CHECK(word(assign("&/*tls*/ mut a::TL")) == "mut");
  CHECK(assign("&_4").rvalue().word == WordId{});
  CHECK(word(assign("&mut (*_4)")) == "mut");
  CHECK(word(assign("&fake shallow _4")) == "fake shallow");
  CHECK(word(assign("&fake _4")) == "fake");
  const OneBody raw = assign("&raw const (fake) (*_4)");
  CHECK(raw.rvalue().kind == Kind::RawPtr);
  CHECK(word(raw) == "const (fake)");
  CHECK(word(assign("&raw const (*_4)")) == "const");
  CHECK(word(assign("&raw mut _4")) == "mut");
  CHECK(assign("discriminant(_1)").rvalue().kind == Kind::Discriminant);
  CHECK(assign("deref_copy (*_1)").rvalue().kind == Kind::CopyForDeref);
  CHECK(assign("Len((*_1))").rvalue().kind == Kind::Len);
  for (const char* unary : {"PtrMetadata(copy _1)", "Not(move _4)", "Neg(const 1_i8)"}) {
    CHECK(assign(unary).rvalue().kind == Kind::UnaryOp);
  }
  const OneBody add = assign("AddWithOverflow(copy _4, const 1_u8)");
  CHECK(add.rvalue().kind == Kind::BinaryOp);
  CHECK(word(add) == "AddWithOverflow");
  CHECK(add.rvalue().operands.size() == 2);
  const OneBody size = assign("SizeOf(Foo<u8>)");
  CHECK(size.rvalue().kind == Kind::NullaryOp);
  CHECK(word(size) == "SizeOf");
  CHECK(size.type(size.rvalue().type) == "Foo<u8>");
  CHECK_FALSE(assign("UbChecks()").rvalue().type.is_valid());
  const OneBody box = assign("ShallowInitBox(move _4, Foo<u8>)");
  CHECK(box.rvalue().kind == Kind::InitBox);
  CHECK(box.type(box.rvalue().type) == "Foo<u8>");
  const OneBody fat = assign("*const [u8] from (copy _4, copy _5)");
  CHECK(fat.rvalue().kind == Kind::FatPtr);
  CHECK(fat.type(fat.rvalue().type) == "*const [u8]");
  CHECK(fat.rvalue().operands.size() == 2);
}

TEST_CASE("what is put together of parts") {
  using Kind = Rvalue::Kind;
  const OneBody repeat = assign("[const \"; \"; 7]");
  CHECK(repeat.rvalue().kind == Kind::Repeat);
  CHECK(repeat.body().text(repeat.rvalue().name) == "7");
  CHECK(repeat.rvalue().operands.size() == 1);
  CHECK(assign("[copy _4, const '\"']").rvalue().operands.size() == 2);
  CHECK(assign("[]").rvalue().kind == Kind::Array);
  CHECK(assign("()").rvalue().operands.empty());
  CHECK(assign("(move _1,)").rvalue().operands.size() == 1);
  CHECK(assign("(move _1, copy _2)").rvalue().kind == Kind::Tuple);

  const OneBody closure = assign("{coroutine@a b.rs:1:2: 3:4 (#25)} { t: move _1, s: const 1_u8 }");
  CHECK(closure.rvalue().kind == Kind::Struct);
  CHECK(closure.type(closure.rvalue().type) == "{coroutine@a b.rs:1:2: 3:4 (#25)}");
  REQUIRE(closure.rvalue().operands.size() == 2);
  REQUIRE(closure.rvalue().names.size() == 2);
  CHECK(closure.body().text(closure.rvalue().names[0]) == "t");
  CHECK(closure.constant(closure.rvalue().operands[1].constant()) == "1_u8");
  const OneBody empty = assign("{closure@a.rs:1:2: 3:4}");
  CHECK(empty.rvalue().kind == Kind::Unit);
  CHECK(empty.types()[empty.rvalue().type].kind == Type::Kind::Closure);
  CHECK(assign("E::B").type(assign("E::B").rvalue().type) == "E::B");

  const OneBody named = assign("Foo::<u8> { a: const 1_i32, b: const \"} // \" }");
  CHECK(named.type(named.rvalue().type) == "Foo<u8>");
  CHECK(named.constant(named.rvalue().operands[1].constant()) == "\"} // \"");
  const OneBody variant =
      read_statement("(_1.0: Bar) = std::result::Result::<u8, E>::Err(move _4);");
  CHECK(variant.types().print(variant.rvalue().type, PathStyle::Value) ==
        "std::result::Result::<u8, E>::Err");
  CHECK(variant.rvalue().names.empty());
  CHECK(variant.rvalue().operands.size() == 1);
  // Names of operators are no keywords: with other counts of operands they are structs.
  CHECK(assign("Add(copy _4)").rvalue().kind == Kind::Struct);
}

TEST_CASE("casts") {
  const OneBody call = assign(
      "ops as for<'a> fn(&'a (u8, u8)) -> [u8; 3] (PointerCoercion(ReifyFnPointer(Safe), AsCast))");
  CHECK(call.rvalue().kind == Rvalue::Kind::Cast);
  CHECK(call.type(call.rvalue().type) == "fn(&(u8, u8)) -> [u8; 3]");
  CHECK(call.body().word(call.rvalue().word) == "PointerCoercion(ReifyFnPointer(Safe), AsCast)");
  CHECK(call.constant(call.rvalue().operands[0].constant()) == "ops");
  const OneBody pointer = assign("move _4 as *const () (PtrToPtr)");
  CHECK(pointer.type(pointer.rvalue().type) == "*const ()");
  const OneBody constant = assign("const 1.5f64 as u8 (FloatToInt)");
  CHECK(constant.constant(constant.rvalue().operands[0].constant()) == "1.5f64");
}

TEST_CASE("terminators") {
  using Kind = Terminator::Kind;
  const auto kind = [](const char* line) { return read_terminator(line).terminator().kind; };
  CHECK(kind("return;") == Kind::Return);
  CHECK(kind("resume;") == Kind::Resume);
  CHECK(kind("unreachable;") == Kind::Unreachable);
  CHECK(kind("coroutine_drop;") == Kind::CoroutineDrop);
  CHECK(kind("goto -> bb1;") == Kind::Goto);
  CHECK(kind("falseEdge -> [real: bb1, imaginary: bb3];") == Kind::FalseEdge);
  CHECK(kind("falseUnwind -> [real: bb1, unwind: bb2];") == Kind::FalseUnwind);
  CHECK(kind("tailcall f(move _1);") == Kind::TailCall);
  const OneBody abort = read_terminator("terminate(cleanup);");
  CHECK(abort.terminator().kind == Kind::Terminate);
  CHECK(abort.body().word(abort.terminator().word) == "cleanup");

  const OneBody dropping = read_terminator("drop((*_1)) -> [return: bb1, unwind: bb2, drop: bb3];");
  const Terminator& drop = dropping.terminator();
  CHECK(drop.kind == Kind::Drop);
  CHECK(dropping.body().targets(drop)[0] == BlockId(1));
  CHECK(drop.unwind == Unwind::Block);
  CHECK(drop.unwind_target == BlockId(2));
  CHECK(drop.drop_target == BlockId(3));
  CHECK(dropping.body().successors(BlockId(0), true).size() == 3);
  CHECK(dropping.body().successors(BlockId(0), false).size() == 2);

  const OneBody match =
      read_terminator("switchInt(copy _4) -> [97: bb1, 4294967291: bb3, otherwise: bb1];");
  REQUIRE(match.body().switch_values(match.terminator()).size() == 2);
  CHECK(match.body().text(match.body().switch_values(match.terminator())[1]) == "4294967291");
  CHECK(match.body().targets(match.terminator()).size() == 3);
  CHECK(match.body().operands(match.terminator()).empty());

  const OneBody check = read_terminator(
      "assert(!move (_1.1: bool), \"a {} // -> [success: bb1] \\\"\", copy _4) -> "
      "[success: bb3, unwind terminate(cleanup)];");
  CHECK(check.terminator().kind == Kind::Assert);
  CHECK(check.terminator().is_negated);
  CHECK(check.terminator().operand.is_move());
  CHECK(check.body().operands(check.terminator()).size() == 1);
  CHECK(check.body().targets(check.terminator())[0] == BlockId(3));
  CHECK(check.terminator().unwind == Unwind::TerminateCleanup);
  const OneBody plain =
      read_terminator("assert(copy _4, \"a\") -> [success: bb3, unwind continue];");
  CHECK_FALSE(plain.terminator().is_negated);
  CHECK(plain.terminator().unwind == Unwind::Continue);
  CHECK(read_terminator("falseUnwind -> [real: bb1, unwind terminate(abi)];").terminator().unwind ==
        Unwind::TerminateAbi);
}

TEST_CASE("calls and yields") {
  using Kind = Terminator::Kind;
  const OneBody plain = read_terminator(
      "_3 = core::str::<impl str>::parse::<fn(u8) -> u8>(move _1, const \"),\") -> [return: bb1, "
      "unwind: bb2];");
  CHECK(plain.terminator().kind == Kind::Call);
  CHECK(plain.types().print(plain.body().callee(plain.terminator()), PathStyle::Value) ==
        "core::str::<impl str>::parse::<fn(u8) -> u8>");
  const llvm::ArrayRef<Operand> arguments = plain.body().operands(plain.terminator());
  REQUIRE(arguments.size() == 2);
  CHECK(plain.constant(arguments[1].constant()) == "\"),\"");
  const OneBody pointer =
      read_terminator("_3 = move (_1.0: fn())() -> [return: bb1, unwind unreachable];");
  CHECK(pointer.terminator().operand.is_move());
  CHECK(pointer.body().projections(pointer.terminator().operand.place()).size() == 1);
  CHECK_FALSE(pointer.body().callee(pointer.terminator()).is_valid());
  CHECK(pointer.terminator().unwind == Unwind::Unreachable);
  const OneBody diverging = read_terminator("_3 = never() -> bb2;");
  CHECK(diverging.body().targets(diverging.terminator()).empty());
  CHECK(diverging.terminator().unwind_target == BlockId(2));
  const OneBody continuing = read_terminator("_3 = never() -> unwind continue;");
  CHECK(continuing.terminator().kind == Kind::Call);
  CHECK(continuing.terminator().unwind == Unwind::Continue);
  const OneBody functions =
      read_terminator("_3 = f(mk, Foo::<T>::new) -> [return: bb1, unwind continue];");
  CHECK(functions.body().operands(functions.terminator())[1].is_constant());
  const OneBody tail = read_terminator("tailcall copy _4(move _1, const 1_u8);");
  CHECK(tail.body().operands(tail.terminator()).size() == 2);
  CHECK(read_terminator("tailcall f();").body().is_coroutine == false);

  const OneBody yield = read_terminator("_3 = yield(move _4) -> bb1;");
  CHECK(yield.terminator().kind == Kind::Yield);
  CHECK(yield.terminator().operand.is_move());
  CHECK(yield.body().targets(yield.terminator())[0] == BlockId(1));
  CHECK_FALSE(yield.terminator().unwind_target.is_valid());
  CHECK(read_terminator("_2 = yield(const ()) -> [resume: bb1, drop: bb3];")
            .terminator()
            .drop_target == BlockId(3));
}

TEST_CASE("inline assembly is kept as written, over several lines") {
  const OneBody read = read_exactly(
      "fn f() -> () {\n    let mut _0: ();\n\n    bb0: {\n"
      "        asm!(\"mov {0}, 5 // }} -> [\nnop /* \" */\", out(reg) _0, options((empty))) -> "
      "[return: bb1, unwind continue];\n    }\n\n    bb1: {\n        return;\n    }\n}\n");
  const Terminator& assembly = read.terminator();
  CHECK(assembly.kind == Terminator::Kind::InlineAsm);
  CHECK(read.body().text(assembly.text).find("// }} -> [\nnop /* \" */") != std::string::npos);
  CHECK(read.body().targets(assembly).size() == 1);
  // What it does is not known.
  CHECK(read.body().has_opaque);
}

TEST_CASE("what is not understood is kept, marked and reported") {
  const OneBody statement = read_one(body_of({"Frobnicate(_3);", "return;"}));
  CHECK(statement.body().has_opaque);
  CHECK(statement.statement().kind == Statement::Kind::Opaque);
  CHECK(statement.body().text(statement.statement().name()) == "Frobnicate(_3);");
  REQUIRE(statement.module.problems.size() == 1);
  CHECK(statement.module.problems[0].line == 8);
  CHECK(statement.module.problems[0].input == "x.mir");
  CHECK(statement.module.opaque_lines == 1);
  CHECK(print_module(statement.module) == body_of({"Frobnicate(_3);", "return;"}));

  // Where it goes is known of a terminator of any kind.
  const std::string wait = body_of({"wait(_3, {) -> [return: bb1, unwind: bb2];"});
  const OneBody unknown = read_one(wait);
  CHECK(unknown.terminator().kind == Terminator::Kind::Opaque);
  CHECK(unknown.body().targets(unknown.terminator())[0] == BlockId(1));
  CHECK(unknown.terminator().unwind_target == BlockId(2));
  CHECK(unknown.body().has_opaque);
  CHECK(unknown.module.problems.size() == 1);
  CHECK(print_module(unknown.module) == wait);

  const OneBody assembly = read_one(body_of({"asm!(\"a", ""}));
  CHECK(assembly.body().has_opaque);
  CHECK(assembly.terminator().kind == Terminator::Kind::Opaque);

  const OneBody undeclared = read_one(body_of({"_99 = const 1_u8;", "return;"}));
  CHECK(undeclared.statement().kind == Statement::Kind::Opaque);

  const OneBody dangling = read_one(body_of({"goto -> bb77;"}));
  const BlockId missing = dangling.body().targets(dangling.terminator())[0];
  CHECK(dangling.body().terminator(missing).kind == Terminator::Kind::Opaque);
  CHECK(dangling.body().has_opaque);

  const OneBody after = read_one(body_of({"return;", "_3 = copy _4;"}));
  CHECK(after.terminator().kind == Terminator::Kind::Opaque);
  CHECK(read_one(body_of({"return;", "what;"})).terminator().kind == Terminator::Kind::Opaque);
}

TEST_CASE("the file name of a span may hold anything") {
  const OneBody read = read_one(body_of({"nop; // scope 0 at C:\\a dir/b: 1:2.rs:10:2: 11:30",
                                         "nop; // scope 0 at no-location", "return;"}));
  CHECK(read.module.problems.empty());
  const Body& body = read.body();
  const MirSpan& span = body.span(Point{BlockId(0), 0});
  CHECK(body.text(span.file) == "C:\\a dir/b: 1:2.rs");
  CHECK(span.line == 10);
  CHECK(span.column == 2);
  CHECK(span.end_line == 11);
  CHECK(span.end_column == 30);
  CHECK(body.span(Point{BlockId(0), 1}).line == 0);
  CHECK(body.source_info(Point{BlockId(0), 1}).scope == ScopeId(0));
}

}  // namespace
}  // namespace jaa::mir
