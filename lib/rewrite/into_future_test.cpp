#include "rewrite/into_future.h"

#include "rewrite/box_future.h"
#include "rewrite/marked_edits_test.h"
#include "rewrite/one_block.h"
#include "syntax/queries.h"

namespace jaa::rewrite {
namespace {

std::vector<syntax::Node> all_of(const syntax::Tree& tree, std::string_view kind) {
  std::vector<syntax::Node> result;
  syntax::walk(tree.root(), [&](syntax::Node node) {
    if (node.is(kind)) result.push_back(node);
    return syntax::Walk::Into;
  });
  return result;
}

TEST_CASE("what a block borrows is borrowed in it") {
  const auto after = [](std::string_view text) {
    const MarkedTree source(text);
    return source.after(make_in_blocks(source.tree, all_of(source.tree, "let_declaration"),
                                       all_of(source.tree, "async_block")));
  };
  CHECK(
      after(
          "fn f(r: R) -> F {\n    let c = &r.c;\n    async move {\n        c.len()\n    }\n}\n") ==
      "fn f(r: R) -> F {\n    async move {\n        let c = &r.c;\n        c.len()\n    }\n}\n");
  // It is used before, too.
  CHECK(
      after("fn f(r: R) -> F {\r\n    let c = &r.c;\r\n    g(c);\r\n    async move { c.len() }\r\n"
            "}\r\n") ==
      "fn f(r: R) -> F {\r\n    let c = &r.c;\r\n    g(c);\r\n    async move {\r\n"
      "        let c = &r.c;\r\n        c.len()\r\n    }\r\n}\r\n");
  CHECK(after("fn f(r: R) -> F {\n    let Some(c) = r.c() else { return g() };\n"
              "    async move { c }\n}\n")
            .empty());
}

TEST_CASE("what only borrows can be done later") {
  const auto is_late = [](std::string_view value) {
    const MarkedTree source("fn f() { let x = " + std::string(value) + "; }");
    return only_borrows(all_of(source.tree, "let_declaration").front().field("value"));
  };
  CHECK(is_late("&row.columns[0]"));
  CHECK(is_late("name.as_str().trim()"));
  CHECK(is_late("names.iter().map(|n| n.len())"));
  CHECK(is_late("users.get(&id)"));
  CHECK_FALSE(is_late("cell.get()"));
  CHECK_FALSE(is_late("cell.borrow()"));
  CHECK_FALSE(is_late("parse(&text)"));
  CHECK_FALSE(is_late("names.drain(..)"));
  CHECK_FALSE(is_late("&next()"));
}

TEST_CASE("one block goes around a branch") {
  const auto after = [](std::string_view text) {
    const MarkedTree source(text);
    const syntax::Items items({&source.tree});
    std::vector<syntax::Node> branches = all_of(source.tree, "match_expression");
    if (branches.empty()) branches = all_of(source.tree, "if_expression");
    return source.after(block_around(source.tree, items, branches.front()));
  };
  const std::string callee = "async fn g(n: u32) {}\n";
  CHECK(after(callee + "fn f() {\n    let x = match n {\n        0 => g(n),\n"
                       "        _ => async move {\n            h();\n        },\n    };\n}\n") ==
        callee +
            "fn f() {\n    let x = async move {\n        match n {\n"
            "            0 => g(n).await,\n            _ => {\n                h();\n"
            "            }\n        }\n    };\n}\n");
  CHECK(after(callee +
              "fn f() {\n    let x = if a && b.c { async { 1 } } else { async { 2 } };\n}\n") ==
        callee +
            "fn f() {\n    let x = async {\n        if a && b.c { 1 } else { 2 }\n    };\n}\n");
  CHECK(arm_values({}).empty());
  // The condition has an effect, an arm does something, or is no future.
  CHECK(after("fn f() { let x = if next() { async { 1 } } else { async { 2 } }; }").empty());
  CHECK(after("fn f() { let x = if a { log(); async { 1 } } else { async { 2 } }; }").empty());
  CHECK(after("fn f() { let x = if a { async { 1 } } else { other() }; }").empty());
}

TEST_CASE("a closure's body of several lines is boxed in braces") {
  const MarkedTree source("fn f() {\n    g(|a| async move {\n        a\n    });\n}\n");
  EditList edits(source.tree);
  box_value(source.tree, all_of(source.tree, "async_block").front().span(), "", edits);
  CHECK(source.after(edits.take()) ==
        "fn f() {\n    g(|a| {\n        Box::pin(async move {\n            a\n        })\n    "
        "});\n}\n");
}

}  // namespace
}  // namespace jaa::rewrite
