#include "propagate/half_done.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace jaa::propagate {
namespace {

// One file, and errors that point at the first place of some texts in it.
struct World {
  explicit World(std::string source, const std::vector<std::string>& errors = {},
                 const std::string& code = "E0308") {
    for (const std::string& at : errors) {
      rustc::Diagnostic error;
      error.level = code == "unused_must_use" ? rustc::Level::Warning : rustc::Level::Error;
      error.code = code;
      error.message = "said `impl Future<Output = u32>`: the trait `Future` is missing";
      error.spans.push_back(span_of(source, at));
      diagnostics.push_back(error);
    }
    file = files.add("/p/src/main.rs", "src/main.rs", std::move(source));
    flow::FactsInput input;
    input.files = &files;
    input.trees = &trees;
    input.diagnostics = &diagnostics;
    input.cwd = "/p";
    input.crates = {{"/p/src/main.rs", {file}}};
    facts.emplace(input);
  }

  static rustc::DiagnosticSpan span_of(const std::string& source, const std::string& at) {
    const size_t offset = source.find(at);
    REQUIRE(offset != std::string::npos);
    const size_t line = source.rfind('\n', offset) + 1;
    rustc::DiagnosticSpan span;
    span.file_name = "src/main.rs";
    span.is_primary = true;
    span.byte_start = static_cast<uint32_t>(offset);
    span.byte_end = static_cast<uint32_t>(offset + at.size());
    span.line_start = span.line_end = static_cast<uint32_t>(
        1 + std::count(source.begin(), source.begin() + static_cast<long>(line), '\n'));
    span.column_start = static_cast<uint32_t>(offset - line + 1);
    span.column_end = static_cast<uint32_t>(offset - line + 1 + at.size());
    return span;
  }

  [[nodiscard]] std::string undone(const HalfDone& half) const {
    return base::apply_edits(files, file, half.undo()).value_or("edits overlap");
  }
  [[nodiscard]] std::string undone() const { return undone(HalfDone(*facts)); }

  base::SourceFiles files;
  std::vector<rustc::Diagnostic> diagnostics;
  syntax::TreeCache trees{files};
  base::FileId file;
  std::optional<flow::Facts> facts;
};

TEST_CASE("an error at a call that is not awaited leads to the function") {
  const std::string text =
      "pub async fn leaf() -> u32 { 1 }\nasync fn done() -> u32 { 2 }\n"
      "async fn caller() -> u32 { leaf() + done().await + leaf().await }\n";
  CHECK(World(text, {"leaf() + "}).undone() ==
        "pub fn leaf() -> u32 { 1 }\nasync fn done() -> u32 { 2 }\n"
        "async fn caller() -> u32 { leaf() + done().await + leaf() }\n");
  CHECK(HalfDone(*World(text).facts).is_empty());
  // An error elsewhere, and one at a call that is awaited, say nothing of the function.
  CHECK(HalfDone(*World(text, {"2 }"}).facts).is_empty());
  CHECK(HalfDone(*World(text, {"done().await"}).facts).is_empty());
}

TEST_CASE("a function that is given away is found by its name") {
  CHECK(World("async fn leaf() {}\nfn main() { let table: [fn(); 1] = [leaf]; }\n", {"leaf]"})
            .undone() == "async fn leaf() {}\nfn main() { let table: [fn(); 1] = [leaf]; }\n");
  World world("async fn leaf() {}\nfn main() { let table: [fn(); 1] = [leaf]; }\n", {"leaf];"});
  world.diagnostics.front().spans.front().byte_end -= 2;
  world.diagnostics.front().spans.front().column_end -= 2;
  CHECK(world.undone() == "fn leaf() {}\nfn main() { let table: [fn(); 1] = [leaf]; }\n");
}

TEST_CASE("an await that has no place to be leads to what is called, or to what is around it") {
  CHECK(World("async fn leaf() {}\nfn caller() { leaf().await }\n", {"await"}, "E0728").undone() ==
        "fn leaf() {}\nfn caller() { leaf() }\n");
  const World world("fn caller() { socket.read().await; }\nfn main() { caller(); }\n", {"await"},
                    "E0728");
  const HalfDone half(*world.facts);
  const std::string text = world.undone(half);
  CHECK(text ==
        "fn caller() { ({ fn jaa_wait<F: ::core::future::Future>(_: F) -> F::Output { loop {} } "
        "jaa_wait(socket.read()) })/* jaa await */; }\nfn main() { caller(); }\n");
  CHECK(redo(text) == std::string(world.files.text(world.file)));
  const World before(text);
  const std::vector<syntax::Node> leaves = half.leaves(*before.facts);
  REQUIRE(leaves.size() == 1);
  CHECK(leaves.front().field("name").text() == "caller");
}

TEST_CASE("what such a function awaits is kept, also in the arguments of a macro") {
  const World world(
      "async fn leaf() { println!(\"{}\", a().await.b().await); async { c().await }; }\n"
      "fn main() { let x: () = leaf(); }\n",
      {"leaf();"});
  const std::string text = world.undone();
  CHECK(text.find(".await") == text.find(".await }; }"));
  CHECK(redo(text) ==
        "fn leaf() { println!(\"{}\", a().await.b().await); async { c().await }; }\n"
        "fn main() { let x: () = leaf(); }\n");
}

TEST_CASE("a method is one with those of its trait") {
  const std::string text =
      "trait Door { fn open(&self); }\nstruct A;\nimpl Door for A { async fn open(&self) {} }\n"
      "struct B;\nimpl Door for B { fn open(&self) {} }\n";
  const World world(text, {"async fn open"}, "E0053");
  std::string before = text;
  before.erase(before.find("async "), 6);
  CHECK(world.undone() == before);
  CHECK(HalfDone(*world.facts).leaves(*World(before).facts).size() == 3);
}

TEST_CASE("a trait that cannot be `dyn` any more, where values of its method are used") {
  const auto begun = [](const std::string& body, const std::string& method = "") {
    const std::string text = "trait Door { async fn open(&self) -> u8 { " + method +
                             " 1 } }\nfn f(door: &dyn Door) { " + body + " }\n";
    World world(text, {"dyn Door"}, "E0038");
    world.diagnostics.front().message = "the trait `Door` is not";
    return !HalfDone(*world.facts).is_empty();
  };
  CHECK(begun("if door.open() > 1 {}"));
  CHECK(begun("vec![door.open().max(2)];"));
  CHECK_FALSE(begun("let _ = door.open();"));
  CHECK_FALSE(begun("run(door.open());"));
  // It was not made of a function that is not async.
  CHECK_FALSE(begun("if door.open() > 1 {}", "tick().await;"));
}

TEST_CASE("a future that nobody uses counts where nobody awaits the function") {
  const std::string text = "async fn leaf() {}\nfn main() { leaf(); }\n";
  CHECK(World(text, {"leaf();"}, "unused_must_use").undone() ==
        "fn leaf() {}\nfn main() { leaf(); }\n");
  CHECK(HalfDone(
            *World(text + "async fn other() { leaf().await }\n", {"leaf(); }"}, "unused_must_use")
                 .facts)
            .is_empty());
}

TEST_CASE("entries that nothing runs are as they were, too, but no leaves") {
  const World world(
      "async fn leaf() {}\nasync fn main() { leaf() }\n#[tokio::test]\nasync fn t() { leaf().await "
      "}\n",
      {"leaf() }"}, "E0752");
  const HalfDone half(*world.facts);
  CHECK(world.undone(half) ==
        "fn leaf() {}\nfn main() { leaf() }\n#[tokio::test]\nasync fn t() { leaf() }\n");
  CHECK(half.leaves(*World(world.undone(half)).facts).size() == 1);
}

TEST_CASE("a call stays a future where one is wanted") {
  const World world("async fn leaf(n: u8) {}\nfn main() { run(leaf(1)); let x: u8 = leaf(2); }\n",
                    {"leaf(2)"});
  HalfDone half(*world.facts);
  const World before(world.undone(half), {"leaf(1)"}, "E0277");
  CHECK(half.keep_wanted(*before.facts));
  const std::string text = world.undone(half);
  CHECK(text ==
        "fn leaf(n: u8) {}\nfn main() { run(::core::future::ready(leaf(1))/* jaa future */); "
        "let x: u8 = leaf(2); }\n");
  CHECK(redo(text) == "fn leaf(n: u8) {}\nfn main() { run(leaf(1)); let x: u8 = leaf(2); }\n");
  const World kept(text);
  const auto use_at = [&kept](const std::string& at) {
    FunctionUse use;
    const auto begin = static_cast<uint32_t>(kept.files.text(kept.file).find(at));
    use.name = use.visible = {kept.file, begin, begin + 4};
    return HalfDone::is_kept(use, *kept.facts);
  };
  CHECK(use_at("leaf(1)"));
  CHECK_FALSE(use_at("leaf(2)"));
}

}  // namespace
}  // namespace jaa::propagate
