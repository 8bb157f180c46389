#include <doctest/doctest.h>

#include "fixit/judge.h"

namespace jaa::fixit {
namespace {

using Kind = base::Verdict::Kind;

// A crate of one file with an error that a fix of its second line should remove.
struct World {
  base::SourceFiles sources;
  base::FileId file =
      sources.add("/p/src/lib.rs", "src/lib.rs",
                  "fn a() {\n    one();\n    two();\n}\nfn b() {\n    three();\n}\n");
  Baseline baseline{"/p/src/lib.rs", false, "/p", {}};
  std::vector<TriedFix> fixes;
  TrialOutcome outcome{TrialOutcome::State::Ran, "", {}, 0};

  World() {
    baseline.diagnostics.push_back(error("future cannot be sent", 6, "    three();"));
    fixes.push_back({{{{file, 13, 19}, "{ one(); }\n"}}, {file, 0, 35}, {0}});
    outcome.units.push_back(unit());
  }
  static UnitOutcome unit() { return {"p", "p", "lib", false, false, true, {"/p/src/lib.rs"}, {}}; }
  static rustc::Diagnostic error(std::string message, uint32_t line, std::string text) {
    rustc::Diagnostic diagnostic;
    diagnostic.level = rustc::Level::Error;
    diagnostic.message = std::move(message);
    rustc::DiagnosticSpan span;
    span.file_name = "src/lib.rs";
    span.line_start = span.line_end = line;
    span.is_primary = true;
    span.text.push_back({std::move(text), 1, 2});
    diagnostic.spans.push_back(span);
    return diagnostic;
  }
  [[nodiscard]] Judgement decide() const { return judge(baseline, fixes, outcome, sources); }
};

TEST_CASE("a clean compilation that read the edit is accepted") {
  CHECK(World().decide().kind == Kind::Accepted);
}

TEST_CASE("the same error on a moved line is still there") {
  World world;
  world.outcome.units[0].succeeded = false;
  world.outcome.units[0].diagnostics = {World::error("future cannot be sent", 7, "    three();")};
  const Judgement judgement = world.decide();
  CHECK(judgement.kind == Kind::Rejected);
  CHECK(judgement.blamed == std::vector<size_t>{0});
}

TEST_CASE("a new error in the edited function is the fix's fault") {
  World world;
  world.outcome.units[0].succeeded = false;
  world.outcome.units[0].diagnostics = {World::error("cannot find `x`", 4, "    two();")};
  CHECK(world.decide().kind == Kind::Rejected);
  CHECK(world.decide().reason == "cannot find `x`");
}

TEST_CASE("an error elsewhere remains when the fix cannot reach it, else is not known") {
  World world;
  world.outcome.units[0].succeeded = false;
  world.outcome.units[0].diagnostics = {World::error("other", 7, "    four();")};
  CHECK(world.decide().kind == Kind::Accepted);
  CHECK(world.decide().remaining_errors == 1);
  world.fixes[0].body = {};
  CHECK(world.decide().kind == Kind::Rejected);
  // The same in another unit that also compiles the file, such as the tests.
  world.outcome.units[0].diagnostics.clear();
  world.outcome.units[0].succeeded = true;
  world.outcome.units.push_back(World::unit());
  world.outcome.units[1].is_test = true;
  world.outcome.units[1].succeeded = false;
  world.outcome.units[1].diagnostics = {World::error("other", 7, "    four();")};
  CHECK(world.decide().kind == Kind::Unknown);
}

TEST_CASE("a warning that errors hid is no fault of the fix, but for what goes unused") {
  World world;
  rustc::Diagnostic warning = World::error("unused variable", 3, "    two();");
  warning.level = rustc::Level::Warning;
  warning.code = "unused_variables";
  warning.spans[0].column_start = 5;
  warning.spans[0].column_end = 8;
  warning.spans[0].label = "`two`";
  world.outcome.units[0].diagnostics = {warning};
  CHECK(world.decide().kind == Kind::Accepted);
  // The edit has this name in it.
  world.outcome.units[0].diagnostics[0].spans[0].text[0].text = "    one();";
  CHECK(world.decide().kind == Kind::Rejected);
}

TEST_CASE("a future that nobody awaits is the fix's where the fix may have made it one") {
  World world;
  rustc::Diagnostic warning = World::error("unused future", 40, "    far();");
  warning.level = rustc::Level::Warning;
  warning.code = "unused_must_use";
  warning.spans[0].column_start = 5;
  world.outcome.units[0].diagnostics = {warning};
  // What `far` gives is the same as before where the fix stays in another function.
  CHECK(world.decide().kind == Kind::Accepted);
  world.fixes[0].body = {};
  CHECK(world.decide().kind == Kind::Rejected);
  // A closure of the changed function.
  World own;
  own.sources = {};
  own.file = own.sources.add("/p/src/lib.rs", "src/lib.rs",
                             "fn a() {\n    one();\n    let far = || two();\n    far();\n}\n");
  own.fixes[0].body = {own.file, 0, 50};
  own.outcome.units[0].diagnostics = {warning};
  CHECK(own.decide().kind == Kind::Rejected);
  // At the edit itself.
  World edited;
  warning.spans[0].line_start = warning.spans[0].line_end = 2;
  edited.outcome.units[0].diagnostics = {warning};
  CHECK(edited.decide().kind == Kind::Rejected);
}

TEST_CASE("a type is the same with its path and without") {
  World world;
  world.baseline.diagnostics.push_back(World::error(
      "no method `get` for `impl Future<Output = a::b::Guard<'_, std::string::String>>`", 20,
      "    x.get();"));
  world.fixes[0].body = {};
  world.outcome.units[0].succeeded = false;
  world.outcome.units[0].diagnostics = {World::error(
      "no method `get` for `impl Future<Output = Guard<'_, String>>`", 21, "    x.get();")};
  CHECK(world.decide().kind == Kind::Accepted);
  world.outcome.units[0].diagnostics[0].message =
      "no method `get` for `impl Future<Output = Guard<'_, Other>>`";
  CHECK(world.decide().kind == Kind::Rejected);
}

TEST_CASE("of edited files that nothing compiled, only a refusal is believed") {
  World world;
  world.outcome.state = TrialOutcome::State::Unproven;
  world.outcome.why = "nothing compiled /p/src/main.rs";
  world.outcome.unread = {"/p/src/main.rs"};
  Judgement judgement = world.decide();
  CHECK(judgement.kind == Kind::Unknown);
  CHECK(judgement.is_partial);
  CHECK(judgement.reason == "nothing compiled /p/src/main.rs");
  world.outcome.units[0].succeeded = false;
  world.outcome.units[0].diagnostics = {World::error("cannot find `x`", 3, "    x();")};
  judgement = world.decide();
  CHECK(judgement.kind == Kind::Rejected);
  CHECK(judgement.is_partial);
  CHECK(judgement.blamed == std::vector<size_t>{0});
}

TEST_CASE("blame falls on the fix whose edit is there, not on one with edits around it") {
  World world;
  world.fixes[0].body = {};
  world.fixes[0].edits.push_back({{world.file, 60, 60}, "x"});
  world.fixes.push_back({{{{world.file, 48, 53}, "other"}}, {}, {}});
  world.outcome.units[0].succeeded = false;
  world.outcome.units[0].diagnostics = {World::error("cannot find `other`", 7, "    other();")};
  CHECK(world.decide().blamed == std::vector<size_t>{1});
}

TEST_CASE("a dependant's error that names a type which the edits bring is theirs") {
  World world;
  world.fixes[0].body = {};
  world.fixes[0].edits[0].text = "Mutex::new(Cell::new(1))";
  UnitOutcome dependant{"q", "q", "bin", false, false, false, {"/p/q/main.rs"}, {}};
  rustc::Diagnostic error =
      World::error("no method `borrow` for `Arc<std::sync::Mutex<u32>>`", 1, "x");
  error.spans[0].file_name = "q/main.rs";
  dependant.diagnostics = {error};
  world.outcome.units.push_back(dependant);
  CHECK(world.decide().kind == Kind::Rejected);
  world.outcome.units[1].diagnostics[0].message = "no method `borrow` for `Arc<Lock<u32>>`";
  CHECK(world.decide().kind == Kind::Accepted);
}

TEST_CASE("a new warning at the edit rejects, an old one elsewhere does not") {
  World world;
  rustc::Diagnostic warning = World::error("unused variable", 7, "    four();");
  warning.level = rustc::Level::Warning;
  world.outcome.units[0].diagnostics = {warning};
  CHECK(world.decide().kind == Kind::Accepted);
  warning.spans[0].line_start = warning.spans[0].line_end = 2;
  world.outcome.units[0].diagnostics = {warning};
  CHECK(world.decide().kind == Kind::Rejected);
}

TEST_CASE("a dependant's error counts when it points at what has changed") {
  World world;
  UnitOutcome dependant{"q", "q", "bin", false, false, false, {"/p/q/main.rs"}, {}};
  rustc::Diagnostic error = World::error("its own", 1, "x");
  error.spans[0].file_name = "q/main.rs";
  dependant.diagnostics = {error};
  world.outcome.units.push_back(dependant);
  CHECK(world.decide().kind == Kind::Accepted);
  CHECK(world.decide().remaining_errors == 1);
  rustc::Diagnostic note = World::error("", 1, "fn a() {");
  world.outcome.units[1].diagnostics[0].children = {note};
  CHECK(world.decide().kind == Kind::Rejected);
  // The other function of the file is what it was, unless a fix goes beyond its own.
  note.spans[0].line_start = note.spans[0].line_end = 7;
  world.outcome.units[1].diagnostics[0].children = {note};
  CHECK(world.decide().kind == Kind::Accepted);
  world.fixes[0].body = {};
  CHECK(world.decide().kind == Kind::Rejected);
}

TEST_CASE("what did not run, or was not seen to, is never accepted") {
  World world;
  world.outcome.state = TrialOutcome::State::Unproven;
  world.outcome.why = "read from elsewhere";
  CHECK(world.decide().kind == Kind::Unknown);
  CHECK_FALSE(world.decide().is_final);
  world.outcome.state = TrialOutcome::State::NotRun;
  CHECK(world.decide().is_final);
  world.outcome.state = TrialOutcome::State::Ran;
  world.outcome.units.clear();
  CHECK(world.decide().kind == Kind::Unknown);
  world.outcome.units.push_back(World::unit());
  world.outcome.units[0].succeeded = false;
  CHECK(world.decide().kind == Kind::Unknown);
}

TEST_CASE("one demand denied by a second value: the first is gone") {
  World world;
  rustc::Diagnostic& before = world.baseline.diagnostics[0];
  before.children = {World::error("", 2, "    one();")};
  before.children[0].spans[0].label = "has type `Guard`";
  rustc::Diagnostic after = World::error("future cannot be sent", 7, "    three();");
  after.children = {World::error("", 4, "    two();")};
  after.children[0].spans[0].label = "has type `Guard`";
  world.outcome.units[0].succeeded = false;
  world.outcome.units[0].diagnostics = {after};
  CHECK(world.decide().kind == Kind::Accepted);
  CHECK(world.decide().remaining_errors == 1);
  // But not when the edit itself holds the value now.
  after.children[0].spans[0].line_start = after.children[0].spans[0].line_end = 2;
  world.outcome.units[0].diagnostics = {after};
  CHECK(world.decide().kind == Kind::Rejected);
}

}  // namespace
}  // namespace jaa::fixit
