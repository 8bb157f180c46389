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
  // A future that nobody awaits, wherever it is.
  world.outcome.units[0].diagnostics = {World::error("unused future", 40, "    far();")};
  world.outcome.units[0].diagnostics[0].level = rustc::Level::Warning;
  world.outcome.units[0].diagnostics[0].code = "unused_must_use";
  CHECK(world.decide().kind == Kind::Rejected);
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
