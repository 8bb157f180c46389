#include "rewrite/async_sugar.h"

#include "rewrite/marked_edits_test.h"
#include "syntax/items.h"

namespace jaa::rewrite {
namespace {

DesugarOptions opaque(std::string edition = "2021") {
  return {FutureForm::Opaque, true, std::move(edition)};
}

DesugarOptions boxed(std::string edition = "2021") {
  return {FutureForm::Boxed, true, std::move(edition)};
}

// The function named `f`.
syntax::Node function_in(const syntax::Tree& tree) {
  const syntax::Items items({&tree});
  return items.functions("f").empty() ? syntax::Node() : items.functions("f").front();
}

void check_desugared(const DesugarOptions& options, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.before);
    const MarkedTree source(row.before);
    const auto edits = desugar_async(source.tree, function_in(source.tree), options);
    CHECK(source.after(edits) == row.after);
  }
}

TEST_CASE("the signature says the future and the body becomes a block") {
  check_desugared(
      opaque(),
      {
          {"use std::future::Future;\nasync fn f(n: u8) -> u8 {\n    g(n).await\n}\n",
           "use std::future::Future;\nfn f(n: u8) -> impl Future<Output = u8> + Send {\n    async "
           "move {\n        g(n).await\n    }\n}\n"},
          {"async fn f() {\n    g().await;\n    h().await;\n}\n",
           "fn f() -> impl std::future::Future<Output = ()> + Send {\n    async move {\n        "
           "g().await;\n        h().await;\n    }\n}\n"},
          {"async fn f() -> u8 { 1 }",
           "fn f() -> impl std::future::Future<Output = u8> + Send { async move { 1 } }"},
          {"async fn f() {}",
           "fn f() -> impl std::future::Future<Output = ()> + Send { async move {} }"},
          {"async fn f() {\n}\n",
           "fn f() -> impl std::future::Future<Output = ()> + Send { async move {} }\n"},
          {"pub(crate) async unsafe fn f() {}",
           "pub(crate) unsafe fn f() -> impl std::future::Future<Output = ()> + Send { async move "
           "{} }"},
          {"#[inline]\npub async fn f() {}",
           "#[inline]\npub fn f() -> impl std::future::Future<Output = ()> + Send { async move {} "
           "}"},
          {"async fn f<T>(t: T) -> T\nwhere\n    T: Send,\n{\n    t\n}",
           "fn f<T>(t: T) -> impl std::future::Future<Output = T> + Send\nwhere\n    T: "
           "Send,\n{\n    async move {\n        t\n    }\n}"},
          {"async fn f<T>(t: T) where T: Send { t; }",
           "fn f<T>(t: T) -> impl std::future::Future<Output = ()> + Send where T: Send { async "
           "move { t; } }"},
          {"async fn f() -> Result<Vec<u8>, Box<dyn Error + Send>> { g() }",
           "fn f() -> impl std::future::Future<Output = Result<Vec<u8>, Box<dyn Error + Send>>> + "
           "Send { async move { g() } }"},
          {"async fn f(s: &'static str) {}",
           "fn f(s: &'static str) -> impl std::future::Future<Output = ()> + Send { async move {} "
           "}"},
      });
}

TEST_CASE("comments, line ends and indentation stay") {
  check_desugared(
      opaque("2024"),
      {
          {"async fn f() {\n    // First.\n    g().await; // behind\n\n    /* last */\n}\n",
           "fn f() -> impl Future<Output = ()> + Send {\n    async move {\n        // First.\n     "
           "   g().await; // behind\n\n        /* last */\n    }\n}\n"},
          {"async fn f() {\n    // Nothing.\n}\n",
           "fn f() -> impl Future<Output = ()> + Send {\n    async move {\n        // Nothing.\n   "
           " "
           "}\n}\n"},
          {"async fn f() { // why\n    g().await\n}\n",
           "fn f() -> impl Future<Output = ()> + Send { // why\n    async move {\n        "
           "g().await\n    }\n}\n"},
          {"async fn f() { g().await // why\n}\n",
           "fn f() -> impl Future<Output = ()> + Send { async move { g().await // why\n}\n}\n"},
          {"impl S {\r\n    async fn f(self) {\r\n        if a {\r\n            g().await;\r\n     "
           " "
           "  }\r\n    }\r\n}\r\n",
           "impl S {\r\n    fn f(self) -> impl Future<Output = ()> + Send {\r\n        async move "
           "{\r\n            if a {\r\n                g().await;\r\n            }\r\n        "
           "}\r\n    }\r\n}\r\n"},
          {"mod m {\n\tasync fn f() {\n\t\tg(\"a\n\tb\").await\n\t}\n}\n",
           "mod m {\n\tfn f() -> impl Future<Output = ()> + Send {\n\t\tasync move "
           "{\n\t\t\tg(\"a\n\tb\").await\n\t\t}\n\t}\n}\n"},
          {"async fn f() {\n    #![allow(unused)]\n    g().await\n}\n",
           "fn f() -> impl Future<Output = ()> + Send {\n    #![allow(unused)]\n    async move {\n "
           " "
           "      g().await\n    }\n}\n"},
          {"pub async /* a */ fn f() {}",
           "pub /* a */ fn f() -> impl Future<Output = ()> + Send { async move {} }"},
          {"async fn f() { // Nothing.\n}\n",
           "fn f() -> impl Future<Output = ()> + Send { async move { // Nothing.\n}\n}\n"},
      });
}

TEST_CASE("a trait's method") {
  check_desugared(
      opaque(),
      {
          {"use std::future::Future;\ntrait A {\n    async fn f(&self, s: &str) -> u8;\n}\n",
           "use std::future::Future;\ntrait A {\n    fn f(&self, s: &str) -> impl Future<Output = "
           "u8> + Send;\n}\n"},
          {"trait A {\n    async fn f(&self) where Self: Sync;\n}\n",
           "trait A {\n    fn f(&self) -> impl std::future::Future<Output = ()> + Send where Self: "
           "Sync;\n}\n"},
          {"trait A {\n    async fn f(&self) -> u8 {\n        1\n    }\n}\n",
           "trait A {\n    fn f(&self) -> impl std::future::Future<Output = u8> + Send {\n        "
           "async move {\n            1\n        }\n    }\n}\n"},
          {"impl A for S {\n    async fn f(&self, s: &str) {}\n}\n",
           "impl A for S {\n    fn f(&self, s: &str) -> impl std::future::Future<Output = ()> + "
           "Send "
           "{ async move {} }\n}\n"},
          {"impl a::A<u8> for S {\n    async fn f(&self, s: &str) {}\n}\n",
           "impl a::A<u8> for S {\n    fn f(&self, s: &str) -> impl std::future::Future<Output = "
           "()> "
           "+ Send { async move {} }\n}\n"},
      });
}

TEST_CASE("what the future borrows is said where that is not taken for granted") {
  constexpr const char* Plain = "std::future::Future<Output = ()> + Send";
  const auto to = [&](std::string_view head, std::string_view lifetime) {
    return std::string(head) + " -> impl " + Plain + std::string(lifetime) + " { async move {} }";
  };
  const std::vector<std::pair<std::string, std::string>> rows{
      {"fn f(s: &str)", " + '_"},
      {"fn f(s: &mut [u8])", " + '_"},
      {"fn f(s: S<'_>)", " + '_"},
      {"fn f<'a>(s: &'a str)", " + 'a"},
      {"fn f<'a>(s: &'a str, t: &'a str)", " + 'a"},
      {"fn f(s: &str, k: fn(&str), g: impl Fn(&str))", " + '_"},
      {"fn f(s: &str, k: &'static str)", " + '_"},
      {"fn f(s: &dyn Fn(&str))", " + '_"},
  };
  for (const auto& [head, lifetime] : rows)
    check_desugared(opaque(), {{"async " + head + " {}", to(head, lifetime)}});
  // Which of several, the compiler was not told.
  for (const char* head :
       {"fn f<'a>(s: &'a str, t: &str)", "fn f<'a, 'b>(s: &'a str, t: &'b str)"}) {
    check_desugared(opaque(), {{"async " + std::string(head) + " {}", ""}});
    check_desugared(
        opaque("2024"),
        {{"async " + std::string(head) + " {}",
          std::string(head) + " -> impl Future<Output = ()> + Send { async move {} }"}});
  }
  // Several without a name get one.
  check_desugared(
      opaque(),
      {{"async fn f(s: &str, t: &str) {}", to("fn f<'a>(s: &'a str, t: &'a str)", " + 'a")},
       {"async fn f(s: &S<'_>) {}", to("fn f<'a>(s: &'a S<'a>)", " + 'a")},
       {"async fn f<T>(s: &str, t: &T) {}", to("fn f<'a, T>(s: &'a str, t: &'a T)", " + 'a")}});
  check_desugared(opaque(), {{"impl S { async fn f(&self, s: &str) {} }",
                              "impl S { " + to("fn f<'a>(&'a self, s: &'a str)", " + 'a") + " }"},
                             {"impl S { async fn f(&self) {} }",
                              "impl S { " + to("fn f(&self)", " + '_") + " }"},
                             {"impl S { async fn f<'a>(&'a self) {} }",
                              "impl S { " + to("fn f<'a>(&'a self)", " + 'a") + " }"},
                             {"impl S { async fn f(self: Pin<&mut Self>) {} }",
                              "impl S { " + to("fn f(self: Pin<&mut Self>)", " + '_") + " }"}});
}

TEST_CASE("a boxed future") {
  check_desugared(
      boxed(),
      {
          {"async fn f(n: u8) -> u8 {\n    g(n).await\n}\n",
           "fn f(n: u8) -> std::pin::Pin<Box<dyn std::future::Future<Output = u8> + Send>> {\n    "
           "Box::pin(async move {\n        g(n).await\n    })\n}\n"},
          {"async fn f() {}",
           "fn f() -> std::pin::Pin<Box<dyn std::future::Future<Output = ()> + Send>> { "
           "Box::pin(async move {}) }"},
          {"async fn f() -> u8 { 1 }",
           "fn f() -> std::pin::Pin<Box<dyn std::future::Future<Output = u8> + Send>> { "
           "Box::pin(async move { 1 }) }"},
          {"trait A { async fn f(&self) -> u8; }",
           "trait A { fn f(&self) -> std::pin::Pin<Box<dyn std::future::Future<Output = u8> + Send "
           "+ '_>>; }"},
          {"async fn f(s: &str, t: &str) {}",
           "fn f<'a>(s: &'a str, t: &'a str) -> std::pin::Pin<Box<dyn std::future::Future<Output = "
           "()> + Send + 'a>> { Box::pin(async move {}) }"},
      });
  check_desugared(boxed("2024"),
                  {{"async fn f(s: &str) {}",
                    "fn f(s: &str) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send + '_>> { "
                    "Box::pin(async move {}) }"},
                   {"async fn f<'a>(s: &'a str, t: &str) {}", ""}});
}

TEST_CASE("the future's name is short where it is in scope") {
  constexpr const char* Short = "fn f() -> impl Future<Output = ()> + Send { async move {} }";
  constexpr const char* Std =
      "fn f() -> impl std::future::Future<Output = ()> + Send { async move {} }";
  constexpr const char* Core =
      "fn f() -> impl core::future::Future<Output = ()> + Send { async move {} }";
  const std::vector<std::tuple<std::string, std::string, std::string>> rows{
      {"use std::future::Future;\n", Short, ""},
      {"use std::{future::Future, pin::Pin};\n", Short, ""},
      {"use futures::{Future, FutureExt};\n", Short, ""},
      {"use futures::FutureExt;\n", Std, ""},
      {"use std::future;\n", Std, ""},
      {"#![no_std]\n", Core, ""},
      {"mod m { use std::future::Future; }\n", Std, ""},
      // A module does not see the imports around it.
      {"use std::future::Future;\nmod m {\n", Std, "\n}"},
      {"mod m {\nuse std::future::Future;\n", Short, "\n}"},
  };
  for (const auto& [before, now, after] : rows)
    check_desugared(opaque(), {{before + "async fn f() {}" + after, before + now + after}});
}

TEST_CASE("other functions stay") {
  check_desugared(opaque(), {
                                {"fn f() {}", ""},
                                {"fn f() { async {} }", ""},
                                {"mac! { async fn f() {} }", ""},
                                {"async fn f( {}", ""},
                                {"async fn f() { let = ; }", ""},
                            });
  const MarkedTree source("struct S;");
  CHECK(desugar_async(source.tree, {}, opaque()).empty());
  CHECK(desugar_async(source.tree, source.tree.root(), opaque()).empty());
}

TEST_CASE("an argument that the body does not name would be dropped at the call") {
  const auto drops = [](std::string_view text) {
    CAPTURE(std::string(text));
    const MarkedTree source(text);
    return drops_arguments_early(function_in(source.tree));
  };
  CHECK(drops("async fn f(permit: Permit) { g().await; }"));
  CHECK(drops("async fn f(_: Permit) {}"));
  CHECK(drops("async fn f((a, b): (A, B)) { a.g().await; }"));
  CHECK(drops("impl S { async fn f(self) {} }"));
  CHECK_FALSE(drops("async fn f(permit: Permit) { g(&permit).await; }"));
  CHECK_FALSE(drops("async fn f(permit: Permit) { say!(\"{permit}\"); }"));
  CHECK_FALSE(drops("async fn f(s: &str, n: u8) {}"));
  CHECK_FALSE(drops("impl S { async fn f(&self) {} }"));
  CHECK_FALSE(drops("impl S { async fn f(self) { self.g().await; } }"));
  CHECK_FALSE(drops("trait A { async fn f(self, permit: Permit); }"));
  CHECK_FALSE(drops_arguments_early({}));
}

TEST_CASE("the future in words") {
  const MarkedTree source("async fn f(s: &str) -> Vec<u8> { g() }");
  const syntax::Node function = function_in(source.tree);
  CHECK(future_type(function, opaque()) == "impl Future<Output = Vec<u8>> + Send");
  CHECK(future_type(function, {FutureForm::Opaque, false, "2021"}) ==
        "impl Future<Output = Vec<u8>>");
  CHECK(future_type(function, boxed()) ==
        "std::pin::Pin<Box<dyn Future<Output = Vec<u8>> + Send>>");
}

}  // namespace
}  // namespace jaa::rewrite
