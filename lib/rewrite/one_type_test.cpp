#include "rewrite/one_type.h"

#include "rewrite/marked_edits_test.h"
#include "syntax/items.h"

namespace jaa::rewrite {
namespace {

// `f` takes one type; calls are those of `f`.
std::string one_type(std::string_view before, bool changes_callers) {
  const MarkedTree source(before);
  const syntax::Items items({&source.tree});
  OneTypeInput input;
  input.methods = items.functions("f");
  for (const syntax::Node& call : items.calls()) {
    const syntax::Node callee = call.field("function");
    const syntax::Node plain = callee.is("generic_function") ? callee.field("function") : callee;
    if (plain.field("field").text() == "f") input.calls.push_back(call);
  }
  const auto way = take_one_type(input, changes_callers);
  return way ? source.after(way->edits) : std::string();
}

TEST_CASE("a conversion moves to the callers") {
  const std::string_view before =
      "trait A { fn f<T: Into<String>>(&self, t: T); }\n"
      "impl A for S { fn f<U>(&self, u: U) where U: Into<String> { g(u.into()); } }\n"
      "fn m(s: S, n: String) { s.f(n); s.f(\"x\"); s.f::<&str>(&n); }\n";
  CHECK(one_type(before, false) ==
        "trait A { fn f(&self, t: String); }\n"
        "impl A for S { fn f(&self, u: String) { g(u); } }\n"
        "fn m(s: S, n: String) { s.f(n); s.f(\"x\"); s.f(&n); }\n");
  CHECK(one_type(before, true) ==
        "trait A { fn f(&self, t: String); }\n"
        "impl A for S { fn f(&self, u: String) { g(u); } }\n"
        "fn m(s: S, n: String) { s.f(n); s.f(\"x\".into()); s.f((&n).into()); }\n");
}

TEST_CASE("a reference to any type, and any function") {
  CHECK(one_type("trait A { fn f<T: Debug + ?Sized>(&self, t: &T); }", false) ==
        "trait A { fn f(&self, t: &dyn Debug); }");
  CHECK(one_type("trait A { fn f(&self, k: impl Fn(u8) -> u8); }\nfn m() { s.f(|n| n); }", false) ==
        "trait A { fn f(&self, k: Box<dyn Fn(u8) -> u8>); }\nfn m() { s.f(Box::new(|n| n)); }");
}

TEST_CASE("nothing tells which type") {
  CHECK(one_type("trait A { fn f<T>(&self, t: T); }", false).empty());
  CHECK(one_type("trait A { fn f<T: B, U: C>(&self, t: T, u: U); }", false).empty());
  CHECK(one_type("trait A { fn f<T: Fn()>(&self, t: Vec<T>, u: T); }", false).empty());
}

}  // namespace
}  // namespace jaa::rewrite
