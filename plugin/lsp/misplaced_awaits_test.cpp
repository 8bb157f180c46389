#include "plugin/lsp/misplaced_awaits.h"

#include <doctest/doctest.h>

#include "syntax/live_tree.h"

namespace jaa::lsp {
namespace {

// `code@keyword..` of each, the place as the text that begins there.
std::vector<std::string> found(std::string text) {
  const syntax::LiveTree live(std::move(text));
  std::vector<std::string> result;
  for (const MisplacedAwait& await : misplaced_awaits(live.tree())) {
    CHECK(live.text().substr(await.keyword.begin, 5) == "await");
    CHECK(await.function.begin <= await.keyword.begin);
    CHECK(await.keyword.end <= await.function.end);
    CHECK_FALSE(await.message.empty());
    result.push_back(await.code);
  }
  return result;
}
using Codes = std::vector<std::string>;

TEST_CASE("awaits where nothing can be awaited") {
  CHECK(found("fn f() { g().await; h().await; }") == Codes{"await_outside_async"});
  CHECK(found("async fn f() { v.iter().map(|x| x.get().await); }") ==
        Codes{"await_in_sync_closure"});
  CHECK(found("impl Drop for S { fn drop(&mut self) { self.c.close().await; } }") ==
        Codes{"await_in_drop"});
  CHECK(found("async fn f() { fn g() { h().await; } }") == Codes{"await_outside_async"});
  CHECK(found("fn f() { async { g().await; }; g().await; }") == Codes{"await_outside_async"});
  CHECK(found("fn f() { async || g().await; || g().await; }") == Codes{"await_in_sync_closure"});
  CHECK(found("#[test] #[allow(x)] fn f() { g().await; }") == Codes{"await_outside_async"});
  CHECK(found("trait T { fn f() { g().await; } }") == Codes{"await_outside_async"});
  CHECK(found("fn f() { a().await } fn b() {} fn c() { || d().await; }") ==
        Codes{"await_outside_async", "await_in_sync_closure"});
}

TEST_CASE("near misses") {
  for (const char* const text :
       {"async fn f() { g().await; }", "fn f() { async move { g().await }; }",
        "fn f() { async move |x| g(x).await; }", "fn f() { m! { g().await } }",
        "async fn f() { if a { loop { g().await } } }", "fn f() { let r#await = 1; s.await_it(); }",
        "#[sync] fn f() { g().await; }", "#[tokio::main] fn main() { g().await; }",
        "#[cfg_attr(x, sync)] fn f() { g().await; }", "#[sync] impl S { fn f() { g().await; } }",
        "#[sync] mod m { fn f() { g().await; } }", "fn f() { g().await; let }",
        "fn f() { // g().await\n \"g().await\"; }",
        "macro_rules! m { () => { fn f() { g.await } } }"}) {
    CAPTURE(text);
    CHECK(found(text).empty());
  }
}

}  // namespace
}  // namespace jaa::lsp
