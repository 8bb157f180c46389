#include "syntax/items.h"

#include <doctest/doctest.h>

#include <string>

#include "syntax/queries.h"

namespace jaa::syntax {
namespace {

struct Source {
  explicit Source(std::string text)
      : file(files.add("/p/a.rs", "a.rs", std::move(text))), tree(files, file) {}

  // The smallest node of that very text.
  [[nodiscard]] Node at(std::string_view part) const {
    const size_t at = tree.text().find(part);
    REQUIRE(at != std::string_view::npos);
    return tree.node_at({file, static_cast<uint32_t>(at), static_cast<uint32_t>(at + part.size())});
  }

  base::SourceFiles files;
  base::FileId file;
  Tree tree;
};

std::string texts(const Items::List& nodes) {
  std::string result;
  for (const Node& node : nodes) result += std::string(node.text()) + "|";
  return result;
}

TEST_CASE("the last name of a path or type") {
  const auto last = [](const std::string& type) {
    const Source source("type T = " + type + ";");
    return std::string(last_name(source.at("type T = " + type + ";").field("type")));
  };
  CHECK(last("Rc") == "Rc");
  CHECK(last("std::rc::Rc") == "Rc");
  CHECK(last("std::rc::Rc<str>") == "Rc");
  CHECK(last("Rc<std::cell::Cell<u8>>") == "Rc");
  CHECK(last("u8") == "u8");
  CHECK(last("S::Item") == "Item");
  CHECK(last("<S as A>::Item") == "Item");
  CHECK(last("&Rc<u8>").empty());
  CHECK(last("(u8, u8)").empty());
  CHECK(last("dyn A").empty());
  const auto called = [](const std::string& call) {
    const Source source("fn main() { " + call + "; }");
    return std::string(last_name(source.at(call).field("function")));
  };
  CHECK(called("f()") == "f");
  CHECK(called("a::b::f()") == "f");
  CHECK(called("f::<u8>()") == "f");
  CHECK(called("a::f::<u8>()") == "f");
  CHECK(called("Vec::<u8>::new()") == "new");
  CHECK(called("x.f()").empty());
  CHECK(called("(f)()").empty());
  CHECK(last_name({}).empty());
}

TEST_CASE("what a function is part of") {
  const Source source(
      "fn a() {} trait T { fn b(); fn c() {} } impl S { fn d() {} } impl T for S { fn e() { fn "
      "inner() {} } }");
  const Items items({&source.tree});
  const auto function = [&](std::string_view name) {
    REQUIRE(items.functions(name).size() == 1);
    return items.functions(name).front();
  };
  CHECK_FALSE(trait_of(function("a")).is_valid());
  CHECK_FALSE(impl_of(function("a")).is_valid());
  CHECK(trait_of(function("b")).field("name").text() == "T");
  CHECK(trait_of(function("c")).field("name").text() == "T");
  CHECK_FALSE(impl_of(function("c")).is_valid());
  CHECK(impl_of(function("d")).field("type").text() == "S");
  CHECK_FALSE(impl_of(function("d")).field("trait").is_valid());
  CHECK(impl_of(function("e")).field("trait").text() == "T");
  CHECK_FALSE(trait_of(function("e")).is_valid());
  CHECK_FALSE(impl_of(function("inner")).is_valid());
  CHECK_FALSE(trait_of({}).is_valid());
  CHECK_FALSE(impl_of({}).is_valid());
}

TEST_CASE("the item around a place") {
  const Source source(
      "fn a() { let x = || y; } struct S { f: u8 } impl T for S { fn e(&self) -> u16 { 1 } type O "
      "= "
      "u32; } const C: u64 = 2;");
  CHECK(enclosing_item(source.at("y")).field("name").text() == "a");
  CHECK(enclosing_item(source.at("u8")).field("name").text() == "S");
  CHECK(enclosing_item(source.at("u16")).field("name").text() == "e");
  CHECK(enclosing_item(source.at("u32")).is("impl_item"));
  CHECK_FALSE(enclosing_item(source.at("u64")).is_valid());
  CHECK_FALSE(enclosing_item({}).is_valid());
}

TEST_CASE("items are found by name, over files and modules") {
  base::SourceFiles files;
  const auto one = files.add("/p/a.rs", "a.rs",
                             "struct S { a: u8, b: u16 } enum E { V { a: u32 } } union U { c: u8 } "
                             "type A = S; static K: u8 "
                             "= 1; const C: u8 = 2; mod m { pub struct S(u8); fn f() {} }");
  const auto two = files.add("/p/b.rs", "b.rs",
                             "trait T<X> { fn f(); type O; } impl T<u8> for S { fn f() { fn g() {} "
                             "} } impl a::T<u16> for E "
                             "{} impl S {}");
  const Tree first(files, one);
  const Tree second(files, two);
  const Items items({&first, &second});
  CHECK(items.structs("S").size() == 2);
  CHECK(items.structs("E").size() == 1);
  CHECK(items.structs("U").size() == 1);
  CHECK(items.structs("A").empty());
  CHECK(texts(items.aliases("A")) == "type A = S;|");
  CHECK(texts(items.fields("a")) == "a: u8|a: u32|");
  CHECK(texts(items.statics("K")) == "static K: u8 = 1;|");
  CHECK(texts(items.statics("C")) == "const C: u8 = 2;|");
  CHECK(items.traits("T").size() == 1);
  CHECK(texts(items.functions("f")) == "fn f() {}|fn f();|fn f() { fn g() {} }|");
  CHECK(items.functions("g").size() == 1);
  CHECK(items.impls("T").size() == 2);
  CHECK(texts(items.impls("")) == "impl S {}|");
  CHECK(items.functions("nothing").empty());
  CHECK(Items(Items::Trees()).functions("f").empty());
}

TEST_CASE("calls and trait objects come in source order, and none of a macro") {
  const Source source(
      "struct S { a: Box<dyn A + Send + 'static>, b: &'static dyn B } fn f(x: impl C<dyn D>) -> "
      "impl "
      "E { g(h(1), x.i()); say!(j(2)); k() } macro_rules! m { () => { fn n() -> Box<dyn F> { o() } "
      "} "
      "}");
  const Items items({&source.tree});
  CHECK(texts(items.trait_objects()) == "dyn A + Send + 'static|dyn B|impl C<dyn D>|dyn D|impl E|");
  CHECK(texts(items.calls()) == "g(h(1), x.i())|h(1)|x.i()|k()|");
  CHECK(items.functions("n").empty());
}

TEST_CASE("a long sum of trait objects takes time in step with its length") {
  std::string sum = "type A = dyn B";
  for (int part = 0; part < 20000; ++part) sum += " + dyn B";
  const Source source(sum + ";");
  const Items items({&source.tree});
  REQUIRE_FALSE(items.trait_objects().empty());
  CHECK(items.trait_objects().front().begin() == 9);
}

TEST_CASE("broken text has items too") {
  const Source source("struct S { a: u8 fn f() { g( } } }} trait T { fn \xff(); struct");
  const Items items({&source.tree});
  CHECK(items.structs("nothing").empty());
}

}  // namespace
}  // namespace jaa::syntax
