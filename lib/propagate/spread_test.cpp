#include "propagate/spread.h"

#include <doctest/doctest.h>

#include "flow/call_sites.h"
#include "propagate/callables.h"
#include "propagate/closure_waits.h"
#include "propagate/find_function.h"
#include "propagate/idle.h"
#include "propagate/shrink.h"
#include "propagate/use_marks.h"
#include "propagate/wraps.h"
#include "syntax/queries.h"

namespace jaa::propagate {
namespace {

using syntax::Node;

struct World {
  explicit World(std::string text, std::vector<std::string> dependencies = {}) {
    file = files.add("/p/src/main.rs", "src/main.rs", std::move(text));
    flow::FactsInput input;
    input.files = &files;
    input.trees = &trees;
    input.crates = {{"/p/src/main.rs", {file}}};
    input.package.dependencies = std::move(dependencies);
    input.package.edition = "2021";
    facts.emplace(input);
  }

  [[nodiscard]] std::vector<Node> function(const std::string& path) const {
    return find_function(*facts, {}, path).functions;
  }
  [[nodiscard]] std::string why_not(const std::string& path) const {
    return find_function(*facts, {{"/p/src/main.rs", "app"}}, path).why_not;
  }

  // Each mention of a function that the text has, as the compiler would report it.
  [[nodiscard]] std::vector<FunctionUse> uses() const {
    std::vector<FunctionUse> result;
    syntax::walk(trees.tree(file).root(), [&](Node node) {
      const bool is_name = node.is_any({"identifier", "field_identifier"});
      const Node parent = node.parent();
      if (is_name && !parent.is_any({"function_item", "function_signature_item"})) {
        for (const Node& function : facts->items().functions(node.text())) {
          const Node impl = function.parent().parent();
          if (!impl.is("impl_item") || !impl.field("trait")) {
            result.push_back({function, node.span(), node.span(), false});
            break;
          }
        }
      }
      return syntax::Walk::Into;
    });
    return result;
  }

  [[nodiscard]] SpreadPlan plan(const std::string& path, SpreadOptions options = {}) const {
    return spread(*facts, uses(), function(path), options);
  }
  [[nodiscard]] std::string after(const std::vector<base::Edit>& edits) const {
    std::string text = base::apply_edits(files, file, edits).value_or("edits overlap");
    return text.substr(0, text.find("\nfn block_on<"));
  }
  [[nodiscard]] std::string added(const std::string& path, SpreadOptions options = {}) const {
    const SpreadPlan made = plan(path, std::move(options));
    return made.stopped_at.empty() ? after(made.edits) : "stops at " + made.stopped_at;
  }

  base::SourceFiles files;
  syntax::TreeCache trees{files};
  base::FileId file;
  std::optional<flow::Facts> facts;
};

TEST_CASE("the innermost function around a place, and those that are one with it") {
  const std::string text =
      "trait T { fn f(&self); }\nimpl T for u8 { fn f(&self) { fn g() {} } }\nextern \"C\" { fn "
      "c(); }\n";
  const World world(text);
  const auto at = [&](const std::string& needle) {
    return find_function_at(*world.facts, "/p/src/main.rs",
                            static_cast<uint32_t>(text.find(needle)))
        .functions;
  };
  REQUIRE(at("f(&self);").size() == 2);
  CHECK(at("f(&self);").front().is("function_signature_item"));
  REQUIRE(at("f(&self) {").size() == 2);
  CHECK(at("f(&self) {").front().is("function_item"));
  REQUIRE(at("g()").size() == 1);
  CHECK(at("g()").front().field("name").text() == "g");
  CHECK(at("T for").empty());
  CHECK(at("c();").empty());
}

TEST_CASE("tests are entries, whatever their attribute is told") {
  const World world(
      "#[test]\nfn a() {}\n#[tokio::test(start_paused = true)]\n#[ignore]\nfn b() {}\n"
      "#[cfg(test)]\nfn c() {}\n#[test_case(1)]\nfn d() {}\n");
  for (const auto& [name, is_test] : std::vector<std::pair<std::string, bool>>{
           {"a", true}, {"b", true}, {"c", false}, {"d", false}}) {
    CAPTURE(name);
    CHECK(is_entry(world.function(name).front()) == is_test);
  }
}

TEST_CASE("a module may have the name of a crate") {
  const World world("mod app { pub fn copy() {} }\nfn copy() {}\nmod other { fn move_it() {} }\n");
  const auto found = [&world](const char* path) {
    return find_function(*world.facts, {{"/p/src/main.rs", "other"}}, path).functions.size();
  };
  CHECK(found("app::copy") == 1);
  CHECK(found("other::move_it") == 1);
  CHECK(found("other::copy") == 1);
  CHECK(found("crate::copy") == 1);
  CHECK(found("crate::move_it") == 0);
}

TEST_CASE("callers become async, and main runs what it calls") {
  CHECK(World("fn leaf() -> u32 { 1 }\n"
              "pub(crate) unsafe fn a() -> u32 { leaf() + leaf().max(2) }\n"
              "fn main() { println!(\"{}\", a()); }\n")
            .added("leaf") ==
        "async fn leaf() -> u32 { 1 }\n"
        "pub(crate) async unsafe fn a() -> u32 { leaf().await + leaf().await.max(2) }\n"
        "fn main() { println!(\"{}\", block_on(a())); }\n");
}

TEST_CASE("a main with many calls becomes two functions") {
  CHECK(World("fn a() {}\nfn main() {\n    a();\n    a();\n    a();\n    a();\n}\n").added("a") ==
        "async fn a() {}\nfn main() {\n    block_on(async_main())\n}\n\nasync fn async_main() {\n"
        "    a().await;\n    a().await;\n    a().await;\n    a().await;\n}\n");
}

TEST_CASE("the runtime's attribute is used where there is one") {
  CHECK(World("fn a() {}\nfn main() { a(); }\n#[test]\nfn t() { a(); }\n", {"tokio"}).added("a") ==
        "async fn a() {}\n#[tokio::main]\nasync fn main() { a().await; }\n#[tokio::test]\n"
        "async fn t() { a().await; }\n");
}

TEST_CASE("one call of a circle of calls is boxed") {
  CHECK(World("fn a(n: u8) { if n > 0 { b(n) } }\nfn b(n: u8) { a(n - 1); leaf() }\nfn leaf() {}\n")
            .added("leaf") ==
        "async fn a(n: u8) { if n > 0 { Box::pin(b(n)).await } }\n"
        "async fn b(n: u8) { a(n - 1).await; leaf().await }\nasync fn leaf() {}\n");
  CHECK(World("fn a(n: u8) -> u8 { leaf(a(a(n))) }\nfn leaf(n: u8) -> u8 { n }\n").added("leaf") ==
        "async fn a(n: u8) -> u8 { leaf(Box::pin(a(Box::pin(a(n)).await)).await).await }\n"
        "async fn leaf(n: u8) -> u8 { n }\n");
}

TEST_CASE("methods of other crates' traits, threads and statics wait") {
  CHECK(World("fn leaf() -> u8 { 1 }\nimpl Iterator for A { fn next(&mut self) -> Option<u8> { "
              "Some(leaf()) } }\n")
            .added("leaf") ==
        "async fn leaf() -> u8 { 1 }\nimpl Iterator for A { fn next(&mut self) -> Option<u8> { "
        "Some(block_on(leaf())) } }\n");
  CHECK(World("fn leaf() {}\nfn f() { std::thread::spawn(move || leaf()); spawn(leaf); }\n")
            .added("leaf") ==
        "async fn leaf() {}\nfn f() { std::thread::spawn(move || block_on(leaf())); "
        "spawn(|| block_on(leaf())); }\n");
  CHECK(World("fn leaf() -> u8 { 1 }\nstatic A: LazyLock<u8> = LazyLock::new(|| leaf());\n")
            .added("leaf") ==
        "async fn leaf() -> u8 { 1 }\nstatic A: LazyLock<u8> = LazyLock::new(|| "
        "block_on(leaf()));\n");
  CHECK(World("mod m { pub fn leaf(n: &u8) -> u8 { *n } pub fn f(v: &mut [u8]) { "
              "v.sort_by_key(|n| leaf(n)); } }\n")
            .added("leaf") ==
        "mod m { pub async fn leaf(n: &u8) -> u8 { *n } pub fn f(v: &mut [u8]) { "
        "v.sort_by_key(|n| crate::block_on(leaf(n))); } }\n");
}

TEST_CASE("it stops at what has no form") {
  CHECK(World("fn leaf() {}\nconst fn f() { leaf() }\n").plan("leaf").stopped_at.find("const") !=
        std::string::npos);
  CHECK(World("fn leaf() -> u8 { 1 }\nstatic A: u8 = leaf();\n")
            .plan("leaf")
            .stopped_at.find("static") != std::string::npos);
  CHECK(
      World("impl Drop for A { fn drop(&mut self) {} }\n").plan("drop").stopped_at.find("`Drop`") !=
      std::string::npos);
  const std::string tokio =
      World("fn leaf() {}\nimpl Drop for A { fn drop(&mut self) { leaf() } }\n", {"tokio"})
          .plan("leaf")
          .stopped_at;
  CHECK(tokio.find("`Drop::drop`") != std::string::npos);
}

TEST_CASE("it ends where it is asked to") {
  const World world("fn leaf() {}\nfn a() { leaf() }\nfn main() { a() }\n");
  SpreadOptions options;
  options.ends_at = world.function("a");
  CHECK(world.added("leaf", options) ==
        "async fn leaf() {}\nfn a() { block_on(leaf()) }\nfn main() { a() }\n");
}

TEST_CASE("public functions keep a form that is not async, where asked") {
  SpreadOptions options;
  options.keeps_sync = true;
  CHECK(
      World("pub fn leaf(n: u8) -> u8 { n }\nfn a() -> u8 { leaf(1) }\n").added("leaf", options) ==
      "pub fn leaf(n: u8) -> u8 {\n    block_on(leaf_async(n))\n}\n\n"
      "pub async fn leaf_async(n: u8) -> u8 { n }\nasync fn a() -> u8 { leaf_async(1).await }\n");
}

TEST_CASE("types of functions that are values change with all that becomes one of them") {
  CHECK(World("fn leaf(n: u8) -> u8 { n }\nfn other(n: u8) -> u8 { n }\n"
              "const T: [(&str, fn(u8) -> u8); 3] = [(\"a\", leaf), (\"b\", other), "
              "(\"c\", |_| 1)];\nfn f() -> u8 { let (_, g) = T[0]; g(2) }\n")
            .added("leaf") ==
        "use std::future::Future;\nuse std::pin::Pin;\n\n"
        "async fn leaf(n: u8) -> u8 { n }\nfn other(n: u8) -> u8 { n }\n"
        "const T: [(&str, fn(u8) -> Pin<Box<dyn Future<Output = u8>>>); 3] = "
        "[(\"a\", |n| Box::pin(leaf(n))), (\"b\", |n| Box::pin(async move { other(n) })), "
        "(\"c\", |_| Box::pin(async move { 1 }))];\n"
        "async fn f() -> u8 { let (_, g) = T[0]; g(2).await }\n");
  SpreadOptions options;
  options.converts_values = false;
  CHECK(World("fn leaf(n: &u8) -> bool { *n > 1 }\nstruct S { f: Box<dyn Fn(&u8) -> bool> }\n"
              "fn make() -> S { S { f: Box::new(|n| leaf(n)) } }\n")
            .added("leaf", options) ==
        "async fn leaf(n: &u8) -> bool { *n > 1 }\nstruct S { f: Box<dyn Fn(&u8) -> bool> }\n"
        "fn make() -> S { S { f: Box::new(|n| block_on(leaf(n))) } }\n");
}

TEST_CASE("lifetimes in the types of a value's parameters get a name where there are several") {
  const World world(
      "type H = fn(&mut A, &str) -> bool;\nfn leaf(a: &mut A, s: &str) -> bool { true "
      "}\nstatic L: [H; 1] = [leaf];\n");
  CHECK(world.added("leaf").find("type H = for<'a> fn(&'a mut A, &'a str) -> Pin<Box<dyn "
                                 "Future<Output = bool> + 'a>>;") != std::string::npos);
}

TEST_CASE("the tree shows what follows from what") {
  const World world("fn leaf() {}\nfn a() { leaf() }\nfn main() { a() }\n");
  CHECK(tree_text(world.plan("leaf"), world.files) ==
        "+ async   leaf  (src/main.rs:1)\n  + async   a  (src/main.rs:2)\n"
        "    ! runs    main  (src/main.rs:3): runs the future to its end by `block_on`\n");
}

TEST_CASE("async is taken back from what awaits nothing, and from its callers") {
  const World world(
      "async fn leaf() -> u8 { 1 }\nasync fn a() -> u8 { leaf().await + "
      "Box::pin(leaf()).await }\nasync fn b() { leaf().await; other().await }\n"
      "fn main() { block_on(a()); }\n");
  const SpreadPlan plan = shrink(*world.facts, world.uses(), world.function("leaf"));
  CHECK(world.after(plan.edits) ==
        "fn leaf() -> u8 { 1 }\nfn a() -> u8 { leaf() + leaf() }\n"
        "async fn b() { leaf(); other().await }\nfn main() { a(); }\n");
}

TEST_CASE("async stays where something is awaited or the future is a value") {
  const auto why = [](const std::string& text) {
    const World world(text);
    return shrink(*world.facts, world.uses(), world.function("leaf")).stopped_at;
  };
  CHECK(why("async fn leaf() { other().await }\n").find("await") != std::string::npos);
  CHECK(why("async fn leaf() { println!(\"{}\", other().await) }\n").find("await") !=
        std::string::npos);
  CHECK(why("async fn leaf() {}\nfn f() { spawn(leaf()); }\n").find("value") != std::string::npos);
  CHECK(why("async fn leaf() { spawn(async { other().await }) }\n").empty());
}

TEST_CASE("a path names a function by its last names, or by its place") {
  const World world(
      "mod m { pub mod n { pub struct T; impl T { pub fn f() {} } pub fn g() {} } }\n"
      "trait T2 { fn h(&self); }\nimpl T2 for u8 { fn h(&self) {} }\n"
      "fn g() {}\nfn outer() { fn inner() {} }\nmake! { fn made() {} }\n");
  for (const char* path : {"T::f", "f", "n::T::f", "crate::m::n::T::f", "src/main.rs:1",
                           "outer::inner", "T2::h", "<u8 as T2>::h", "n::g", "crate::g"}) {
    CAPTURE(path);
    CHECK_FALSE(world.function(path).empty());
  }
  CHECK(world.function("h").size() == 2);
  CHECK(world.why_not("g").find("may be any of") != std::string::npos);
  CHECK(world.why_not("made").find("macro") != std::string::npos);
  CHECK(world.why_not("crate::f").find("no function") != std::string::npos);
  CHECK(world.why_not("app::outer").empty());
  CHECK(world.why_not("main.rs:99").find("no function stands") != std::string::npos);
}

TEST_CASE("uses are found in the marked text, and the places are those of the text") {
  const World world("fn leaf() {}\nfn a(n: u8) { leaf(); if n > 0 { a(n - 1) } }\n");
  const UseMarks marks(*world.facts);
  const std::string text = base::apply_edits(world.files, world.file, marks.edits()).value_or("");
  CHECK(text ==
        "#[deprecated = \"jaa 0\"] fn leaf() {}\n"
        "#[deprecated = \"jaa 1\"] fn a(n: u8) { leaf(); if n > 0 { a(n - 1) } }"
        " fn a_jaa_2(n: u8) { leaf(); if n > 0 { a(n - 1) } }\n");
  const auto said = [&](const std::string& what, uint32_t begin, uint32_t end) {
    rustc::Diagnostic diagnostic;
    diagnostic.level = rustc::Level::Warning;
    diagnostic.code = "deprecated";
    diagnostic.message = "use of deprecated function: " + what;
    rustc::DiagnosticSpan span;
    span.file_name = "/p/src/main.rs";
    span.is_primary = true;
    span.line_start = span.line_end = 2;
    span.column_start = begin;
    span.column_end = end;
    diagnostic.spans.push_back(span);
    return diagnostic;
  };
  const size_t line = text.find('\n') + 1;
  const auto column = [&](size_t offset) { return static_cast<uint32_t>(offset - line + 1); };
  const size_t first = text.find("leaf();");
  const size_t twin = text.find("leaf();", first + 1);
  const size_t own = text.find("a(n - 1)", twin);
  const auto uses = marks.read(
      {said("jaa 0", column(first), column(first + 4)),
       said("jaa 0", column(twin), column(twin + 4)), said("jaa 1", column(own), column(own + 1))},
      "/");
  REQUIRE(uses.size() == 2);
  CHECK(world.files.text(uses[0].name) == "leaf");
  CHECK(world.files.text(uses[1].name) == "a");
  CHECK(uses[1].name.begin == world.files.text(world.file).find("a(n - 1)"));
}

TEST_CASE("what stands around what lies in it closes in order") {
  base::SourceFiles files;
  const base::FileId file = files.add("/a", "a", "f(g(x))");
  Wraps wraps;
  wraps.add({file, 0, 7}, "(", ").await");
  wraps.add({file, 2, 6}, "Box::pin(", ")");
  wraps.add({file, 2, 6}, "block_on(", ")");
  wraps.add({file, 2, 6}, "block_on(", ")");
  CHECK(base::apply_edits(files, file, wraps.edits()) == "(f(block_on(Box::pin(g(x))))).await");
}

TEST_CASE("in a macro's tokens a call begins where its path or chain does") {
  const auto added = [](const std::string& call) {
    const World world("fn leaf() {}\nfn main() { m!(a = " + call + ", 1) }\n");
    const std::string text = world.added("leaf");
    const size_t begin = text.find("a = ") + 4;
    return text.substr(begin, text.find(", 1)") - begin);
  };
  CHECK(added("leaf()") == "block_on(leaf())");
  CHECK(added("Table::<9>::new().leaf()") == "block_on(Table::<9>::new().leaf())");
  CHECK(added("<T as Of<Vec<u8>>>::leaf()") == "block_on(<T as Of<Vec<u8>>>::leaf())");
  CHECK(added("1 + f::<Vec<Vec<u8>>>(2)?.leaf()") == "1 + block_on(f::<Vec<Vec<u8>>>(2)?.leaf())");
  CHECK(added("!vec![1].leaf()") == "!block_on(vec![1].leaf())");
  CHECK(added("&x[1](2).await.leaf()") == "&block_on(x[1](2).await.leaf())");
}

TEST_CASE("a closure in place of a name ends where the name did") {
  const World world("fn leaf(n: u8) {}\nfn main() { f(leaf as fn(u8)) }\n");
  SpreadOptions options;
  options.converts_values = false;
  CHECK(world.added("leaf", options) ==
        "async fn leaf(n: u8) {}\nfn main() { f((|n| block_on(leaf(n))) as fn(u8)) }\n");
}

TEST_CASE("a method of sized types is not boxed, a provided one that calls itself is") {
  const World world(
      "trait A {\n    fn all(self) where Self: Sized;\n    fn one(&self);\n"
      "    fn deep(&self) { self.deep() }\n}\nfn f(a: &dyn A) { a.one() }\n"
      "trait B {\n    fn deeper(&self) { self.deeper() }\n}\nfn main() {}\n");
  CHECK(world.plan("A::all").boxed.empty());
  CHECK(world.plan("A::one").boxed.size() == 1);
  CHECK(world.plan("B::deeper").boxed.size() == 1);
}

TEST_CASE("functions that await nothing in the end are idle") {
  const std::string text =
      "fn leaf() {}\nfn kept() { keep(|| leaf()) }\nfn used() { leaf(); kept() }\n"
      "fn main() { used() }\n";
  const World before(text);
  const World after(
      "async fn leaf() {}\nasync fn kept() { keep(|| block_on(leaf())) }\n"
      "async fn used() { leaf().await; kept().await }\nfn main() { block_on(used()) }\n");
  const SpreadPlan plan = before.plan("leaf");
  const std::vector<Node> idle = idle_functions(*before.facts, plan, *after.facts);
  REQUIRE(idle.size() == 1);
  CHECK(idle.front().field("name").text() == "kept");
  SpreadOptions options;
  options.idle = idle;
  CHECK(before.added("leaf", options) ==
        "async fn leaf() {}\nfn kept() { keep(|| block_on(leaf())) }\n"
        "async fn used() { leaf().await; kept() }\nfn main() { block_on(used()) }\n");
}

TEST_CASE("a closure in a macro's tokens waits where the compiler says that it cannot await") {
  World world("fn main() { m!(v, |x: u8| f(x).await > g().await) }\n");
  std::vector<rustc::Diagnostic> errors;
  const std::string_view text = world.files.text(world.file);
  const auto span_of = [&](std::string_view part, bool is_primary) {
    rustc::DiagnosticSpan span;
    span.file_name = "/p/src/main.rs";
    span.line_start = span.line_end = 1;
    span.column_start = static_cast<uint32_t>(text.find(part) + 1);
    span.column_end = static_cast<uint32_t>(text.find(part) + (is_primary ? 6 : 9));
    span.is_primary = is_primary;
    return span;
  };
  for (const std::string_view part : {"await > g", "await) }"}) {
    rustc::Diagnostic error;
    error.level = rustc::Level::Error;
    error.code = "E0728";
    error.spans = {span_of(part, true), span_of("|x: u8|", false)};
    errors.push_back(error);
  }
  flow::FactsInput input;
  input.files = &world.files;
  input.trees = &world.trees;
  input.crates = {{"/p/src/main.rs", {world.file}}};
  input.diagnostics = &errors;
  const flow::Facts facts(input);
  CHECK(world.after(wait_in_closures(facts).edits) ==
        "fn main() { m!(v, |x: u8| block_on(f(x)) > block_on(g())) }\n");
}

TEST_CASE("a long chain of calls has a box in it, a short one none") {
  const auto boxes = [](size_t length) {
    std::string text;
    for (size_t n = 0; n + 1 < length; ++n) {
      text += "fn step" + std::to_string(n) + "() { step" + std::to_string(n + 1) + "() }\n";
    }
    const std::string leaf = "step" + std::to_string(length - 1);
    const World world(text + "fn " + leaf + "() {}\nfn main() { step0() }\n");
    size_t count = 0;
    for (const base::Edit& edit : world.plan(leaf).edits) {
      count += edit.text.find("Box::pin(") != std::string::npos ? 1 : 0;
    }
    return count;
  };
  CHECK(boxes(20) == 0);
  CHECK(boxes(50) == 1);
  CHECK(boxes(100) == 3);
}

}  // namespace
}  // namespace jaa::propagate
