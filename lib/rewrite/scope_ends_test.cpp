#include "rewrite/scope_ends.h"

#include "rewrite/marked_edits_test.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::rewrite {
namespace {

// The values are the variables whose names begin with `c`.
ScopeEnds ends_in(const MarkedTree& source) {
  const syntax::Node function =
      syntax::enclosing(source.tree.root().named_children().front(), {"function_item"});
  std::vector<OwnedValue> values;
  syntax::walk(function, [&](syntax::Node node) {
    const syntax::Node name = node.is("let_declaration") ? node.field("pattern") : syntax::Node();
    if (name.text().starts_with("c"))
      values.push_back(
          {name, node, syntax::enclosing_block(node), std::string(name.text()) + ".close().await"});
    return syntax::Walk::Into;
  });
  return run_at_ends(
      source.tree, function.field("body"), std::move(values), [](syntax::Node mention) {
        return syntax::last_name(mention.parent().parent().field("function")) == "take";
      });
}

struct Case {
  std::string_view before;
  std::string_view after;  // empty: some place is missed
};

void check(std::string_view head, const std::vector<Case>& cases) {
  const auto whole = [&](std::string_view body) {
    const std::string text = in_function(body);
    return std::string(head) + text.substr(text.find(" {\n"));
  };
  for (const Case& one : cases) {
    CAPTURE(one.before);
    const MarkedTree source(whole(one.before));
    const ScopeEnds ends = ends_in(source);
    CHECK(ends.missed.empty() == !one.after.empty());
    if (one.after == one.before) {
      CHECK(ends.edits.empty());
    } else if (!one.after.empty()) {
      CHECK(source.after(ends.edits) == whole(one.after));
    }
  }
}

TEST_CASE("the last line of the block closes the value") {
  check("async fn f()",
        {{"let c = open();\nwork(&c);", "let c = open();\nwork(&c);\nc.close().await;"},
         {"let c = open();\nlet ca = open();\nwork(&c);",
          "let c = open();\nlet ca = open();\nwork(&c);\nca.close().await;\nc.close().await;"},
         {"let c = open();\nwork(&c)", "let c = open();\nwork(&c);\nc.close().await;"},
         {"let c = open();\nfor x in c.all() {\n    work(x);\n}",
          "let c = open();\nfor x in c.all() {\n    work(x);\n}\nc.close().await;"},
         {"let c = open();\ndrop(c);\nwork();", "let c = open();\nc.close().await;\nwork();"},
         {"let c = open();\ntake(c);", "let c = open();\ntake(c);"},
         {"let c = open();\nstore(c);", ""},
         {"let c = open();\nif x {\n    drop(c);\n}", ""}});
}

TEST_CASE("a value that the block gives is found before, or kept until after") {
  check("async fn f() -> R", {{"let c = open();\nlet n = work(&c);\nn",
                               "let c = open();\nlet n = work(&c);\nc.close().await;\nn"},
                              {"let c = open();\nc.sum()",
                               "let c = open();\nlet result = c.sum();\nc.close().await;\nresult"},
                              {"let c = open();\nc", "let c = open();\nc"}});
}

TEST_CASE("ways out close what is alive") {
  check("async fn f()",
        {{"let c = open();\nif x {\n    return;\n}\nwork();",
          "let c = open();\nif x {\n    c.close().await;\n    return;\n}\nwork();\n"
          "c.close().await;"},
         {"if x {\n    return;\n}\nlet c = open();",
          "if x {\n    return;\n}\nlet c = open();\nc.close().await;"},
         {"for x in all() {\n    let c = open(x);\n    if c.bad() {\n        continue;\n    }\n"
          "    work(c.id);\n}",
          "for x in all() {\n    let c = open(x);\n    if c.bad() {\n        c.close().await;\n"
          "        continue;\n    }\n    work(c.id);\n    c.close().await;\n}"},
         {"let c = open();\nloop {\n    if x {\n        break;\n    }\n}",
          "let c = open();\nloop {\n    if x {\n        break;\n    }\n}\nc.close().await;"},
         // A closure's `return` is its own.
         {"let c = open();\nlet g = || {\n    return;\n};",
          "let c = open();\nlet g = || {\n    return;\n};\nc.close().await;"}});
}

TEST_CASE("where `?` leaves, the rest goes into a block") {
  check("async fn f() -> R",
        {{"let c = open()?;\nc.send().await?;\nOk(())",
          "let c = open()?;\nlet result = async {\n    c.send().await?;\n    Ok(())\n}\n.await;\n"
          "c.close().await;\nresult"},
         // Which error the block gives is not known.
         {"for x in all() {\n    let c = open();\n    c.send().await?;\n}\nOk(())", ""}});
  check("async fn f() -> Result<(), E>",
        {{"for x in all() {\n    let c = open();\n    c.send().await?;\n}\nOk(())",
          "for x in all() {\n    let c = open();\n    let result = async {\n"
          "        c.send().await?;\n        Ok::<(), E>(())\n    }\n    .await;\n"
          "    c.close().await;\n    result?;\n}\nOk(())"},
         {"for x in all() {\n    let c = open();\n    if c.send().await? {\n        break;\n"
          "    }\n}\nOk(())",
          ""}});
}

}  // namespace
}  // namespace jaa::rewrite
