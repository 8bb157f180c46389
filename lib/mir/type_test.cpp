// Types as rustc prints them, read and printed again.
#include "mir/type.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

namespace jaa::mir {
namespace {

std::string exact(const TypeTable& types, TypeId id, PathStyle style = PathStyle::Type) {
  std::string text;
  types.print_exact(id, style, text);
  return text;
}

TEST_CASE("types are printed as they were written") {
  TypeTable types;
  const char* const same[] = {
      "u32",
      "!",
      "()",
      "(A,)",
      "(A, (B, C))",
      "[u8; 4]",
      "[T; N]",
      "[T]",
      "&&str",
      "*const ()",
      "*mut [u8]",
      "fn(u32) -> u32",
      "fn()",
      "unsafe extern \"C\" fn(i32, ...) -> i32",
      "std::sync::MutexGuard<u32>",
      "Option<[(u8, fn(A) -> B); 3]>",
      "&dyn std::ops::Fn(u8) -> std::option::Option<u8> + std::marker::Send",
      "impl std::future::Future<Output = u32> + Send",
      "impl (Fn(&u8) -> &u8) + Clone",
      "impl std::iter::Iterator<Item = impl Fn(u8)> + ?Sized",
      "impl Iterator<Item: Send + Clone>",
      "impl Future<Output = u32> { <S as Svc>::call(..) }",
      "<T as Tr<4>>::Out",
      "<<T as Z>::A as std::iter::Iterator>::Item<u8>",
      "<F as std::ops::AsyncFnMut<(u32,)>>::CallRefFuture",
      "Pin<&mut {async block@a b.rs:1:2: 3:4}>",
      "{async fn body of gen_async<'_, T, N>()}",
      "{async closure@x.rs:1:2: 3:4}",
      "{async closure body@x.rs:1:2: 3:4}",
      "{closure@x:y.rs:1:2: 3:4}",
      "fn(u32) -> u32 {a::f}",
      "S<-1, true, 'x', '\\'', \"s}\">",
      "m::{impl#0}::f::Inner",
      "<impl at a.rs:1:1: 1:5>::f::Inner<T>",
      "r#fn::é",
  };
  for (const char* text : same) {
    CAPTURE(text);
    const TypeId type = types.parse(text);
    CHECK(types.print(type) == text);
    CHECK(exact(types, type) == text);
    CHECK(types[type].kind != Type::Kind::Opaque);
  }
}

TEST_CASE("a value's path has colons before its arguments, but not those within") {
  TypeTable types;
  for (const char* text : {"f::<u8>::Inner", "std::vec::Vec::<Option<u8>>::new",
                           "<Vec<u8> as Tr<T>>::f::<Option<U>>", "<T>::f::<U>"}) {
    CAPTURE(text);
    CHECK(types.print(types.parse(text), PathStyle::Value) == text);
  }
  CHECK(types.plain_path(types.parse("std::sync::Mutex::<u32>::lock")) == "std::sync::Mutex::lock");
  CHECK(types.plain_path(types.parse("<Conn<u8> as Drop>::drop::<T>")) ==
        "<Conn<u8> as Drop>::drop");
  CHECK(types.plain_path(types.parse("std::mem::drop::<MutexGuard<'_, u8>>")) == "std::mem::drop");
}

TEST_CASE("lifetimes, binders and parentheses do not tell types apart") {
  TypeTable types;
  const std::pair<const char*, const char*> pairs[] = {
      {"std::sync::MutexGuard<'_, u32>", "std::sync::MutexGuard<u32>"},
      {"Context<'_>", "Context"},
      {"&'a mut T", "&mut T"},
      {"&'?5 T", "&T"},
      {"Vec<&'{erased} u8>", "Vec<&u8>"},
      {"for<'a> fn(&'a str) -> u8", "fn(&str) -> u8"},
      {"Box<(dyn Future<Output = T> + Send + 'static)>", "Box<dyn Future<Output = T> + Send>"},
      {"&dyn for<'a> Fn(&'a str) -> u8", "&dyn Fn(&str) -> u8"},
      {"<T as Tr<'_, 4>>::Out<'a>", "<T as Tr<4>>::Out"},
      {"dyn 'a + Tr<'a, Item<'a> = u8>", "dyn Tr<Item = u8>"},
      {"impl Tr + use<'a, T>", "impl Tr"},
  };
  for (const auto& [written, kept] : pairs) {
    CAPTURE(written);
    const TypeId type = types.parse(written);
    CHECK(types.print(type) == kept);
    CHECK(exact(types, type) == written);
    CHECK(types.may_borrow(type));
    CHECK(types.is_same(type, types.parse(kept)));
  }
  CHECK(types.parse("&'a T") != types.parse("&'b T"));
  CHECK(types.is_same(types.parse("&'a T"), types.parse("&'b T")));
  CHECK_FALSE(types.is_same(types.parse("&T"), types.parse("&mut T")));
  CHECK_FALSE(types.is_same(types.parse("Vec<&'a T>"), types.parse("Vec<&'a U>")));
  CHECK_FALSE(types.may_borrow(types.parse("Vec<*mut u8>")));
  CHECK_FALSE(types.may_borrow(TypeId()));
  CHECK(types.erased(TypeId()) == TypeId());
}

TEST_CASE("a type's parts") {
  TypeTable types;
  const auto part = [&](TypeId id, size_t index) { return types.print(types[id].args[index]); };
  const Type guard = types[types.parse("std::sync::MutexGuard<'_, Vec<u8>>")];
  CHECK(guard.kind == Type::Kind::Path);
  CHECK(guard.name == "std::sync::MutexGuard");
  REQUIRE(guard.args.size() == 1);
  CHECK(types.last_segment(guard.args[0]) == "Vec");
  CHECK(types.last_segment(types.parse("&T")).empty());
  CHECK(types.last_segment(types.parse("a::S<T>::Inner")) == "Inner");
  const Type call = types[types[types.parse("dyn Fn(u8) -> u16")].args[0]];
  CHECK(call.kind == Type::Kind::FnSugar);
  CHECK(call.name == "Fn");
  REQUIRE(call.args.size() == 2);
  CHECK(types.print(call.args[0]) == "(u8,)");
  CHECK(types.print(call.args[1]) == "u16");
  const TypeId projection = types.parse("<T as Tr<u8>>::Out<A>");
  CHECK(types[projection].kind == Type::Kind::Projection);
  CHECK(types[projection].name == "Out");
  REQUIRE(types[projection].args.size() == 3);
  CHECK(part(projection, 0) == "T");
  CHECK(part(projection, 1) == "Tr<u8>");
  CHECK(part(projection, 2) == "A");
  const TypeId member = types.parse("a::S<T>::Inner<U>");
  CHECK(types[member].kind == Type::Kind::Member);
  CHECK(part(member, 0) == "a::S<T>");
  CHECK(part(member, 1) == "U");
  const Type future = types[types[types.parse("impl Future<Output = u8>")].args[0]];
  REQUIRE(future.args.size() == 1);
  CHECK(types[future.args[0]].kind == Type::Kind::Binding);
  CHECK(types[future.args[0]].name == "Output");
  CHECK(types.print(types[future.args[0]].args.back()) == "u8");
  const Type constrained = types[types[types.parse("impl Iterator<Item: Send + 'a>")].args[0]];
  CHECK(types[constrained.args[0]].kind == Type::Kind::Constraint);
  CHECK(types[constrained.args[0]].args.size() == 1);
  CHECK(types[types.parse("{async block@F:1:2: 3:4}")].kind == Type::Kind::Coroutine);
  CHECK(types[types.parse("{async closure@F:1:2: 3:4}")].kind == Type::Kind::Closure);
  CHECK(types[types.parse("unsafe fn(u8)")].name == "unsafe");
  CHECK(types[types.parse("unsafe fn(u8)")].args.size() == 2);
  const TypeId item = types.parse("fn(u32) -> u32 {a::f::<T>}");
  CHECK(types[item].kind == Type::Kind::FnItem);
  CHECK(part(item, 0) == "fn(u32) -> u32");
  const TypeId array = types.parse("[u8; N]");
  CHECK(types[array].kind == Type::Kind::Array);
  CHECK(types[types[array].args[1]].kind == Type::Kind::Const);
  const TypeId method = types.parse("impl Future { <S as Svc>::call(..) }");
  CHECK(types[method].name == "{ <S as Svc>::call(..) }");
  CHECK(types[types.parse("<T>::f")].kind == Type::Kind::Member);
  CHECK(types[types[types.parse("<T>::f")].args[0]].kind == Type::Kind::Qualified);
  const TypeId bound = types.parse("for<'a> fn(&'a u8)");
  CHECK(types.exact(bound).kind == Type::Kind::ForAll);
  CHECK(types[bound].kind == Type::Kind::FnPtr);
  CHECK(types.exact(types.parse("(T)")).kind == Type::Kind::Parens);
  CHECK(types[TypeId()].kind == Type::Kind::Opaque);
}

TEST_CASE("equal texts are one type, and ids stay good when the table is sealed") {
  TypeTable types;
  const TypeId guard = types.parse("std::sync::MutexGuard<'_, u32>");
  CHECK(types.parse("std::sync::MutexGuard<'_, u32>") == guard);
  const size_t size = types.size();
  (void)types.parse("std::sync::MutexGuard<'_, u32>");
  CHECK(types.size() == size);
  std::vector<TypeId> many;
  for (int index = 0; index < 3000; ++index) {
    many.push_back(types.parse("S<&'a T" + std::to_string(index) + ">"));
  }
  types.seal();
  CHECK(types.print(guard) == "std::sync::MutexGuard<u32>");
  for (size_t index = 0; index < many.size(); ++index) {
    CHECK(types.print(many[index]) == "S<&T" + std::to_string(index) + ">");
  }
}

TEST_CASE("what is no type is one opaque, however deep it nests") {
  TypeTable types;
  for (const char* text :
       {"",     "&",  "(A", "[T; ", "Vec<",     "fn(", "<T as ", "dyn ", "A B", "{",           "'a",
        "A, B", "A>", "*T", "for<", "Vec<A = ", "\"",  "-",      "1.5",  ":",   "{type error}"}) {
    CAPTURE(text);
    const TypeId type = types.parse(text);
    if (types[type].kind != Type::Kind::Opaque) {
      // A path or constant of odd characters does as well.
      CHECK(types[type].args.empty());
    }
    CHECK(exact(types, type) == text);
  }
  const std::string openings[] = {
      "&",     "(",    "[",           "Vec<",   "fn(",      "{",     "<",    "dyn Fn(", "fn() -> ",
      "*mut ", "A::<", "impl A<B = ", "<T as ", "for<'a> ", "S<A: ", "S<A<", "<impl "};
  for (const std::string& opening : openings) {
    CAPTURE(opening);
    std::string deep;
    for (int level = 0; level < 10000; ++level) {
      deep += opening;
    }
    const TypeId type = types.parse(deep);
    CHECK(types[type].kind == Type::Kind::Opaque);
    CHECK(types[type].name == deep);
  }
}

TEST_CASE("a tree that would be too deep or too wide is one opaque of all its text") {
  TypeTable types;
  CHECK(types[types.parse(std::string(200, '&') + "T")].kind == Type::Kind::Ref);
  const auto nest = [](const char* open, const char* close, int levels) {
    std::string text = "T";
    for (int level = 0; level < levels; ++level) {
      text = open + text + close;
    }
    return text;
  };
  for (const std::string& text :
       {nest("&", "", 300), nest("&", "", 600), nest("Vec<", ">", 300), nest("(", ",)", 300),
        nest("fn(", ")", 300), nest("<", ">::A", 300), nest("<T as A<", ">>::B", 300),
        nest("A<B = ", ">", 300), nest("fn(A) -> A {", "}", 300), nest("S<A: B<", ">>", 300),
        nest("Fn(", ")", 300)}) {
    CAPTURE(text);
    const TypeId type = types.parse(text);
    CHECK(types[type].kind == Type::Kind::Opaque);
    CHECK(exact(types, type) == text);
  }
  std::string wide = "(A";
  for (int part = 0; part < 70'000; ++part) {
    wide += ", A";
  }
  wide += ")";
  CHECK(types[types.parse(wide)].kind == Type::Kind::Opaque);
  CHECK(exact(types, types.parse(wide)) == wide);
}

}  // namespace
}  // namespace jaa::mir
