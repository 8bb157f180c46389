#include "rewrite/stub_bodies.h"

#include <doctest/doctest.h>

namespace jaa::rewrite {
namespace {

std::optional<std::string> stubbed(std::string text) {
  base::SourceFiles files;
  const base::FileId file = files.add("/a.rs", "a.rs", std::move(text));
  return stub_bodies(syntax::Tree(files, file), {"kept"});
}

TEST_CASE("other bodies go, and every place stays") {
  CHECK(stubbed("async fn f() {\n    \"é\".len();\r\n}\nfn kept() { g(); }\n") ==
        "async fn f() {\nloop{}        \r\n}\nfn kept() { g(); }\n");
  CHECK(stubbed("impl S {\n    fn m(&self) -> u32 { self.n + 1 }\n}\n") ==
        "impl S {\n    fn m(&self) -> u32 {loop{}      }\n}\n");
}

TEST_CASE("what others may need stays") {
  CHECK_FALSE(stubbed("const fn f() -> u32 { 1 + 1 + 1 }"));
  CHECK_FALSE(stubbed("fn f() -> impl Iterator<Item = u32> { 0..100 }"));
  CHECK_FALSE(stubbed("fn f() { impl Tr for S { fn g(&self) { self.h(); } } }"));
  CHECK_FALSE(stubbed("fn f() { async fn kept() { more().await } }"));
  CHECK_FALSE(stubbed("fn f() {}"));
  CHECK_FALSE(stubbed("mac! { fn f() { something(); } }"));
  CHECK_FALSE(stubbed("fn f( { something(); }"));
}

}  // namespace
}  // namespace jaa::rewrite
