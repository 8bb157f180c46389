#include "syntax/outline.h"

#include <doctest/doctest.h>

#include <string>

#include "syntax/tokens.h"

namespace jaa::syntax {
namespace {

// `kind name(parent)` of each item; a body in braces.
std::string shape(std::string_view text) {
  const auto items = outline(text);
  if (!items) {
    return "none";
  }
  constexpr const char* Kinds[] = {"fn",    "impl", "trait", "mod",  "type",
                                   "value", "use",  "macro", "call", "other"};
  std::string result;
  for (const OutlineItem& item : *items) {
    result += result.empty() ? "" : " ";
    result += Kinds[static_cast<size_t>(item.kind)];
    result += item.name.empty() ? "" : ":" + std::string(item.name);
    result += item.body_begin < item.body_end ? "{}" : "";
    result += item.parent < 0 ? "" : "@" + std::to_string(item.parent);
    CHECK(item.begin <= item.head);
    CHECK(item.head < item.end);
    CHECK(item.body_begin <= item.body_end);
    CHECK(item.body_end <= item.end);
  }
  return result;
}

std::string words(std::string_view text) {
  std::string result;
  each_word(text, 0, static_cast<uint32_t>(text.size()), [&](std::string_view word, bool is_bare) {
    result += std::string(is_bare ? "" : ":") + std::string(word) + ' ';
  });
  return result;
}

std::string leaves(std::string_view text) {
  const auto items = outline(text);
  REQUIRE(items);
  const auto tree = use_tree(text, items->front());
  if (!tree) {
    return "none";
  }
  std::string result;
  for (const UseLeaf& leaf : tree->leaves) {
    for (const std::string_view part : leaf.path) {
      result += std::string(part) + '.';
    }
    result += std::string(leaf.name) + '[' +
              std::string(text.substr(leaf.begin, leaf.end - leaf.begin)) + ']' +
              std::to_string(leaf.group) + ' ';
  }
  return result;
}

TEST_CASE("items of every form") {
  CHECK(shape("") == "");
  CHECK(shape("fn f() {}") == "fn:f{}");
  CHECK(shape("pub(crate) const unsafe extern \"C\" fn f<T>() -> [u8; { 1 + 1 }] where T: X, {}") ==
        "fn:f{}");
  CHECK(shape("async fn r#async<const N: usize>(a: A<{ N }>) {} pub async unsafe fn g();") ==
        "fn:async{} fn:g");
  CHECK(shape("struct A; struct B(u8, C); pub struct D<T> where T: X { d: T } union U { a: u8 }") ==
        "type:A type:B type:D type:U");
  CHECK(shape("enum E { A, B(u8) = 3 } type T = [u8; 3]; const C: [u8; 2] = { [1, 2] };") ==
        "type:E type:T value:C");
  CHECK(shape("static mut S: fn(u8) -> bool = |x| { x > 3 }; const _: () = {};") ==
        "value:S other");
  CHECK(shape("use a::{b, c}; extern crate d as e; extern \"C\" { fn f(); } mod m;") ==
        "use other other mod:m");
  CHECK(shape("unsafe extern \"C\" { fn f(); } extern { static X: u8; }") == "other other");
  CHECK(shape("macro_rules! m { ($x:expr) => { $x } } m!(fn f() {}); a::m! { } m![];") ==
        "macro:m call call call");
  CHECK(shape("macro m($x:expr) { $x }") == "macro:m");
  CHECK(shape("trait T: X { type A: B; const C: u8 = 1; fn f(&self); fn g() {} m!(); }") ==
        "trait:T{} type:A@0 value:C@0 fn:f@0 fn:g{}@0 call@0");
  CHECK(shape("trait A = B; unsafe auto trait C {}") == "trait:A trait:C{}");
  CHECK(shape("impl<T> A<T> for B where T: C { fn f() {} } unsafe impl D for E {}") ==
        "impl{} fn:f{}@0 impl{}");
  CHECK(shape("mod a { mod b { fn f() {} } struct S; } fn g() {}") ==
        "mod:a{} mod:b{}@0 fn:f{}@1 type:S@0 fn:g{}");
  CHECK(shape("#![a] //! doc\n#[b] /// doc\nfn f() {}") == "other fn:f{}");
}

TEST_CASE("an item begins with its attributes and documentation") {
  const std::string text = "// plain\n/// doc\n#[a(b = \"]\")]\n/* c */ pub fn f() {}\n";
  const auto items = outline(text);
  REQUIRE(items);
  CHECK(items->front().begin == text.find("///"));
  CHECK(items->front().head == text.find("pub"));
}

TEST_CASE("what a function's signature and body have in them") {
  const auto of = [](std::string_view text) { return outline(text)->front(); };
  CHECK(of("const fn f() {}").is_const);
  CHECK(of("fn f() -> Vec<impl A> {}").returns_impl);
  CHECK(of("fn f() -> (u8, [impl A; 2]) {}").returns_impl);
  CHECK_FALSE(of("fn f(a: impl Fn() -> u8) -> u8 {}").returns_impl);
  CHECK(of("fn f() { impl A for B {} }").has_inner_items);
  CHECK_FALSE(of("fn f() { let implied = \"impl\"; }").has_inner_items);
  CHECK(of("fn f() { fn g() { async fn h() {} } }").inner_functions ==
        std::vector<std::string_view>{"g", "h"});
}

TEST_CASE("brackets in literals and comments are none") {
  CHECK(shape("fn f() { \"}\"; '}'; b'{'; '\\''; r#\"\"}\"#; br\"}\"; c\"}\"; '\\u{7D}'; }") ==
        "fn:f{}");
  CHECK(shape("fn f<'a>(x: &'a str) { 'a: loop { break 'a; } /* } /* } */ */ } // }") == "fn:f{}");
  CHECK(shape("fn f() { 'é'; 1.0e-3; 0..2; x.0.1; r#fn(); }") == "fn:f{}");
  CHECK(shape("/* open") == "");
  CHECK(shape("fn f() { \"open") == "none");
}

TEST_CASE("what is no list of items has no outline") {
  for (const char* text :
       {"1 + 1", "fn f() {", "fn f() }", "}", "fn", "#[a]", "impl A {", "let x = 1;", "#!/bin/x\n",
        "fn f(", "struct A", "mod a { fn", "(", "x y z", "\"a\"", "pub(", "use a", "#!"}) {
    CAPTURE(text);
    CHECK(shape(text) == "none");
  }
}

TEST_CASE("words, also in strings, and not in comments") {
  CHECK(words("fn r#type(/* no */ a: &'b str) { 'c'; \"{D} \\\"e\\\"\"; 0x1f; } // no") ==
        "fn type a str :D :e ");
  CHECK(words("#[serde(with = \"m::n\")] r##\"o\"##") == "serde with :m :n :r :o ");
  CHECK(words("a::b.c: d..e ..f :: g 1.h") == "a :b :c d e f :g :h ");
}

TEST_CASE("the leaves of an import, each with its comma") {
  CHECK(leaves("use a;") == "a.a[a]0 ");
  CHECK(leaves("pub use a::b as c;") == "a.b.c[a::b as c]0 ");
  CHECK(leaves("#[x] use ::a::{b, c::{self, D as _, *}, e};") ==
        "a.b.b[b,]1 a.c.c[self,]2 a.c.D._[D as _,]2 a.c.*.*[*]2 a.e.e[e]1 ");
  CHECK(leaves("use {a, b::c};") == "a.a[a,]1 b.c.c[b::c]1 ");
  CHECK(leaves("use a::{};") == "");
  for (const char* text : {"use a::{b;", "use a + b;", "use a::{b c};", "use a b;"}) {
    CAPTURE(text);
    const auto items = outline(text);
    CHECK((!items || !use_tree(text, items->front())));
  }
}

TEST_CASE("an import that is deeper than anybody's is not understood") {
  for (const std::string part : {"a::", "a::{"}) {
    std::string text = "use ";
    for (int depth = 0; depth < 200; ++depth) {
      text += part;
    }
    text += "b" + std::string(part == "a::" ? 0 : 200, '}') + ";";
    const auto items = outline(text);
    REQUIRE(items);
    CHECK_FALSE(use_tree(text, items->front()));
  }
}

TEST_CASE("any bytes have tokens, and each moves on") {
  std::string text = "fn f() { r#\"a\"# 'b 'c' b\"\\\" /* */ // \n \xC3 \xFF \0 # ' \" }";
  for (size_t end = 0; end <= text.size(); ++end) {
    for (size_t begin = 0; begin <= end; ++begin) {
      Tokens tokens(text, static_cast<uint32_t>(begin), static_cast<uint32_t>(end));
      uint32_t at = static_cast<uint32_t>(begin);
      for (Token token = tokens.next(); token.kind != Token::Kind::End; token = tokens.next()) {
        REQUIRE(token.begin >= at);
        REQUIRE(token.end > token.begin);
        REQUIRE(token.end <= end);
        at = token.end;
      }
    }
  }
}

}  // namespace
}  // namespace jaa::syntax
