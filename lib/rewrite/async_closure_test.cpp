#include "rewrite/async_closure.h"

#include "rewrite/marked_edits_test.h"
#include "syntax/queries.h"

namespace jaa::rewrite {
namespace {

struct Case {
  std::string_view before;  // with one closure marked
  std::string_view after;   // empty: refused
};

void check(const std::vector<Case>& cases,
           const std::function<std::vector<base::Edit>(const MarkedTree&, syntax::Node)>& edits) {
  for (const Case& one : cases) {
    CAPTURE(one.before);
    const MarkedTree source(in_function(one.before));
    const syntax::Node closure = syntax::enclosing(source.marked_node(), {"closure_expression"});
    REQUIRE(closure);
    const std::string after = source.after(edits(source, closure));
    CHECK(after == (one.after.empty() ? "" : in_function(one.after)));
  }
}

TEST_CASE("a closure that returns a future becomes an async closure") {
  check(
      {{"each(«|x| async move { f(x).await }»);", "each(async |x| f(x).await);"},
       {"each(«|x| async { f(x).await; }»);", "each(async |x| { f(x).await; });"},
       {"each(«move |x: &T| async move {\n    f(x).await?;\n    g(x).await\n}»);",
        "each(async move |x: &T| {\n    f(x).await?;\n    g(x).await\n});"},
       {"each(«|x| async move {\n    match x {\n        _ => 1,\n    }\n}»);",
        "each(async |x| match x {\n    _ => 1,\n});"},
       {"each(«|x| {\n    Box::pin(async move {\n        // why\n        f(x).await;\n    })\n}»);",
        "each(async |x| {\n    // why\n    f(x).await;\n});"},
       {"each(«|x| {\n    log(x);\n    async move {\n        f(x).await;\n        g();\n    "
        "}\n}»);",
        "each(async |x| {\n    log(x);\n    f(x).await;\n    g();\n});"},
       {"each(«|x| self.put(x)»);", "each(async |x| self.put(x).await);"},
       {"each(«|x| Box::pin(f(x))»);", "each(async |x| f(x).await);"},
       {"each(«|x| {\n    log(x);\n    f(x)\n}»);",
        "each(async |x| {\n    log(x);\n    f(x).await\n});"},
       // Nothing to do, and what cannot be told.
       {"each(«async |x| f(x).await»);", ""},
       {"each(«|x| -> Task { Box::pin(async move { 1 }) }»);", ""},
       {"each(«|x| {\n    if x { return ready(1); }\n    f(x)\n}»);", ""},
       {"each(«|x| { f(x); }»);", ""}},
      [](const MarkedTree& source, syntax::Node closure) {
        std::vector<base::Edit> edits;
        if (can_be_async(closure)) make_async(source.tree, closure, false, edits);
        return edits;
      });
}

TEST_CASE("an async closure becomes one that returns a block") {
  check({{"each(«async |x| f(x).await»);", "each(|x| async move { f(x).await });"},
         {"each(«async move |x| {\n    f(x).await;\n}»);",
          "each(move |x| async move {\n    f(x).await;\n});"}},
        [](const MarkedTree&, syntax::Node closure) {
          std::vector<base::Edit> edits;
          return_block(closure, false, edits);
          return edits;
        });
  check({{"each(«async |x| f(x).await»);", "each(|x| Box::pin(async move { f(x).await }));"}},
        [](const MarkedTree&, syntax::Node closure) {
          std::vector<base::Edit> edits;
          return_block(closure, true, edits);
          return edits;
        });
}

TEST_CASE("what runs first gets a block where there is none") {
  const std::vector<std::string> lets{"let a = a.clone();", "let b = b.clone();"};
  check({{"each(«|x| async move { f(a, b, x).await }»);",
          "each(|x| {\n    let a = a.clone();\n    let b = b.clone();\n"
          "    async move { f(a, b, x).await }\n});"},
         {"each(«|x| { async move {} }»);",
          "each(|x| {\n    let a = a.clone();\n    let b = b.clone();\n    async move {}\n});"},
         {"each(«|x| {\n    log(x);\n    // why\n    async move {}\n}»);",
          "each(|x| {\n    log(x);\n    let a = a.clone();\n    let b = b.clone();\n"
          "    // why\n    async move {}\n});"}},
        [&lets](const MarkedTree& source, syntax::Node closure) {
          std::vector<base::Edit> edits;
          run_first(source.tree, closure, returned_block(closure), lets, edits);
          return edits;
        });
}

}  // namespace
}  // namespace jaa::rewrite
