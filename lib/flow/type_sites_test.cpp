#include "flow/type_sites.h"

#include <doctest/doctest.h>

#include <string>

#include "syntax/items.h"

namespace jaa::flow {
namespace {

struct Source {
  explicit Source(std::string text)
      : file(files.add("/p/a.rs", "a.rs", std::move(text))), tree(files, file), items({&tree}) {}

  // The node of that very text, the last of them in the file.
  [[nodiscard]] syntax::Node last(std::string_view part) const {
    const size_t at = tree.text().rfind(part);
    REQUIRE(at != std::string_view::npos);
    return tree.node_at({file, static_cast<uint32_t>(at), static_cast<uint32_t>(at + part.size())});
  }
  [[nodiscard]] syntax::Node first(std::string_view part) const {
    const size_t at = tree.text().find(part);
    REQUIRE(at != std::string_view::npos);
    return tree.node_at({file, static_cast<uint32_t>(at), static_cast<uint32_t>(at + part.size())});
  }

  base::SourceFiles files;
  base::FileId file;
  syntax::Tree tree;
  syntax::Items items;
};

// The trait objects that are reached from the last `x`.
std::string objects_of(const std::string& text) {
  const Source source(text);
  std::string result;
  for (const syntax::Node& site : type_sites(source.items, source.last("x"), [](syntax::Node node) {
         return node.is_any({"dynamic_type", "abstract_type"});
       }))
    result += std::string(site.text()) + "|";
  return result;
}

TEST_CASE("a value's type is found where it is spelled") {
  struct Row {
    std::string text;
    std::string sites;
  };
  const Row rows[] = {
      // A parameter, a `let`, `self`.
      {"fn f(x: Box<dyn A>) { g(x); }", "dyn A|"},
      {"fn f() { let x: Box<dyn A> = h(); g(x); }", "dyn A|"},
      {"fn f(mut x: Box<dyn A>) { g(x); }", "dyn A|"},
      {"fn f() { run(|x: &dyn A| g(x)); }", "dyn A|"},
      {"fn f(b: Box<dyn A>) { let x = b; g(x); }", "dyn A|"},
      {"fn f(b: Box<dyn A>) { let c = &b; let x = c; g(x); }", "dyn A|"},
      // What a function gives back.
      {"fn h() -> Box<dyn A> { k() } fn f() { let x = h(); g(x); }", "dyn A|"},
      {"impl S { fn h(&self) -> Box<dyn A> { k() } } fn f(s: S) { let x = s.h(); g(x); }",
       "dyn A|"},
      {"async fn h() -> impl A { k() } fn f() { let x = h().await; g(x); }", "impl A|"},
      {"fn f() { let x = m::h::<u8>(); g(x); } mod m { fn h<T>() -> impl A {} }", "impl A|"},
      // A field, an alias, a static, a struct within a struct.
      {"struct S { a: Box<dyn A> } fn f(s: S) { let x = s.a; g(x); }", "dyn A|"},
      {"type B = Box<dyn A>; fn f(x: B) { g(x); }", "dyn A|"},
      {"type C = B; type B = Box<dyn A>; fn f(x: m::C) { g(x); }", "dyn A|"},
      {"static K: &dyn A = &1; fn f() { let x = K; g(x); }", "dyn A|"},
      {"struct S { t: T } struct T { a: Box<dyn A> } fn f(x: S) { g(x); }", "dyn A|"},
      {"struct S { a: Box<dyn A> } fn f() { let x = S::new(); g(x); }", "dyn A|"},
      {"struct S { a: Box<dyn A> } fn f() { let x = S { a: k() }; g(x); }", "dyn A|"},
      {"enum E { V(Box<dyn A>), W } fn f(x: E) { g(x); }", "dyn A|"},
      {"fn f(b: Box<dyn A>) { let x = || b; g(x); }", "dyn A|"},
      // Patterns.
      {"fn f(o: Option<Box<dyn A>>) { if let Some(x) = o { g(x); } }", "dyn A|"},
      {"fn f(o: Option<Box<dyn A>>) { match o { Some(x) => g(x), _ => {} } }", "dyn A|"},
      {"fn f(l: Vec<Box<dyn A>>) { for x in l { g(x); } }", "dyn A|"},
      // Nearest first.
      {"struct S { a: Box<dyn B> } fn f(x: Box<dyn A>, s: S) { g(x); }", "dyn A|"},
      {"struct S<T> { a: Box<dyn B>, t: T } fn f(x: S<Box<dyn A>>) { g(x); }", "dyn A|dyn B|"},
      // Nothing is spelled.
      {"fn f(x: u8, b: Box<dyn A>) { g(x); }", ""},
      {"fn f() { g(x); }", ""},
      // Types that name each other.
      {"struct S { t: Vec<T> } struct T { s: Vec<S> } fn f(x: S) { g(x); }", ""},
      {"type A = B; type B = A; fn f(x: A) { g(x); }", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(objects_of(row.text) == row.sites);
  }
  const Source source("struct S { a: Box<dyn A> } impl S { fn f(&self) { self; } }");
  const auto found = type_sites(source.items, source.last("self"),
                                [](syntax::Node node) { return node.is("dynamic_type"); });
  CHECK(found.size() == 1);
  CHECK(type_sites(source.items, {}, [](syntax::Node) { return true; }).empty());
}

TEST_CASE("a local's binding is the innermost before its use") {
  // The start of the binding that the last `x` means; npos when there is none.
  const auto binding = [](const std::string& text) {
    const Source source(text);
    const syntax::Node found = local_binding(source.last("x"), "x");
    return found ? text.substr(0, found.begin()) : std::string("none");
  };
  CHECK(binding("fn f(x: u8) { x; }") == "fn f(");
  CHECK(binding("fn f(x: u8) { let x = 1; x; }") == "fn f(x: u8) { let ");
  CHECK(binding("fn f(x: u8) { let x = g(x); }") == "fn f(");
  CHECK(binding("fn f() { let mut x = 1; x; }") == "fn f() { let mut ");
  CHECK(binding("fn f() { let (a, x) = g(); x; }") == "fn f() { let (a, ");
  CHECK(binding("fn f() { let S { a: x, .. } = g(); x; }") == "fn f() { let S { a: ");
  CHECK(binding("fn f() { let S { x, .. } = g(); x; }") == "fn f() { let S { ");
  CHECK(binding("fn f() { for x in g() { x; } }") == "fn f() { for ");
  CHECK(binding("fn f() { while let Some(x) = g() { x; } }") == "fn f() { while let Some(");
  CHECK(binding("fn f() { match g() { Ok(x) if x > 1 => x, _ => 2 }; }") ==
        "fn f() { match g() { Ok(");
  CHECK(binding("fn f(x: u8) { g(|x| x); }") == "fn f(x: u8) { g(|");
  CHECK(binding("fn f(x: u8) { g(|y| x); }") == "fn f(");
  CHECK(binding("fn f(x: u8) { spawn(async move { x; }); }") == "fn f(");
  CHECK(binding("fn f() { g(x); let x = 1; }").find("none") == std::string::npos);
  CHECK(binding("fn f() { x; }") == "none");
  CHECK(binding("static x: u8 = 1; fn f() { x; }") == "none");
  // What ended before the use is out of reach.
  CHECK(binding("fn f(x: u8) { { let x = 1; } x; }") == "fn f(");
  CHECK(binding("fn f(x: u8) { g(|x| 1); x; }") == "fn f(");
  CHECK(binding("fn f(x: u8) { if let Some(x) = g() {} x; }") == "fn f(");
  CHECK(binding("fn f(x: u8) { for x in g() {} x; }") == "fn f(");
  CHECK(binding("fn f(x: u8) { match g() { Some(x) => 1, _ => 2 }; x; }") == "fn f(");
  CHECK(binding("fn f(x: u8) { fn k(x: u8) {} x; }") == "fn f(");
  // A function within sees nothing of the one around.
  CHECK(binding("fn f(x: u8) { fn g() { x; } }") == "none");
  CHECK_FALSE(local_binding({}, "x").is_valid());
}

TEST_CASE("where a binding comes from") {
  const auto origin = [](const std::string& text, std::string_view name = "x") {
    const Source source(text);
    const Origin found = origin_of(source.first(name));
    return std::string(found.type.text()) + "=" + std::string(found.value.text());
  };
  CHECK(origin("fn f() { let x: u8 = g(); }") == "u8=g()");
  CHECK(origin("fn f() { let x; }") == "=");
  CHECK(origin("fn f(x: &str) {}") == "&str=");
  CHECK(origin("fn f() { for x in g() {} }") == "=g()");
  CHECK(origin("fn f() { if let Some(x) = g() {} }") == "=g()");
  CHECK(origin("fn f() { match g() { Some(x) => 1 } }") == "=g()");
  CHECK(origin("fn f() { let (a, (b, x)) = g(); }") == "=g()");
  CHECK(origin("fn f() { k(|x| 1); }") == "=");
  CHECK(origin("fn f() { k(|x: u8| 1); }") == "u8=");
  CHECK(origin("impl S<u8> { fn f(&self) {} }", "self") == "S<u8>=");
  // A use is no binding.
  CHECK(origin("fn f() { let a = g(x); }") == "=");
  CHECK(origin("static K: u8 = 1;", "K") == "=");
  const Origin none = origin_of({});
  CHECK_FALSE(none.type.is_valid());
  CHECK_FALSE(none.value.is_valid());
}

TEST_CASE("what was seen is not looked at again") {
  std::string text = "struct S3 { a: Box<dyn A> }\nfn f(x: S0) { x; }";
  for (int at = 0; at < 3; ++at) {
    std::string item = "struct S" + std::to_string(at) + "(";
    for (int field = 0; field < 20; ++field) item += "S" + std::to_string(at + 1) + ", ";
    text.insert(0, item + ");\n");
  }
  CHECK(objects_of(text) == "dyn A|");
}

TEST_CASE("the search has an end") {
  std::string text;
  for (int at = 0; at < 2000; ++at)
    text += "struct S" + std::to_string(at) + " { a: S" + std::to_string(at + 1) + " }\n";
  text += "struct S2000 { a: Box<dyn A> }\nfn f(x: S0) { x; }";
  CHECK(objects_of(text).empty());
}

}  // namespace
}  // namespace jaa::flow
