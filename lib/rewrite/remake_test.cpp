#include "rewrite/guard_scope.h"

#include "rewrite/support_test.h"

namespace jaa::rewrite {
namespace {

TEST_CASE("a handle is made at each use") {
  check_rows(
      remake_where_used,
      {
          {"let mut «rng» = rand::rng();\nlet a = rng.next();\n‹h(a).await›;\nlet b = rng.next();",
           "let a = rand::rng().next();\nh(a).await;\nlet b = rand::rng().next();"},
          {"let «c» = current();\n‹h().await›;\nc.spawn(x);", "h().await;\ncurrent().spawn(x);"},
          {"let «c» = current();\nshow(&c);\n‹h().await›;\nshow(&mut c);",
           "show(&current());\nh().await;\nshow(&mut current());"},
          {"let «c» = current();\n‹h().await›;\nlet n = c.inner.len();",
           "h().await;\nlet n = current().inner.len();"},
          {"// For the dice.\nlet «c» = current(); // cheap\n\n‹h().await›;\nc.run();",
           "\nh().await;\ncurrent().run();"},
          {"loop {\n    let «c» = current();\n    c.run();\n    ‹h().await›;\n}",
           "loop {\n    current().run();\n    h().await;\n}"},
          {"let «c» = current();\nif ok {\n    c.run();\n}\n‹h().await›;",
           "if ok {\n    current().run();\n}\nh().await;"},
          {"let «c» = current(); ‹h().await›; c.run();", "h().await; current().run();"},
          {"let «c» = current();\n‹h().await›;\nc.run(|x| c.walk(x));",
           "h().await;\ncurrent().run(|x| current().walk(x));"},
          // With arguments that say the same where it is made again.
          {"let «c» = make(8, \"x\");\n‹h().await›;\nc.run();",
           "h().await;\nmake(8, \"x\").run();"},
          {"let n = 1;\nlet «c» = make(n);\n‹h().await›;\nc.run();",
           "let n = 1;\nh().await;\nmake(n).run();"},
          // Where a vector keeps its data.
          {"let «p» = buffer.as_mut_ptr();\n‹h().await›;\nunsafe { p.add(1) };",
           "h().await;\nunsafe { buffer.as_mut_ptr().add(1) };"},
          // Another of the same name is not this one.
          {"let «c» = current();\nc.run();\n‹h().await›;\nlet c = 1;\nuse_it(c);",
           "current().run();\nh().await;\nlet c = 1;\nuse_it(c);"},
      });
}

TEST_CASE("a handle stays where it could not be made again") {
  check_rows(remake_where_used,
             {
                 // It comes from a value, or from one that has changed.
                 {"let «c» = make(n.next());\nc.run();\n‹h().await›;", ""},
                 {"let mut n = 1;\nlet «c» = make(n);\n‹h().await›;\nn = 2;\nc.run();", ""},
                 {"let «c» = make(n);\n‹h().await›;\nlet n = 2;\nc.run();", ""},
                 {"let «c» = m.make();\nc.run();\n‹h().await›;", ""},
                 {"let «c» = make!();\nc.run();\n‹h().await›;", ""},
                 {"let «c» = make().unwrap();\nc.run();\n‹h().await›;", ""},
                 {"let Some(«c») = make() else {\n    return;\n};\nc.run();\n‹h().await›;", ""},
                 // It is given away or kept elsewhere.
                 {"let «c» = make();\n‹h().await›;\n¤take(c)¤;", ""},
                 {"let «c» = make();\n‹h().await›;\nlet d = c;", ""},
                 {"let «c» = make();\n‹h().await›;\nlet s = S { c };", ""},
                 {"let «c» = make();\n‹h().await›;\nc = other();", ""},
                 {"let «c» = make();\n‹h().await›;\nc", ""},
                 // Where it would be held over the await after all.
                 {"let «c» = make();\n‹h(c.id()).await›;", ""},
                 {"let «c» = make();\nmatch c.next() {\n    _ => ‹h().await›,\n}", ""},
                 {"let «c» = make();\n‹h().await›;\nprintln!(\"{}\", c.id());", ""},
                 {"let «c» = make();\n‹h().await›;\nprintln!(\"{c}\");", ""},
                 {"let «c» = make();\n‹h().await›;", ""},
                 {"‹h(«make()»).await›;", ""},
             });
}

TEST_CASE("what it costs is said, and that it means the same is not") {
  const Marked marked(in_function("let «c» = a::make();\nc.run();\n‹h().await›;"));
  const auto fixes = remake_where_used(syntax::Tree(marked.files, marked.file), marked.held);
  REQUIRE(fixes.size() == 1);
  CHECK(fixes[0].name == "remake");
  CHECK(fixes[0].title == "call `a::make()` where `c` is used");
  CHECK_FALSE(fixes[0].trade_off.empty());
  CHECK_FALSE(fixes[0].keeps_meaning);
}

TEST_CASE("line ends stay") {
  const Marked marked(
      "async fn f() {\r\n    let «c» = make();\r\n    c.run();\r\n    ‹h().await›;\r\n}\r\n");
  CHECK(outcomes(remake_where_used, marked) ==
        std::vector<std::string>{"async fn f() {\r\n    make().run();\r\n    h().await;\r\n}\r\n"});
}

}  // namespace
}  // namespace jaa::rewrite
