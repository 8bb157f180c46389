#include "plugin/rustc/async_change_unix.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "plugin/rustc/crate_sources_unix.h"
#include "plugin/rustc/support_test.h"

namespace jaa::plugin {
namespace {

rustc::Diagnostic said(const std::string& text, const std::string& code, rustc::Level level,
                       const std::string& message, const std::string& at) {
  rustc::Diagnostic diagnostic;
  diagnostic.level = level;
  diagnostic.code = code;
  diagnostic.message = message;
  diagnostic.rendered = message + "\n";
  const size_t offset = text.find(at);
  REQUIRE(offset != std::string::npos);
  const size_t line = text.rfind('\n', offset) + 1;
  rustc::DiagnosticSpan span;
  span.file_name = "a.rs";
  span.is_primary = true;
  span.byte_start = static_cast<uint32_t>(offset);
  span.byte_end = static_cast<uint32_t>(offset + at.size());
  span.line_start = span.line_end = static_cast<uint32_t>(
      1 + std::count(text.begin(), text.begin() + static_cast<long>(line), '\n'));
  span.column_start = static_cast<uint32_t>(offset - line + 1);
  span.column_end = static_cast<uint32_t>(offset - line + 1 + at.size());
  diagnostic.spans.push_back(span);
  return diagnostic;
}

// A future stands where a `u8` should: at the call that ends the statement `at`.
rustc::Diagnostic mismatched(const std::string& text, const std::string& at) {
  rustc::Diagnostic error = said(text, "E0308", rustc::Level::Error, "mismatched", at);
  --error.spans.front().byte_end;
  --error.spans.front().column_end;
  error.spans.front().label = "expected `u8`, found future";
  return error;
}

// A program of one file, and a compiler that answers by a script.
struct World {
  using Answer = std::function<void(const std::string& text, fixit::UnitOutcome& unit)>;

  explicit World(std::string text) {
    host.sources = {{"/p/a.rs", "a.rs", std::move(text), "/p/a.rs"}};
    host.package.edition = "2021";
    host.cwd = "/p";
    host.run_trial = [this](const fixit::Trial& trial, bool is_marked) {
      REQUIRE(trial.files.size() == 1);
      texts.push_back(trial.files.front().text);
      marked.push_back(is_marked);
      fixit::TrialOutcome outcome;
      outcome.state = fixit::TrialOutcome::State::Ran;
      fixit::UnitOutcome unit;
      unit.succeeded = true;
      unit.sources = {"/p/a.rs"};
      if (texts.size() <= answers.size()) {
        answers[texts.size() - 1](texts.back(), unit);
      }
      for (const rustc::Diagnostic& diagnostic : unit.diagnostics) {
        unit.succeeded = unit.succeeded && !diagnostic.is_error();
      }
      outcome.units.push_back(std::move(unit));
      return outcome;
    };
  }

  AsyncChangeHost host;
  std::vector<Answer> answers;
  std::vector<std::string> texts;
  std::vector<bool> marked;
};

TEST_CASE("one run for the uses, one for the change") {
  World world("fn leaf() {}\nfn main() { println!(); leaf(); }\n");
  world.answers = {[](const std::string& text, fixit::UnitOutcome& unit) {
    unit.diagnostics.push_back(said(text, "deprecated", rustc::Level::Warning,
                                    "use of deprecated function `leaf`: jaa 0", "leaf(); }"));
    unit.diagnostics.back().spans.front().column_end -= 5;
  }};
  const AsyncChange change = add_async(world.host, {"leaf", "", false});
  CHECK(change.exit_code == 0);
  CHECK(change.runs == 2);
  CHECK(world.marked == std::vector<bool>{true, false});
  REQUIRE(change.files.size() == 1);
  CHECK(change.files.front().text.starts_with(
      "async fn leaf() {}\nfn main() { println!(); block_on(leaf()); }\n"));
  CHECK(change.plan.find("! runs    main") != std::string::npos);
}

TEST_CASE("a program that does not compile is left alone, and the compiler says why") {
  World world("fn leaf() {}\n");
  world.answers = {[](const std::string& text, fixit::UnitOutcome& unit) {
    unit.diagnostics.push_back(said(text, "E0308", rustc::Level::Error, "mismatched", "leaf"));
  }};
  const AsyncChange change = add_async(world.host, {"leaf", "", false});
  CHECK(change.exit_code == 101);
  CHECK(change.compiler_text == "mismatched\n");
  CHECK(change.files.empty());
  CHECK(change.runs == 1);
}

TEST_CASE("what cannot be changed is refused before the compiler runs") {
  World world(
      "const fn fixed() {}\nasync fn ready() {}\nfn plain() {}\n"
      "fn boxed() -> Pin<Box<dyn Future<Output = ()>>> { Box::pin(async {}) }\n");
  CHECK(add_async(world.host, {"boxed", "", false}).exit_code == 1);
  CHECK(add_async(world.host, {"nothing", "", false}).exit_code == 1);
  CHECK(add_async(world.host, {"fixed", "", false}).exit_code == 1);
  CHECK(add_async(world.host, {"ready", "", false}).exit_code == 1);
  CHECK(add_async(world.host, {"plain", "nothing", false}).exit_code == 1);
  CHECK(remove_async(world.host, {"plain", "", false}).exit_code == 1);
  CHECK(world.texts.empty());
}

TEST_CASE("the function is where it was pointed at, whatever its name") {
  const std::string text = "mod a { pub fn leaf() {} }\nmod b { pub fn leaf() {} }\n";
  World world(text);
  AsyncChangeRequest request;
  request.place = {"/p/a.rs", static_cast<uint32_t>(text.rfind("leaf"))};
  const AsyncChange change = add_async(world.host, request);
  CHECK(change.exit_code == 0);
  REQUIRE(change.files.size() == 1);
  CHECK(change.files.front().text ==
        "mod a { pub fn leaf() {} }\nmod b { pub async fn leaf() {} }\n");
  request.place->offset = 0;
  CHECK(add_async(world.host, request).error == "no function stands at `a.rs:1`");
  request.place->file = "/p/other.rs";
  CHECK(add_async(world.host, request).error ==
        "`/p/other.rs` is a file of no crate of this workspace");
}

TEST_CASE("a future that nobody awaits is awaited") {
  // The use is not reported: the change is made without it.
  World world("fn leaf() {}\nasync fn other() { leaf(); }\n");
  world.answers = {[](const std::string&, fixit::UnitOutcome&) {},
                   [](const std::string& text, fixit::UnitOutcome& unit) {
                     unit.diagnostics.push_back(
                         said(text, "unused_must_use", rustc::Level::Warning,
                              "unused implementer of `Future` that must be used", "leaf();"));
                     unit.diagnostics.back().spans.front().column_end -= 1;
                   }};
  const AsyncChange change = add_async(world.host, {"leaf", "", false});
  CHECK(change.exit_code == 0);
  CHECK(change.runs == 3);
  REQUIRE(change.files.size() == 1);
  CHECK(change.files.front().text == "async fn leaf() {}\nasync fn other() { leaf().await; }\n");
}

TEST_CASE("a change that was begun by hand is completed") {
  const std::string text = "async fn leaf() -> u8 { 1 }\nfn main() { let x: u8 = leaf(); }\n";
  World world(text);
  world.answers = {[](const std::string& marked, fixit::UnitOutcome& unit) {
    unit.diagnostics.push_back(said(marked, "deprecated", rustc::Level::Warning,
                                    "use of deprecated function `leaf`: jaa 0", "leaf(); }"));
    unit.diagnostics.back().spans.front().column_end -= 5;
  }};
  const AsyncChange change = complete_async(world.host, {mismatched(text, "leaf();")});
  CHECK(change.exit_code == 0);
  CHECK(change.runs == 2);
  REQUIRE(!world.texts.empty());
  CHECK(world.texts.front().find("async") == std::string::npos);
  REQUIRE(change.files.size() == 1);
  CHECK(change.files.front().text.starts_with(
      "async fn leaf() -> u8 { 1 }\nfn main() { let x: u8 = block_on(leaf()); }\n"));
}

TEST_CASE("where nothing was begun, nothing is compiled") {
  const std::string text = "async fn leaf() {}\nfn main() { missing(); }\n";
  World world(text);
  const AsyncChange change =
      complete_async(world.host, {said(text, "E0425", rustc::Level::Error, "none", "missing")});
  CHECK(change.exit_code == 0);
  CHECK(change.files.empty());
  CHECK(world.texts.empty());
}

TEST_CASE("what did not compile before either is no change that was begun") {
  const std::string text = "async fn leaf() {}\nfn main() { let x: u8 = leaf(); }\n";
  World world(text);
  const auto wrong = [](const std::string& now, fixit::UnitOutcome& unit) {
    unit.diagnostics.push_back(said(now, "E0308", rustc::Level::Error, "wrong", "leaf();"));
  };
  world.answers = {wrong, wrong};
  const AsyncChange change = complete_async(world.host, {mismatched(text, "leaf();")});
  CHECK(change.exit_code == 101);
  CHECK(change.files.empty());
  CHECK(change.plan.empty());
}

TEST_CASE("remove takes the awaits out") {
  World world("async fn leaf() {}\nasync fn other() { other2().await; leaf().await; }\n");
  world.answers = {[](const std::string& text, fixit::UnitOutcome& unit) {
    unit.diagnostics.push_back(said(text, "deprecated", rustc::Level::Warning,
                                    "use of deprecated function `leaf`: jaa 0", "leaf().await"));
    unit.diagnostics.back().spans.front().column_end -= 8;
  }};
  const AsyncChange change = remove_async(world.host, {"leaf", "", false});
  CHECK(change.exit_code == 0);
  REQUIRE(change.files.size() == 1);
  CHECK(change.files.front().text ==
        "fn leaf() {}\nasync fn other() { other2().await; leaf(); }\n");
}

TEST_CASE("a crate's files are found through its modules") {
  const test::Folder folder;
  folder.write("src/main.rs",
               "mod a;\nmod b { mod c; }\n#[path = \"other/d.rs\"]\nmod e;\nmod missing;\n");
  folder.write("src/a/mod.rs", "mod x;\n");
  folder.write("src/a/x.rs", "mod y;\n");
  folder.write("src/a/x/y.rs", "");
  folder.write("src/b/c.rs", "");
  folder.write("src/other/d.rs", "");
  std::vector<session::Source> sources;
  add_crate_sources(folder / "src/main.rs", folder.path(), sources);
  add_crate_sources(folder / "src/main.rs", folder.path(), sources);
  std::vector<std::string> names;
  for (const session::Source& source : sources) {
    names.push_back(source.display);
    CHECK(source.crate == folder / "src/main.rs");
  }
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{"src/a/mod.rs", "src/a/x.rs", "src/a/x/y.rs",
                                          "src/b/c.rs", "src/main.rs", "src/other/d.rs"});
}

}  // namespace
}  // namespace jaa::plugin
