#include "session/follow_up.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "rustc/diagnostic.h"

namespace jaa::session {
namespace {

std::string slurp(const std::string& name) {
  std::ifstream file(JAA_TESTDATA "/rustc/causes/" + name, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), name);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A recorded program, a fix that rustc refuses, and what rustc says of the program with it.
struct World {
  World(const std::string& name, std::string code, std::string_view old_text,
        std::string new_text) {
    const std::string path = "/p/" + name + ".rs";
    file = sources.add(path, name + ".rs", slurp(name + ".rs"));
    baseline.root_source = path;
    baseline.cwd = "/p";
    baseline.diagnostics = rustc::read_messages(slurp(name + ".json"), name).diagnostics;
    crates = {{path, {file}}};
    package.edition = "2024";
    finding.code = std::move(code);
    finding.explains = {0};
    const size_t begin = sources.text(file).find(old_text);
    REQUIRE(begin != std::string_view::npos);
    fix.edits = {
        {{file, static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + old_text.size())},
         std::move(new_text)}};
    fix.keeps_meaning = true;
    REQUIRE(text() == slurp(name + ".fixed.rs"));
    fixit::UnitOutcome unit{name, name, "lib", false, false, false, {path}, {}};
    unit.diagnostics = rustc::read_messages(slurp(name + ".fixed.json"), name).diagnostics;
    outcome = {fixit::TrialOutcome::State::Ran, "", {unit}, 0};
  }
  [[nodiscard]] std::string text() const {
    return base::apply_edits(sources, file, fix.edits).value_or("edits overlap");
  }
  [[nodiscard]] bool follow() {
    return follow_up({sources, baseline, crates, package}, outcome, finding, fix);
  }
  // It says no, and leaves the fix as it was.
  [[nodiscard]] bool is_refused() {
    const std::vector<base::Edit> edits = fix.edits;
    const uint32_t follow_ups = fix.follow_ups;
    return !follow() && fix.edits == edits && fix.follow_ups == follow_ups;
  }

  base::SourceFiles sources;
  base::FileId file;
  fixit::Baseline baseline;
  std::vector<flow::CrateFiles> crates;
  project::Package package;
  base::Finding finding;
  base::FixIt fix;
  fixit::TrialOutcome outcome;
};

// The new error is one that no pitfall knows: rustc's own suggestion is all there is.
World lifetime() {
  World world{"lifetime", "missing_send_bound", "start<T>", "start<T: Send>"};
  world.outcome.units[0].diagnostics[0].code = "E0000";
  return world;
}

World signature(const std::string& code) {
  return {"signature", code, "start<F: Future +", "start<F: Future + Send +"};
}

TEST_CASE("a bound that needs another takes it from rustc's suggestion") {
  World world = lifetime();
  REQUIRE(world.follow());
  CHECK(world.text().find("fn start<T: Send + 'static>(value: T)") != std::string::npos);
  CHECK(world.fix.edits.size() == 1);
  CHECK(world.fix.follow_ups == 1);
  CHECK(world.fix.keeps_meaning);
  CHECK(world.fix.trade_off.empty());
}

TEST_CASE("only what reaches no further than the fix keeps its body") {
  World world = lifetime();
  const base::Span edit = world.fix.edits[0].span;
  world.fix.body = {world.file, edit.begin - 10, edit.end + 10};
  REQUIRE(world.follow());
  CHECK(world.fix.body.is_valid());
  World narrow = lifetime();
  narrow.fix.body = {narrow.file, 0, 1};
  REQUIRE(narrow.follow());
  CHECK_FALSE(narrow.fix.body.is_valid());
}

TEST_CASE("a new error that nothing mends ends it") {
  World world("mismatch", "rc_across_await", "= Rc::new", "= std::sync::Arc::new");
  CHECK(world.is_refused());
}

TEST_CASE("one new error that nothing mends is one too many") {
  World world = lifetime();
  rustc::Diagnostic error;
  error.level = rustc::Level::Error;
  error.message = "mismatched types";
  world.outcome.units[0].diagnostics.push_back(error);
  CHECK(world.is_refused());
}

TEST_CASE("a suggestion that might change what the program does is not taken") {
  for (const auto& [replacement, is_taken] :
       {std::pair(" + 'static", true), std::pair(" + Clone", false), std::pair("", false)}) {
    CAPTURE(replacement);
    World world = lifetime();
    world.outcome.units[0].diagnostics[0].children[0].spans[0].suggested_replacement = replacement;
    CHECK(world.follow() == is_taken);
  }
  // Nor one that says nothing.
  World empty = lifetime();
  rustc::DiagnosticSpan& nothing = empty.outcome.units[0].diagnostics[0].children[0].spans[0];
  nothing.suggested_replacement = "";
  nothing.suggestion_applicability = "MachineApplicable";
  CHECK(empty.is_refused());
  // Nor what would be written into a macro.
  World world = lifetime();
  world.outcome.units[0].diagnostics[0].children[0].spans[0].expansion = {
      {"make!", "lifetime.rs", 0, 1}};
  CHECK(world.is_refused());
}

TEST_CASE("a value does not change because a signature did, but because another value did") {
  for (const char* code : {"missing_send_bound", "trait_future_not_send", "non_send_dyn"}) {
    CAPTURE(code);
    World world = signature(code);
    CHECK(world.is_refused());
  }
  World world = signature("refcell_across_await");
  REQUIRE(world.follow());
  CHECK(world.text().find("Arc::new(1)") != std::string::npos);
  CHECK(world.text().find("F: Future + Send + 'static") != std::string::npos);
  CHECK(world.fix.follow_ups == 1);
}

TEST_CASE("a step's meaning and cost are the longer fix's, each cost once") {
  World first = signature("refcell_across_await");
  REQUIRE(first.follow());
  CHECK(first.fix.keeps_meaning);
  CHECK(first.fix.trade_off == "the count is kept with atomic operations");
  World second = signature("refcell_across_await");
  second.fix.keeps_meaning = false;
  second.fix.trade_off = "a cost";
  REQUIRE(second.follow());
  CHECK_FALSE(second.fix.keeps_meaning);
  CHECK(second.fix.trade_off == "a cost; " + first.fix.trade_off);
  World third = signature("refcell_across_await");
  third.fix.trade_off = first.fix.trade_off;
  REQUIRE(third.follow());
  CHECK(third.fix.trade_off == first.fix.trade_off);
}

TEST_CASE("a future that contains itself since the fix is put in a box") {
  World world("retry", "async_recursion_send_cycle", "spawn(retry(tries - 1))",
              "retry(tries - 1).await");
  REQUIRE(world.follow());
  CHECK(world.text().find("Box::pin(retry(tries - 1)).await;") != std::string::npos);
  CHECK(world.fix.trade_off == "one allocation a call");
}

TEST_CASE("an error about a value that no future holds has no step") {
  World world = signature("refcell_across_await");
  rustc::Diagnostic& error = world.outcome.units[0].diagnostics[0];
  std::erase_if(error.children,
                [](const rustc::Diagnostic& child) { return !child.spans.empty(); });
  REQUIRE_FALSE(error.children.empty());
  CHECK(world.is_refused());
}

TEST_CASE("a fix is made longer six times at most") {
  World world = lifetime();
  world.fix.follow_ups = 5;
  CHECK(world.follow());
  CHECK(world.fix.follow_ups == 6);
  World done = lifetime();
  done.fix.follow_ups = 6;
  CHECK(done.is_refused());
}

TEST_CASE("where nothing is new there is nothing to do") {
  World same = lifetime();
  same.outcome.units[0].diagnostics.clear();
  CHECK(same.is_refused());
  // An error that was there before and is not the finding's is none of the fix's.
  World old = lifetime();
  old.baseline.diagnostics.push_back(old.outcome.units[0].diagnostics[0]);
  CHECK(old.is_refused());
  // One that the fix should have removed is still to be met.
  World unmet = lifetime();
  unmet.outcome.units[0].diagnostics.insert(unmet.outcome.units[0].diagnostics.begin(),
                                            unmet.baseline.diagnostics[0]);
  CHECK(unmet.is_refused());
  World unexplained = lifetime();
  unexplained.outcome = unmet.outcome;
  unexplained.finding.explains.clear();
  CHECK(unexplained.follow());
}

TEST_CASE("the unit of the finding is the one that counts") {
  World world = lifetime();
  world.outcome.units[0].is_test = true;
  CHECK(world.is_refused());
  world.outcome.units[0].is_test = false;
  world.outcome.units[0].sources = {"/p/other.rs"};
  CHECK(world.is_refused());
  world.outcome.units.clear();
  CHECK(world.is_refused());
}

TEST_CASE("a suggestion for a place that does not exist is no step") {
  World outside = lifetime();
  rustc::DiagnosticSpan& span = outside.outcome.units[0].diagnostics[0].children[0].spans[0];
  span.line_start = span.line_end = 9000;
  CHECK(outside.is_refused());
}

TEST_CASE("an import that the fix leaves unused goes with it, another warning stays") {
  World world = lifetime();
  rustc::Diagnostic warning;
  warning.level = rustc::Level::Warning;
  warning.code = "unused_imports";
  warning.message = "unused import: `std::future::Future`";
  rustc::Diagnostic& help = warning.children.emplace_back();
  help.level = rustc::Level::Help;
  rustc::DiagnosticSpan& span = help.spans.emplace_back();
  span.file_name = "lifetime.rs";
  span.line_start = 2;
  span.line_end = 3;
  span.column_start = span.column_end = 1;
  span.suggested_replacement = "";
  span.suggestion_applicability = "MachineApplicable";
  world.outcome.units[0].diagnostics.push_back(warning);
  World other = lifetime();
  warning.code = "dead_code";
  other.outcome.units[0].diagnostics.push_back(warning);
  REQUIRE(world.follow());
  CHECK(world.text().find("use std::future::Future;") == std::string::npos);
  CHECK(world.text().find("T: Send + 'static") != std::string::npos);
  REQUIRE(other.follow());
  CHECK(other.text().find("use std::future::Future;") != std::string::npos);
}

}  // namespace
}  // namespace jaa::session
