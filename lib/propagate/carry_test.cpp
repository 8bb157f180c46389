#include "propagate/carry.h"

#include <doctest/doctest.h>

#include "propagate/blocking.h"
#include "syntax/queries.h"

namespace jaa::propagate {
namespace {

using syntax::Node;

struct World {
  explicit World(std::string text, std::vector<std::string> dependencies = {}) {
    file = files.add("/p/a.rs", "a.rs", std::move(text));
    flow::FactsInput input;
    input.files = &files;
    input.trees = &trees;
    input.crates = {{"/p/a.rs", {file}}};
    input.package.dependencies = std::move(dependencies);
    facts.emplace(input);
  }
  // Carries the first await of the file outwards.
  [[nodiscard]] Plan plan(const Options& options = {}) const {
    Goal goal;
    goal.awaits = {first("await_expression")};
    return carry(*facts, goal, options);
  }
  [[nodiscard]] Node first(std::string_view kind) const {
    Node found;
    syntax::walk(trees.tree(file).root(), [&](Node node) {
      if (!found && node.is(kind)) found = node;
      return found ? syntax::Walk::Stop : syntax::Walk::Into;
    });
    return found;
  }
  [[nodiscard]] std::string after(const Plan& plan) const {
    return base::apply_edits(files, file, plan.edits).value_or("edits overlap");
  }

  base::SourceFiles files;
  syntax::TreeCache trees{files};
  base::FileId file;
  std::optional<flow::Facts> facts;
};

TEST_CASE("callers become async and await, up to what is async") {
  const World world(
      "pub(crate) fn a() -> u32 { leaf().await }\n"
      "unsafe fn b() -> u32 { a() + a().max(1) }\n"
      "async fn c() { b(); println!(\"{}\", a()); }\n");
  CHECK(world.after(world.plan()) ==
        "pub(crate) async fn a() -> u32 { leaf().await }\n"
        "async unsafe fn b() -> u32 { a().await + a().await.max(1) }\n"
        "async fn c() { b().await; println!(\"{}\", a().await); }\n");
}

TEST_CASE("what an await leaves is unpacked where it was asked for") {
  const World world("async fn a() { b(); }\nfn c() { let t = spawn(); t; }\n");
  Goal goal;
  goal.unawaited = {world.first("call_expression")};
  goal.unpack = ".unwrap()";
  CHECK(world.after(carry(*world.facts, goal, {})) ==
        "async fn a() { b().await.unwrap(); }\nfn c() { let t = spawn(); t; }\n");
}

TEST_CASE("a method of a trait takes the trait and all implementations along") {
  const World world(
      "trait T { fn m(&self); }\n"
      "impl T for A { fn m(&self) { leaf().await } }\n"
      "impl T for B { fn m(&self) {} }\n");
  CHECK(world.after(world.plan()) ==
        "trait T { async fn m(&self); }\n"
        "impl T for A { async fn m(&self) { leaf().await } }\n"
        "impl T for B { async fn m(&self) {} }\n");
}

TEST_CASE("it ends at what cannot become async, and says at what") {
  for (const char* text :
       {"impl fmt::Display for A { fn fmt(&self) { leaf().await } }",
        "const fn a() { leaf().await }", "extern \"C\" fn a() { leaf().await }",
        "static A: u32 = leaf().await;", "fn a() { leaf().await }\nconst X: u32 = a();"}) {
    CAPTURE(text);
    CHECK_FALSE(World(text).plan().stopped_at.empty());
  }
}

TEST_CASE("at the entry each future is run, or the whole body") {
  const World world("fn a() { leaf().await }\nfn main() {\n    let x = a();\n    b(x);\n}\n");
  Options options;
  options.block_on = "rt::run";
  CHECK(world.after(world.plan(options)) ==
        "async fn a() { leaf().await }\nfn main() {\n    let x = rt::run(a());\n    b(x);\n}\n");
  options.entry = Entry::BlockBody;
  CHECK(world.after(world.plan(options)) ==
        "async fn a() { leaf().await }\nfn main() {\n    rt::run(async {\n        let x = "
        "a().await;\n        b(x);\n    });\n}\n");
  options.entry = Entry::Attribute;
  options.attribute = "#[tokio::main]";
  CHECK(world.after(world.plan(options)) ==
        "async fn a() { leaf().await }\n#[tokio::main]\nasync fn main() {\n    let x = "
        "a().await;\n    b(x);\n}\n");
}

TEST_CASE("a call that may be of another type is left out where asked") {
  const World world(
      "struct A;\nimpl A { fn get(&self) { leaf().await } }\n"
      "async fn f(x: X) { x.get(); }\n");
  CHECK(world.plan().awaited.size() == 1);
  Options options;
  options.callers = Callers::Certain;
  CHECK(world.plan(options).awaited.empty());
}

TEST_CASE("the callers may be left as they are, but for a future that would be lost") {
  const World world(
      "fn a() { leaf().await }\n"
      "async fn f() { let _ = a(); }\n");
  Options options;
  options.callers = Callers::None;
  CHECK(world.plan(options).functions.size() == 1);
  CHECK(world.plan(options).awaited.empty());
  CHECK(world.plan(options).loses_future);
}

TEST_CASE("a project's own way to run a future is found by its signature") {
  const auto names = [](const World& world) {
    std::vector<std::string> result;
    for (const Blocking& way : ways_to_block(*world.facts, world.first("function_item"))) {
      result.push_back(way.call + (way.definition.empty() ? "" : " (added)"));
    }
    return result;
  };
  using Names = std::vector<std::string>;
  CHECK(names(World("fn main() {}")) == Names{"block_on (added)"});
  CHECK(names(World("fn main() {}", {"futures", "smol"})) ==
        Names{"smol::block_on", "futures::executor::block_on"});
  CHECK(names(World("fn main() {}\nmod rt {\n"
                    "pub fn run<T>(f: impl Future<Output = T>) -> T {}\n"
                    "pub fn block_on<F>(f: F) -> F::Output where F: Future {}\n"
                    "pub fn spawn<F: Future>(f: F) -> JoinHandle<F::Output> {}\n"
                    "fn hidden<F: Future>(f: F) -> F::Output {}\n"
                    "pub async fn id<F: Future>(f: F) -> F::Output {}\n}")) ==
        Names{"rt::block_on", "rt::run"});
  CHECK(names(World("fn main() {}\nuse rt::block_on as wait;\nmod rt {\n"
                    "pub fn block_on<F: Future>(f: F) -> F::Output {}\n}")) == Names{"wait"});
}

TEST_CASE("what is awaited gets parentheses where it needs them") {
  const World world("fn a() { x as Y; f(1); }");
  CHECK(await_edits(world.first("type_cast_expression")).size() == 2);
  CHECK(await_edits(world.first("call_expression")).size() == 1);
}

}  // namespace
}  // namespace jaa::propagate
