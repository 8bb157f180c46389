#include "rewrite/callback.h"

#include "rewrite/marked_edits_test.h"
#include "syntax/queries.h"

namespace jaa::rewrite {
namespace {

struct Case {
  std::string_view before;  // with the callback's parameter marked
  std::string_view after;   // empty: refused
};

using Bind =
    std::function<std::vector<base::Edit>(const syntax::Items&, const std::vector<Callback>&)>;

void check(const std::vector<Case>& cases, const Bind& bind) {
  for (const Case& one : cases) {
    CAPTURE(one.before);
    const MarkedTree source(one.before);
    const syntax::Items items({&source.tree});
    const auto callback =
        callback_of(syntax::enclosing(source.tree.smallest_node(source.held.value), {"parameter"}));
    REQUIRE(callback);
    CHECK(source.after(bind(items, bound_alike(items, *callback))) == one.after);
  }
}

TEST_CASE("a bound that has one type for all futures becomes an async one") {
  check({{"use std::future::Future;\nfn g() {}\n"
          "fn f<F, Fut>(«f: F») where F: Fn(&T) -> Fut, Fut: Future<Output = R> { f(x).await }",
          "fn g() {}\nfn f<F>(f: F) where F: AsyncFn(&T) -> R { f(x).await }"},
         {"fn f<T, F, Fut>(«mut f: F») -> T\nwhere\n    F: FnMut(T) -> Fut + Send,\n"
          "    Fut: Future<Output = ()> + 'static,\n{\n}",
          "fn f<T, F>(mut f: F) -> T\nwhere\n    F: AsyncFnMut(T) + Send,\n{\n}"},
         {"fn f<Fut: Future<Output = R>>(«f: impl FnOnce() -> Fut + Send») {}",
          "fn f(f: impl AsyncFnOnce() -> R + Send) {}"},
         // What the future gives is left open.
         {"fn f<F: Fn() -> Fut, Fut: Future>(«f: F») {}", "fn f<F: AsyncFn() -> R, R>(f: F) {}"},
         {"fn f<F: Fn() -> Fut, Fut: Future>(«f: F») where Fut::Output: Debug {}",
          "fn f<F: AsyncFn() -> R, R>(f: F) where R: Debug {}"},
         // Handed on, and both ways.
         {"fn g<F: Fn() -> X, X: Future<Output = u8>>(f: F) { h(f) }\n"
          "fn h<F: Fn() -> X, X: Future<Output = u8>>(«f: F») {}\n",
          "fn g<F: AsyncFn() -> u8>(f: F) { h(f) }\nfn h<F: AsyncFn() -> u8>(f: F) {}\n"},
         {"trait A { fn a<F: Fn() -> X, X: Future<Output = u8>>(&self, f: F); }\n"
          "impl A for B { fn a<F: Fn() -> X, X: Future<Output = u8>>(&self, «f: F») {} }\n",
          "trait A { fn a<F: AsyncFn() -> u8>(&self, f: F); }\n"
          "impl A for B { fn a<F: AsyncFn() -> u8>(&self, f: F) {} }\n"},
         {"fn f<F: Fn() -> X, X: Future<Output = u8>>(«f: F») {}\nfn m() { f::<_, _>(g) }\n",
          "fn f<F: AsyncFn() -> u8>(f: F) {}\nfn m() { f::<_>(g) }\n"},
         // The type has other uses.
         {"fn f<F: Fn() -> X, X: Future<Output = u8>>(«f: F», x: Option<X>) {}", ""}},
        [](const syntax::Items& items, const std::vector<Callback>& callbacks) {
          return bind_async(items, callbacks, false);
        });
  check({{"fn f<F: Fn() -> X, X: Future<Output = u8>>(«f: F») { f() }",
          "fn f<F: AsyncFnMut() -> u8>(mut f: F) { f() }"}},
        [](const syntax::Items& items, const std::vector<Callback>& callbacks) {
          return bind_async(items, callbacks, true);
        });
}

TEST_CASE("a bound of async closures becomes one that names the future") {
  check({{"fn f<F>(«f: F»)\nwhere\n    F: AsyncFn(u8) -> bool + Send,\n{\n}",
          "fn f<F, Fut>(f: F)\nwhere\n    F: Fn(u8) -> Fut + Send,\n"
          "    Fut: Future<Output = bool> + Send,\n{\n}"},
         {"fn f(«f: impl AsyncFnOnce()») {}",
          "fn f<Fut: Future<Output = ()> + Send>(f: impl FnOnce() -> Fut) {}"},
         {"fn f<T: A, F: AsyncFnMut(T)>(«mut f: F») {}",
          "fn f<T: A, F: FnMut(T) -> Fut, Fut: Future<Output = ()> + Send>(mut f: F) {}"}},
        [](const syntax::Items& items, const std::vector<Callback>& callbacks) {
          return bind_future(items, callbacks, "Send", "2024");
        });
}

TEST_CASE("the bound's parameters are borrowed by the box") {
  check({{"fn f<F: Fn(&T) -> X, X: Future<Output = u8> + Send>(«f: F») {}",
          "fn f<F: Fn(&T) -> std::pin::Pin<Box<dyn Future<Output = u8> + Send + '_>>>(f: F) {}"},
         {"fn f<F: Fn(&T, &U) -> X, X: Future<Output = u8>>(«f: F») {}",
          "fn f<F: for<'a> Fn(&'a T, &'a U) -> std::pin::Pin<Box<dyn Future<Output = u8> + "
          "'a>>>(f: F) {}"}},
        [](const syntax::Items& items, const std::vector<Callback>& callbacks) {
          return bind_boxed(items, callbacks, "2024");
        });
}

TEST_CASE("how often a callback is called") {
  const auto once = [](std::string_view body) {
    const MarkedTree source("fn f(«f: impl Fn() -> Pin<Box<dyn Future>>») { " + std::string(body) +
                            " }");
    const auto callback =
        callback_of(syntax::enclosing(source.tree.smallest_node(source.held.value), {"parameter"}));
    REQUIRE(callback);
    return calls_once(*callback);
  };
  CHECK(once("f().await"));
  CHECK(once("if x { f().await }"));
  CHECK_FALSE(once("loop { f().await }"));
  CHECK_FALSE(once("f().await; f().await"));
  CHECK_FALSE(once("g(f)"));
  CHECK_FALSE(once("println!(\"{}\", f())"));
}

TEST_CASE("broken sources and other parameters are no callbacks") {
  CHECK_FALSE(callback_of({}));
  CHECK_FALSE(callback_of_type({}, "F"));
  for (const char* text : {"fn f(«f: u32») {}", "fn f<F: Fn() -> u32>(«f: F») {}",
                           "fn f<F: Clone>(«f: F») {}", "fn f(«f: &dyn Fn()») {}"}) {
    CAPTURE(text);
    const MarkedTree source(text);
    CHECK_FALSE(callback_of(
        syntax::enclosing(source.tree.smallest_node(source.held.value), {"parameter"})));
  }
}

}  // namespace
}  // namespace jaa::rewrite
