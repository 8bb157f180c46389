#include "plugin/rustc/trial_store_unix.h"

#include <doctest/doctest.h>
#include <utime.h>

#include "llvm/Support/FileSystem.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/outcome_json.h"
#include "plugin/rustc/support_test.h"

namespace jaa::plugin {
namespace {

constexpr int64_t Later = INT64_MAX;

rustc::Diagnostic example_error() {
  rustc::Diagnostic error;
  error.level = rustc::Level::Ice;
  error.message = "a \"message\" ä\n";
  error.code = "E0277";
  rustc::DiagnosticSpan span;
  span.file_name = "src/lib.rs";
  span.byte_start = 3;
  span.byte_end = 5;
  span.line_start = span.line_end = 1;
  span.column_start = 4;
  span.column_end = 6;
  span.is_primary = true;
  span.label = "label";
  span.text = {{"text", 1, 2}};
  span.suggested_replacement = "";
  span.suggestion_applicability = "MachineApplicable";
  span.expansion = {{"inner!", "a.rs", 1, 2}, {"outer!", "b.rs", 3, 4}};
  error.spans = {span, rustc::DiagnosticSpan()};
  rustc::Diagnostic child;
  child.level = rustc::Level::Help;
  child.message = "child";
  error.children = {child};
  error.rendered = "rendered";
  return error;
}

// A workspace of two crates, and a trial of an edit in the one.
struct Project {
  test::Folder folder;
  std::string root = folder / "w";
  std::string edited = folder.write("w/a/src/lib.rs", "old\n");
  std::string other = folder.write("w/b/src/lib.rs", "other\n");
  std::string from_registry = folder.write("registry/c.rs", "c\n");
  Invocation invocation{"cargo", {"check"}, root, {"A=1", "COLUMNS=80"}, root, root + "/target"};
  fixit::Trial trial{"key", {{edited, "new\n"}}};
  fixit::TrialOutcome outcome;

  Project() {
    folder.write("w/Cargo.toml", "[workspace]\n");
    folder.write("w/Cargo.lock", "");
    folder.write("w/a/Cargo.toml", "a\n");
    folder.write("w/b/Cargo.toml", "b\n");
    outcome.state = fixit::TrialOutcome::State::Ran;
    outcome.units = {
        {"path+file://" + root + "/a#0.1.0", "a", "lib", false, false, true, {edited}, {}},
        {"path+file://" + root + "/b#0.1.0", "b", "lib", true, true, false, {other}, {}},
        {"registry+https://x#c@1.0.0", "c", "lib", false, true, true, {from_registry}, {}}};
    outcome.units[1].diagnostics = {example_error()};
  }
  [[nodiscard]] TrialStore store() const { return {folder / "trials", invocation, "rustc 1"}; }
  [[nodiscard]] bool knows(const fixit::Trial& asked) const {
    return store().find(asked).has_value();
  }
  [[nodiscard]] std::vector<std::string> entries() const {
    std::vector<std::string> result;
    std::error_code code;
    for (llvm::sys::fs::directory_iterator it(folder / "trials", code), end; it != end && !code;
         it.increment(code)) {
      result.push_back(it->path());
    }
    return result;
  }
};

}  // namespace

TEST_CASE("outcomes keep through their text") {
  const Project project;
  const std::string text = units_to_json(project.outcome.units);
  const auto units = units_from_json(text);
  REQUIRE(units);
  REQUIRE(units->size() == 3);
  CHECK(units_to_json(*units) == text);
  const rustc::Diagnostic& error = units->at(1).diagnostics.at(0);
  const rustc::Diagnostic expected = example_error();
  CHECK(error.level == expected.level);
  CHECK(error.message == expected.message);
  CHECK(error.spans.at(0).expansion.at(0).macro_name == "inner!");
  CHECK(error.spans.at(0).expansion.at(1).byte_end == 4);
  CHECK(error.spans.at(0).suggested_replacement == "");
  CHECK(!error.spans.at(1).suggested_replacement);
  for (const char* damaged : {"", "{", "{}", "[1]", "[{}]", "[{\"package\":1}]"}) {
    CHECK(!units_from_json(damaged));
  }
}

TEST_CASE("the same texts are not tried twice, written or on trial") {
  const Project project;
  CHECK(!project.knows(project.trial));
  project.store().keep(project.trial, project.outcome, Later);
  const auto known = project.store().find(project.trial);
  REQUIRE(known);
  CHECK(known->is_remembered);
  CHECK(known->units.size() == 3);
  CHECK(known->units[0].sources == std::vector<std::string>{project.edited});
  CHECK(known->units[2].sources.empty());
  // What was on trial is written; another edit on trial is what stands on disk.
  CHECK(!project.knows({"key", {{project.edited, "newer\n"}}}));
  project.folder.write("w/a/src/lib.rs", "new\n");
  CHECK(project.knows(project.trial));
  CHECK(!project.knows({"key", {{project.other, "new\n"}}}));
  // The unit that reads it was fresh: it never showed that it reads the overlay.
  CHECK(!project.knows({"key", {{project.other, "other\n"}}}));
  // A file that no unit reads.
  CHECK(!project.knows({"key", {{project.edited, "new\n"}, {project.from_registry, "c\n"}}}));
}

TEST_CASE("whatever an outcome depends on makes it another one") {
  for (const char* file : {"w/b/src/lib.rs", "w/Cargo.lock", "w/Cargo.toml", "w/b/Cargo.toml",
                           "w/.cargo/config.toml", "w/a/src/new.rs", "w/b/tests/new.rs"}) {
    const Project project;
    project.store().keep(project.trial, project.outcome, Later);
    CHECK(project.knows(project.trial));
    project.folder.write(file, "changed\n");
    CHECK_MESSAGE(!project.knows(project.trial), file);
  }
  Project project;
  project.store().keep(project.trial, project.outcome, Later);
  project.invocation.env = {"COLUMNS=100", "A=1"};
  CHECK(project.knows(project.trial));
  project.invocation.env = {"A=2"};
  CHECK(!project.knows(project.trial));
  project.invocation.env = {"A=1"};
  project.invocation.arguments.push_back("--release");
  CHECK(!project.knows(project.trial));
}

TEST_CASE("what cannot be relied on is not kept") {
  const auto keeps = [](auto change, int64_t started_ns = Later) {
    Project project;
    change(project);
    project.store().keep(project.trial, project.outcome, started_ns);
    return !project.entries().empty();
  };
  CHECK(keeps([](Project&) {}));
  CHECK(!keeps([](Project&) {}, 0));  // everything changed since
  CHECK(!keeps([](Project& p) { p.outcome.state = fixit::TrialOutcome::State::Unproven; }));
  CHECK(!keeps([](Project& p) { p.outcome.units[1].sources.clear(); }));
  CHECK(!keeps([](Project& p) { p.outcome.units[1].package = "path+file:///nowhere#1"; }));
  CHECK(!keeps([](Project& p) {
    p.outcome.units[1].sources.push_back(p.folder.write("w/target/out/gen.rs", "x"));
  }));
}

TEST_CASE("with a build script an outcome depends on the whole package, and what it names") {
  const auto knows_after = [](const std::string& printed, const char* changed) {
    Project project;
    fixit::UnitOutcome script = project.outcome.units[1];
    script.target_kind = "custom-build";
    script.sources = {project.folder.write("w/b/build.rs", "fn main() {}\n")};
    project.outcome.units.push_back(script);
    project.outcome.units[1].sources.push_back(
        project.folder.write("w/target/just-async/trial/debug/build/b-1/out/gen.rs", "x"));
    project.folder.write("w/b/data/deep/units.txt", "x");
    const std::string far = project.folder.write("far/table.txt", "x");
    project.folder.write("w/target/just-async/trial/debug/build/b-1/output",
                         "cargo:rerun-if-changed=" + (printed.empty() ? far : printed) + "\n");
    project.store().keep(project.trial, project.outcome, Later);
    if (changed != nullptr) project.folder.write(changed, "changed");
    return project.knows(project.trial);
  };
  CHECK(knows_after("", nullptr));
  CHECK(!knows_after("", "w/b/data/deep/units.txt"));
  CHECK(!knows_after("", "w/b/data/deep/new.txt"));
  CHECK(!knows_after("", "far/table.txt"));
  CHECK(knows_after("", "w/target/just-async/trial/debug/build/b-1/out/gen.rs"));
  CHECK(knows_after("data", nullptr));
  CHECK(!knows_after("../../far/table.txt", nullptr));
  CHECK(!knows_after("/tmp", nullptr));
}

TEST_CASE("a damaged entry is none, and there are not too many") {
  const Project project;
  project.store().keep(project.trial, project.outcome, Later);
  REQUIRE(project.entries().size() == 1);
  const std::string entry = project.entries()[0];
  const std::string text = test::read(entry);
  for (size_t length = 0; length < text.size(); length += 7) {
    llvm::cantFail(write_file(entry, text.substr(0, length)));
    CHECK(!project.knows(project.trial));
  }
  std::string changed = text;
  changed.at(changed.find("message")) = 'M';
  llvm::cantFail(write_file(entry, changed));
  CHECK(!project.knows(project.trial));
  llvm::cantFail(write_file(entry, text));
  CHECK(project.knows(project.trial));
  for (int number = 0; number < 100; ++number) {
    const std::string name =
        project.folder.write("trials/" + std::to_string(number) + ".json", "[]");
    const struct utimbuf old = {1, number};
    utime(name.c_str(), &old);
  }
  project.store().keep({"key", {{project.edited, "newest\n"}}}, project.outcome, Later);
  CHECK(project.entries().size() == 64);
  CHECK(project.knows(project.trial));
}

}  // namespace jaa::plugin
