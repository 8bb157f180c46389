#include "plugin/lsp/function_changes.h"

#include <doctest/doctest.h>

namespace jaa::lsp {
namespace {

// The title of what is offered where `$` stands, or between two of them; empty for nothing.
std::string offered(std::string text, bool has_errors = false) {
  TextRange place;
  place.begin = static_cast<uint32_t>(text.find('$'));
  text.erase(place.begin, 1);
  const size_t end = text.find('$');
  place.end = end == std::string::npos ? place.begin : static_cast<uint32_t>(end);
  if (end != std::string::npos) {
    text.erase(end, 1);
  }
  const Document document("file:///p/a.rs", "/p/a.rs", 1, text);
  const auto change = function_change_at(document, place, has_errors);
  if (!change) {
    return {};
  }
  CHECK(document.text().substr(0, change->name).ends_with("fn "));
  CHECK((change->kind == FunctionChangeKind::Add) == change->title.starts_with("Make"));
  CHECK(change_called(name_of(change->kind)) == change->kind);
  return change->title;
}

constexpr const char* Make = "Make `f` async, through its callers";

TEST_CASE("on the head of a function, from its visibility to the end of its signature") {
  for (const char* const text :
       {"$fn f() {}", "f$n f() {}", "fn $f() {}", "fn f(a$: u8) {}", "fn f() -> u$8 { 1 }",
        "fn f()$ {}", "fn f() ${}", "p$ub(crate) fn f() {}", "unsafe$ fn f() {}",
        "fn f<T>() where T: Cl$one {}", "#[inline]\n$fn f() {}", "$fn f() -> u8$ { 1 }",
        "trait T { fn $f(&self); }", "trait T { fn $f(&self) {} }", "impl S { pub fn $f() {} }",
        "fn g() { fn $f() {} }", "mod m { fn f$() {} }", "fn f(_: fn() -> $u8) {}",
        "fn main() { fn $f() {} }"}) {
    CAPTURE(text);
    CHECK(offered(text) == Make);
  }
  CHECK(offered("mod a { fn $main() {} }") == "Make `main` async, through its callers");
}

TEST_CASE("not elsewhere, and not where it would be refused at once") {
  for (const char* const text :
       {"fn f() {$ }", "fn f() { g$() }", "$fn f() { g()$ }", "$fn f() {}\nfn g()$ {}",
        "#[inl$ine]\nfn f() {}", "/// t$ext\nfn f() {}", "const fn $f() {}",
        "extern \"C\" fn $f() {}", "extern \"C\" { fn $f(); }", "fn $main() {}",
        "#[test]\nfn $f() {}", "#[tokio::test(start_paused = true)]\nasync fn $f() {}",
        "fn $f() -> impl Future<Output = ()> { g() }", "macro_rules! m { () => { fn $f() {} } }",
        "m! { fn $f() {} }", "fn $f( {}", "struct $S;", "$"}) {
    CAPTURE(text);
    CHECK(offered(text).empty());
  }
}

TEST_CASE("where something is wrong, what was begun by hand can be completed") {
  const char* const carry = "Carry the `async` of `f` through its callers";
  CHECK(offered("async fn $f() {}", true) == carry);
  CHECK(offered("async fn $f() { g().await }", true) == carry);
  CHECK(offered("fn $f() {}", true) == Make);
  CHECK(offered("async fn f() { $ }", true).empty());
  CHECK(offered("async fn $main() {}", true).empty());
  CHECK_FALSE(change_called("another"));
}

TEST_CASE("an `async fn` that awaits nothing itself may lose its `async`") {
  const char* const take = "Take `async` from `f`, through its callers";
  for (const char* const text :
       {"async fn $f() {}", "pub asy$nc fn f() { async { g().await }; }",
        "async fn $f() { async || g().await; }", "async fn $f() { async fn h() { g().await } }",
        "trait T { async fn $f(); }", "async unsafe fn $f() {}"}) {
    CAPTURE(text);
    CHECK(offered(text) == take);
  }
  for (const char* const text :
       {"async fn $f() { g().await }", "async fn $f() { m!(g().await) }",
        "async fn $f() { if a { loop { g().await; } } }", "async fn $main() {}"}) {
    CAPTURE(text);
    CHECK(offered(text).empty());
  }
}

TEST_CASE("methods of std's traits keep their form") {
  for (const char* const text :
       {"impl Iterator for S { fn $f() {} }", "impl From<u8> for S { fn $f() {} }",
        "impl std::fmt::Display for S { fn $f() {} }",
        "impl ::core::ops::Add<u8> for S { fn $f() {} }",
        "use std::fmt; impl fmt::Display for S { fn $f() {} }",
        "use std::{fmt::{self, Debug as D}}; impl D for S { fn $f() {} }",
        "mod m { use std::ops::Add; impl Add for S { fn $f() {} } }",
        "fn g() { use std::ops::Add; impl Add for S { fn $f() {} } }",
        "use std::fmt; use fmt::Debug; impl Debug for S { fn $f() {} }"}) {
    CAPTURE(text);
    CHECK(offered(text).empty());
  }
  for (const char* const text :
       {"impl Work for S { fn $f() {} }", "impl crate::Work for S { fn $f() {} }",
        "trait Iterator { fn f(); } impl Iterator for S { fn $f() {} }",
        "use crate::a::Iterator; impl Iterator for S { fn $f() {} }",
        "use super::*; impl Work<u8> for S { fn $f() {} }",
        "use a::b; use b::a; impl a for S { fn $f() {} }",
        "use std::ops::Add; mod m { impl Add for S { fn $f() {} } }",
        "mod std_like {} impl std_like::Add for S { fn $f() {} }", "impl S { fn $f() {} }"}) {
    CAPTURE(text);
    CHECK(offered(text) == Make);
  }
}

}  // namespace
}  // namespace jaa::lsp
