#include "rewrite/future_signature.h"

#include "rewrite/async_sugar.h"
#include "rewrite/marked_edits_test.h"

namespace jaa::rewrite {
namespace {

// The first function of the source.
syntax::Node first_function(const syntax::Tree& tree) {
  syntax::Node result;
  syntax::walk(tree.root(), [&](syntax::Node node) {
    if (node.is_any({"function_item", "function_signature_item"}) && !result) result = node;
    return result ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return result;
}

struct Row {
  std::string_view before;
  std::set<size_t> held;
  std::string_view after;  // empty: nothing is done
};

TEST_CASE("a boxed future gets one lifetime for all that it borrows") {
  const std::vector<Row> rows{
      {"fn f(s: &str) -> Box<dyn Future<Output = u32>>;",
       {0},
       "fn f(s: &str) -> Box<dyn Future<Output = u32> + '_>;"},
      {"fn f(a: &str, b: &str) -> Box<dyn Future<Output = u32> + Send + '_>;",
       {0, 1},
       "fn f<'a>(a: &'a str, b: &'a str) -> Box<dyn Future<Output = u32> + Send + 'a>;"},
      {"fn f<T>(a: &T, b: &T) -> Box<dyn Future<Output = u32>>;",
       {1},
       "fn f<'a, T>(a: &T, b: &'a T) -> Box<dyn Future<Output = u32> + 'a>;"},
      {"impl<'a> S<'a> { fn f(&mut self, b: &str) -> Box<dyn Future<Output = &str>> {} }",
       {0, 1},
       "impl<'a> S<'a> { fn f<'b>(&'b mut self, b: &'b str) -> Box<dyn Future<Output = &'b str> + "
       "'b> {} }"},
      {"fn f<'x>(a: &'x str, b: C<'_>) -> Box<dyn Future<Output = u32> + 'x>;",
       {0, 1},
       "fn f<'x>(a: &'x str, b: C<'x>) -> Box<dyn Future<Output = u32> + 'x>;"},
      {"fn f(a: &str, b: &str) -> BoxFuture<'_, u32>;",
       {0, 1},
       "fn f<'a>(a: &'a str, b: &'a str) -> BoxFuture<'a, u32>;"},
      // The lifetimes of a callback are its own.
      {"fn f(a: &str, b: fn(&str)) -> Box<dyn Future<Output = u32>>;",
       {0},
       "fn f(a: &str, b: fn(&str)) -> Box<dyn Future<Output = u32> + '_>;"},
      // Which of two names it is, nobody says.
      {"fn f<'x, 'y>(a: &'x str, b: &'y str) -> Box<dyn Future<Output = u32>>;", {0, 1}, ""},
      {"fn f(a: &str) -> Box<dyn Fn(u32)>;", {0}, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.before);
    const MarkedTree source(row.before);
    const syntax::Items items({&source.tree});
    const syntax::Node function = first_function(source.tree);
    const WrittenFuture future = written_future(items, function.field("return_type"));
    const Borrowing borrowing =
        future.is_valid() ? borrow_from(source.tree, function, future, row.held) : Borrowing();
    CHECK(source.after(borrowing.edits) == row.after);
  }
}

TEST_CASE("an opaque future says what it captures") {
  const std::vector<Row> rows{
      {"fn f(s: &str) -> impl Future<Output = u32>;",
       {},
       "fn f(s: &str) -> impl Future<Output = u32> + use<>;"},
      {"fn f<T>(s: &T) -> impl Future<Output = u32> + Send;",
       {0},
       "fn f<T>(s: &T) -> impl Future<Output = u32> + Send + use<'_, T>;"},
      {"fn f(a: &str, b: &str) -> impl Future<Output = u32>;",
       {0, 1},
       "fn f<'a, 'b>(a: &'a str, b: &'b str) -> impl Future<Output = u32> + use<'a, 'b>;"},
      {"fn f(a: &impl A, b: impl B + C) -> impl Future<Output = u32>;",
       {},
       "fn f<T: A, U: B + C>(a: &T, b: U) -> impl Future<Output = u32> + use<T, U>;"},
      {"trait S { fn f(&self) -> impl Future<Output = u32>; }",
       {},
       "trait S { fn f(&self) -> impl Future<Output = u32> + use<Self>; }"},
      {"fn f(s: &str) -> impl Future<Output = u32> + '_;", {}, ""},
      {"fn f(s: &str) -> impl Future<Output = u32> + use<>;", {}, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.before);
    const MarkedTree source(row.before);
    const syntax::Items items({&source.tree});
    const syntax::Node function = first_function(source.tree);
    const WrittenFuture future = written_future(items, function.field("return_type"));
    CHECK(source.after(capture_only(source.tree, function, future, row.held)) == row.after);
  }
}

TEST_CASE("which parameters a future holds on to") {
  const auto held = [](std::string_view text, Reach reach) {
    const MarkedTree source(text);
    return parameters_in_future(first_function(source.tree), reach);
  };
  const std::string_view cloned =
      "fn f(&self, a: &A) -> F { let n = a.n.clone(); let r = &self.r; async move { n + r } }";
  CHECK(held(cloned, Reach::Borrows) == std::set<size_t>{0});
  CHECK(held(cloned, Reach::All) == std::set<size_t>{0, 1});
  CHECK(held("fn f(a: &A, b: &A) -> F { b.check(); work(a) }", Reach::Borrows) ==
        std::set<size_t>{0});
  CHECK(held("fn f(a: &A) -> F { async move { println!(\"{a}\") } }", Reach::Borrows) ==
        std::set<size_t>{0});
  CHECK(held("fn f(a: &A) -> F;", Reach::All).empty());
}

TEST_CASE("a function that is one async block becomes an async function") {
  const auto after = [](std::string_view text) {
    const MarkedTree source(text);
    return source.after(resugar_async(source.tree, first_function(source.tree)));
  };
  CHECK(after("use std::future::Future;\npub fn f(a: &A) -> impl Future<Output = u32> + '_ {\n"
              "    async move {\n        g().await;\n        a.n\n    }\n}\n") ==
        "pub async fn f(a: &A) -> u32 {\n    g().await;\n    a.n\n}\n");
  CHECK(after("fn f(a: &A) -> impl Future<Output = ()> {\n    // Why.\n    async move {\n"
              "        g(a)\n    }\n}\n") == "async fn f(a: &A) {\n    // Why.\n    g(a)\n}\n");
  CHECK(after("fn f(a: &A) -> impl Future<Output = u32> {\n    async move { a.n }\n}\n") ==
        "async fn f(a: &A) -> u32 {\n    a.n\n}\n");
  // It does something first, promises more, or drops an argument at once.
  CHECK(after("fn f(a: &A) -> impl Future<Output = u32> { a.log(); async move { a.n } }").empty());
  CHECK(after("fn f(a: &A) -> impl Future<Output = u32> + Send { async move { a.n } }").empty());
  CHECK(after("fn f(a: A) -> impl Future<Output = u32> { async move { 1 } }").empty());
  CHECK(after("async fn f() {}").empty());
}

}  // namespace
}  // namespace jaa::rewrite
