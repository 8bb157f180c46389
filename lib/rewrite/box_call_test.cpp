#include "rewrite/box_call.h"

#include "rewrite/marked_edits_test.h"

namespace jaa::rewrite {
namespace {

struct Case {
  std::string_view before;  // each await to box is marked `‹f().await›`
  std::string_view after;
};

TEST_CASE("what is awaited goes into a box") {
  const std::vector<Case> cases{
      {"‹f(n - 1).await›;", "Box::pin(f(n - 1)).await;"},
      {"let x = ‹f(n).await›?;", "let x = Box::pin(f(n)).await?;"},
      {"a + ‹self.walk(&node.left).await› + ‹self.walk(&node.right).await›",
       "a + Box::pin(self.walk(&node.left)).await + Box::pin(self.walk(&node.right)).await"},
      {"if ‹f(n).await›.is_ok() {}", "if Box::pin(f(n)).await.is_ok() {}"},
      {"g(‹f(‹h(1).await›).await›);", "g(Box::pin(f(Box::pin(h(1)).await)).await);"},
      {"‹f(\n    n, // depth\n).await›;", "Box::pin(f(\n    n, // depth\n)).await;"},
      {"‹self\n    .walk(n)\n    .await›;", "Box::pin(self\n    .walk(n))\n    .await;"},
      {"let fut = f(n);\n‹fut.await›;", "let fut = f(n);\nBox::pin(fut).await;"},
      {"let c = async || ‹f(n).await›;", "let c = async || Box::pin(f(n)).await;"},
      // All or none.
      {"join!(‹f(n).await›);", ""},
      {"‹f(1).await›; println!(\"{}\", ‹f(2).await›);", ""},
      {"‹f(n)›;", ""},
  };
  for (const Case& one : cases) {
    CAPTURE(one.before);
    const MarkedTree source(in_function(one.before));
    std::vector<syntax::Node> awaits;
    for (const base::Span& span : source.held.awaits)
      awaits.push_back(source.tree.smallest_node(span));
    REQUIRE_FALSE(awaits.empty());
    const std::string after = source.after(box_awaited(awaits));
    CHECK(after == (one.after.empty() ? "" : in_function(one.after)));
  }
  CHECK(box_awaited({}).empty());
  CHECK(box_awaited({syntax::Node()}).empty());
}

TEST_CASE("the other awaits of the same call are found") {
  const auto count = [](std::string_view body) {
    const MarkedTree source(in_function(body));
    REQUIRE(source.held.awaits.size() == 1);
    const syntax::Node await = source.tree.node_at(source.held.awaits.front());
    REQUIRE(await.is("await_expression"));
    return awaits_of_same_call(await).size();
  };
  CHECK(count("‹f(1).await›;") == 1);
  CHECK(count("‹f(1).await›;\nf(2).await;\ng(3).await;") == 2);
  CHECK(count("g(3).await;\nif f(2).await {\n    ‹f(1).await›;\n}") == 2);
  CHECK(count("‹f(1).await›;\nBox::pin(f(2)).await;") == 1);
  CHECK(count("‹f(1).await›;\nprintln!(\"{}\", f(2).await);") == 1);
  CHECK(count("‹self.f(1).await›;\nother.f(2).await;\nself.f(3).await?;") == 2);
  CHECK(count("‹Box::pin(f(1)).await›;\nf(2).await;") == 0);
  // The body is that of the block which awaits.
  CHECK(count("f(0).await;\nspawn(async {\n    ‹f(1).await›;\n    f(2).await;\n});") == 2);
  CHECK(awaits_of_same_call({}).empty());
}

}  // namespace
}  // namespace jaa::rewrite
