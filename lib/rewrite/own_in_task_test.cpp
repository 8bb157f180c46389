#include "rewrite/own_in_task.h"

#include "rewrite/marked_edits_test.h"

namespace jaa::rewrite {
namespace {

struct Case {
  std::string_view before;  // the future is marked `«..»`
  std::vector<TaskValue> values;
  std::string_view after;
};

TEST_CASE("values are made before the task, or around it where their names are wanted later") {
  const TaskValue name{"name", "name.clone()"};
  const std::vector<Case> cases{
      {"spawn(«async { name }»);", {}, "spawn(async move { name });"},
      {"spawn(«async move { name }»);",
       {name},
       "let name = name.clone();\nspawn(async move { name });"},
      {"// why\nlist.push(spawn(«async { name }»));",
       {name},
       "let name = name.clone();\n// why\nlist.push(spawn(async move { name }));"},
      {"spawn(«async {\n    name\n}»);\nname.len()",
       {name},
       "spawn({\n    let name = name.clone();\n    async move {\n        name\n    }\n});\n"
       "name.len()"},
      {"f(g(), spawn(«async { name }»));",
       {name},
       "f(g(), spawn({\n    let name = name.clone();\n    async move { name }\n}));"},
      {"list.map(|x| spawn(«async { f(x, name) }»));",
       {name},
       "list.map(|x| {\n    let name = name.clone();\n    spawn(async move { f(x, name) })\n});"},
      {"spawn(«send(&name)»);",
       {name},
       "let name = name.clone();\nspawn(async move { send(&name).await });"},
      {"spawn(«send(\n    &name,\n)»);",
       {},
       "spawn(async move {\n    send(\n        &name,\n    ).await\n});"},
      {"spawn_blocking(«|| name»);", {}, "spawn_blocking(move || name);"},
      {"run!(spawn(«async { name }»));", {name}, ""},
  };
  for (const Case& one : cases) {
    CAPTURE(one.before);
    const MarkedTree source(in_function(one.before));
    OwnedTask task;
    task.future = source.tree.node_at(source.held.value);
    task.values = one.values;
    const std::string after = source.after(own_in_task(source.tree, task));
    CHECK(after == (one.after.empty() ? "" : in_function(one.after)));
  }
  CHECK(own_in_task(MarkedTree("fn f() {}").tree, {}).empty());
}

std::string bound(std::string_view call, bool is_borrowing) {
  const MarkedTree source(in_function("«" + std::string(call) + "»;"));
  const auto found = bind_arguments(source.tree.node_at(source.held.value), {"file", "size"},
                                    [&](syntax::Node) { return is_borrowing; });
  if (!found) return "none";
  std::string result;
  for (size_t index = 0; index < found->values.size(); ++index)
    result += found->values[index].name + " = " + found->values[index].value + " as " +
              found->renamed[index].second + "|";
  return result;
}

TEST_CASE("what a call computes for its future is computed before") {
  CHECK(bound("send(&name, 1)", false).empty());
  CHECK(bound("send(&format!(\"a\"), size())", false) ==
        "file = format!(\"a\") as file|size_value = size() as size_value|");
  CHECK(bound("send(1, rows.clone())", false) == "rows = rows.clone() as rows|");
  CHECK(bound("send(&data[1..3], 1)", false) == "file = data[1..3].to_owned() as file|");
  CHECK(bound("send(text.trim(), 1)", true) == "file = text.trim().to_owned() as &file|");
  CHECK(bound("send(text.trim(), 1)", false) == "file = text.trim() as file|");
  CHECK(bound("pool().send(1)", false) == "none");
  CHECK(bound("future", false) == "none");
}

TEST_CASE("a value is lent where a reference was passed on") {
  const auto lent = [](std::string_view body, bool copies) {
    const MarkedTree source(in_function(body));
    const auto found = as_reference(source.tree.node_at(source.held.value), copies);
    return found ? std::string(source.files.text(found->first)) + " > " + found->second
                 : std::string();
  };
  CHECK(lent("f(«x»)", false) == "x > &x");
  CHECK(lent("for y in «x» {}", false) == "x > &x");
  CHECK(lent("S { «x» }", false) == "x > x: &x");
  CHECK(lent("*«x» + 1", true) == "*x > x");
  CHECK(lent("*«x»", false).empty());
  CHECK(lent("«x».len()", false).empty());
  CHECK(lent("«x»[0]", false).empty());
  CHECK(lent("f(&«x»)", false).empty());
  CHECK(lent("let «x» = 1;", false).empty());
  CHECK(lent("let (a, «x») = f();", false).empty());
  CHECK(lent("match f() { Some((_, «x»)) => {} }", false).empty());
  CHECK(lent("list.map(|«x»| 1);", false).empty());
  CHECK(lent("let y = «x»;", false) == "x > &x");
}

}  // namespace
}  // namespace jaa::rewrite
