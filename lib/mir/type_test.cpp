// Types as rustc prints them, read and printed again.
#include "mir/type.h"

#include <doctest/doctest.h>

namespace jaa::mir {
namespace {

TEST_CASE("types are printed as they were written, but for lifetimes") {
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
      "f::<u8>::Inner",
      "r#fn::é"};
  for (const char* text : same) {
    CHECK(types.print(types.parse(text)) == text);
    CHECK(types[types.parse(text)].kind != Type::Kind::Opaque);
  }
}

TEST_CASE("lifetimes do not tell types apart") {
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
  };
  for (const auto& [written, kept] : pairs) {
    CHECK(types.print(types.parse(written)) == kept);
  }
  CHECK(types.parse("&'a T") == types.parse("&'b T"));
  CHECK(types.parse("&T") != types.parse("&mut T"));
}

TEST_CASE("a type's parts") {
  TypeTable types;
  const Type& guard = types[types.parse("std::sync::MutexGuard<'_, Vec<u8>>")];
  CHECK(guard.kind == Type::Kind::Path);
  CHECK(guard.name == "std::sync::MutexGuard");
  REQUIRE(guard.args.size() == 1);
  CHECK(types.last_segment(guard.args[0]) == "Vec");
  CHECK(types.last_segment(types.parse("&T")).empty());
  const Type& call = types[types[types.parse("dyn Fn(u8) -> u16")].args[0]];
  CHECK(call.name == "Fn");
  CHECK(types.print(call.args[0]) == "(u8,)");
  REQUIRE(call.bindings.size() == 1);
  CHECK(call.bindings[0].first == "Output");
  const Type& projection = types[types.parse("<T as Tr<u8>>::Out<A>")];
  CHECK(projection.kind == Type::Kind::Projection);
  CHECK(projection.name == "Out");
  CHECK(projection.args.size() == 3);
  CHECK(types[types.parse("{async block@F:1:2: 3:4}")].kind == Type::Kind::Coroutine);
  CHECK(types[types.parse("{async closure@F:1:2: 3:4}")].kind == Type::Kind::Closure);
  CHECK(types[types.parse("unsafe fn(u8)")].name == "unsafe");
  CHECK(types[types.parse("unsafe fn(u8)")].args.size() == 2);
}

TEST_CASE("what is no type is one opaque, however deep it nests") {
  TypeTable types;
  for (const char* text :
       {"",     "&",  "(A", "[T; ", "Vec<",     "fn(", "<T as ", "dyn ", "A B", "{",           "'a",
        "A, B", "A>", "*T", "for<", "Vec<A = ", "\"",  "-",      "1.5",  ":",   "{type error}"}) {
    const Type& type = types[types.parse(text)];
    CHECK(type.kind == Type::Kind::Opaque);
    CHECK(type.name == text);
  }
  const std::string openings[] = {"&", "(",       "[",        "Vec<", "fn(",
                                  "<", "dyn Fn(", "fn() -> ", "*mut "};
  for (const std::string& opening : openings) {
    std::string deep;
    for (int level = 0; level < 20000; ++level) {
      deep += opening;
    }
    CHECK(types[types.parse(deep)].kind == Type::Kind::Opaque);
  }
  CHECK(types[types.parse(std::string(400, '&') + "T")].kind == Type::Kind::Ref);
  CHECK(types[types.parse(std::string(600, '&') + "T")].kind == Type::Kind::Opaque);
}

}  // namespace
}  // namespace jaa::mir
