#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <thread>

#include "llvm/Support/FileSystem.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/support_test.h"

namespace jaa::plugin {
namespace {

using State = fixit::TrialOutcome::State;
const TrialLimits Limits{.timeout_seconds = 300};

// A workspace with a build script, a dependant, a member outside the root and a
// source file shared by a path that climbs.
struct Project {
  test::Folder folder;
  std::string root = folder / "ws";
  std::string callee = folder.write("ws/callee/src/lib.rs", "pub fn value() -> u32 { 7 }\n");
  std::string app = folder.write(
      "ws/app/src/lib.rs",
      "include!(concat!(env!(\"OUT_DIR\"), \"/made.rs\"));\n"
      "include!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/part.rs\"));\n"
      "#[path = \"../../shared/common.rs\"] pub mod common;\n"
      "pub fn twice() -> u32 { callee::value() * 2 + MADE + common::more() }\n"
      "#[cfg(test)] mod tests { #[test] fn it() { assert_eq!(super::twice(), 19); } }\n");
  std::string part = folder.write("ws/app/part.rs", "pub fn part() -> u32 { 3 }\n");
  std::string common = folder.write("ws/shared/common.rs", "pub fn more() -> u32 { 1 }\n");
  std::string sibling = folder.write("sib/src/lib.rs", "pub fn sib() -> u32 { 1 }\n");

  Project() {
    folder.write(
        "ws/Cargo.toml",
        "[workspace]\nresolver = \"2\"\nmembers = [\"callee\", \"app\", \"lone\", \"../sib\"]\n");
    const auto manifest = [](const std::string& name, const std::string& rest) {
      return "[package]\nname = \"" + name + "\"\nversion = \"0.1.0\"\nedition = \"2021\"\n" + rest;
    };
    folder.write("ws/callee/Cargo.toml", manifest("callee", ""));
    folder.write("ws/app/Cargo.toml",
                 manifest("app", "[dependencies]\ncallee = { path = \"../callee\" }\n"));
    folder.write("ws/app/build.rs",
                 "fn main() { let out = std::env::var(\"OUT_DIR\").unwrap();\n"
                 "std::fs::write(out + \"/made.rs\", \"pub const MADE: u32 = 4;\").unwrap();\n"
                 "println!(\"cargo:rerun-if-changed=build.rs\"); }\n");
    folder.write("ws/lone/Cargo.toml", manifest("lone", ""));
    folder.write("ws/lone/src/lib.rs", "pub fn lone() {}\n");
    folder.write("sib/Cargo.toml", manifest("sib", "workspace = \"../ws\"\n"));
  }
};

const fixit::UnitOutcome* find_unit(const fixit::TrialOutcome& outcome, const std::string& target,
                                    bool is_test) {
  const auto unit = std::ranges::find_if(outcome.units, [&](const fixit::UnitOutcome& u) {
    return u.target == target && u.is_test == is_test && u.target_kind == "lib";
  });
  return unit == outcome.units.end() ? nullptr : &*unit;
}

// All files of the user's target directory, without ours, by content and time.
std::map<std::string, std::string> snapshot(const std::string& target) {
  std::map<std::string, std::string> files;
  std::error_code code;
  for (llvm::sys::fs::recursive_directory_iterator it(target, code, false), end; it != end && !code;
       it.increment(code)) {
    if (it->path() == target + "/just-async") {
      it.no_push();
    } else if (const auto stamp = link_stamp_of(it->path()); stamp && S_ISREG(stamp->mode)) {
      files[it->path()] = std::to_string(stamp->modified_ns) + " " + test::read(it->path());
    }
  }
  return files;
}

std::string first_difference(const std::map<std::string, std::string>& before,
                             const std::map<std::string, std::string>& after) {
  for (const auto& [path, text] : before) {
    const auto other = after.find(path);
    if (other == after.end() || other->second != text) return path;
  }
  for (const auto& [path, text] : after) {
    if (!before.contains(path)) return path;
  }
  return "";
}

TEST_CASE("a workspace under each overlay") {
  const std::string cargo = test::find_tool("cargo");
  if (cargo.empty()) return;
  for (const char* name : test::OverlayNames) {
    CAPTURE(name);
    if (!test::has_overlay(name)) continue;
    const test::OnlyOverlay only(name);
    const Project project;
    const Invocation invocation = test::check_invocation(cargo, project.root);
    REQUIRE(test::run_users_check(invocation) == 0);
    const auto before = snapshot(invocation.target_dir);
    const auto trial = [&](const std::string& path, const std::string& text) {
      return run_cargo_trial(invocation, test::trial_of({{path, text}}), Limits);
    };

    // A good edit: its unit and the dependants are compiled, the rest is fresh.
    fixit::TrialOutcome outcome =
        trial(project.callee, "pub fn value() -> u32 { 8 }\npub fn more() {}\n");
    CHECK_MESSAGE(test::is_accepted(outcome), outcome.why);
    const fixit::UnitOutcome* callee = find_unit(outcome, "callee", false);
    REQUIRE(callee != nullptr);
    CHECK_FALSE(callee->is_fresh);
    CHECK(callee->sources == std::vector<std::string>{project.callee});
    CHECK(callee->package.find(project.root + "/callee#") != std::string::npos);
    CHECK(find_unit(outcome, "callee", true) != nullptr);
    REQUIRE(find_unit(outcome, "app", false) != nullptr);
    CHECK_FALSE(find_unit(outcome, "app", false)->is_fresh);
    REQUIRE(find_unit(outcome, "lone", false) != nullptr);
    if (std::string(name) != "shadow") CHECK(find_unit(outcome, "lone", false)->is_fresh);

    // A changed signature: the callee is well, its dependant is not.
    outcome = trial(project.callee, "pub fn value() -> String { String::new() }\n");
    CHECK_MESSAGE(outcome.state == State::Ran, outcome.why);
    CHECK_FALSE(test::is_accepted(outcome));
    REQUIRE(find_unit(outcome, "callee", false) != nullptr);
    CHECK(find_unit(outcome, "callee", false)->succeeded);
    const fixit::UnitOutcome* app = find_unit(outcome, "app", false);
    REQUIRE(app != nullptr);
    CHECK_FALSE(app->succeeded);
    CHECK_FALSE(app->diagnostics.empty());
    CHECK(std::ranges::count(app->sources, project.app) == 1);
    REQUIRE(find_unit(outcome, "app", true) != nullptr);
    CHECK_FALSE(find_unit(outcome, "app", true)->succeeded);

    // Broken edits in places that are easily missed.
    const std::string broken = "pub fn value() -> u32 { \"x\" }\n";
    for (const std::string& path : {project.part, project.common, project.sibling}) {
      CAPTURE(path);
      outcome = trial(path, broken);
      CHECK_MESSAGE(outcome.state == State::Ran, outcome.why);
      CHECK_FALSE(test::is_accepted(outcome));
    }

    // The earlier trials left artifacts of edited texts; none of them counts now.
    outcome = trial(project.app, test::read(project.app) + "pub fn three() -> u32 { part() }\n");
    CHECK_MESSAGE(test::is_accepted(outcome), outcome.why);
    for (const char* target : {"callee", "sib"}) {
      REQUIRE(find_unit(outcome, target, false) != nullptr);
      CHECK_FALSE(find_unit(outcome, target, false)->is_fresh);
    }
    outcome = trial(project.app, "pub fn f() -> String { callee::value() }\n");
    CHECK_FALSE(test::is_accepted(outcome));

    // The user's own directory is as it was, and cargo agrees.
    CHECK(first_difference(before, snapshot(invocation.target_dir)) == "");
    CHECK(test::run_users_check(invocation) == 0);
    CHECK(first_difference(before, snapshot(invocation.target_dir)) == "");
  }
}

TEST_CASE("a unit that fails only as a test") {
  const std::string cargo = test::find_tool("cargo");
  if (cargo.empty()) return;
  const Project project;
  const Invocation invocation = test::check_invocation(cargo, project.root);
  const std::string text =
      test::read(project.callee) + "fn unused() {}\n#[cfg(test)] mod t { fn x() -> u8 { \"\" } }\n";
  const fixit::TrialOutcome outcome =
      run_cargo_trial(invocation, test::trial_of({{project.callee, text}}), Limits);
  CHECK_MESSAGE(outcome.state == State::Ran, outcome.why);
  const fixit::UnitOutcome* plain = find_unit(outcome, "callee", false);
  const fixit::UnitOutcome* test = find_unit(outcome, "callee", true);
  REQUIRE(plain != nullptr);
  REQUIRE(test != nullptr);
  CHECK(plain->succeeded);
  CHECK(std::ranges::none_of(plain->diagnostics, [](const auto& d) { return d.is_error(); }));
  CHECK(std::ranges::count(plain->diagnostics, "dead_code", &rustc::Diagnostic::code) == 1);
  CHECK_FALSE(test->succeeded);
  CHECK(std::ranges::count(test->diagnostics, "E0308", &rustc::Diagnostic::code) == 1);
  CHECK(test->sources == std::vector<std::string>{project.callee});
}

TEST_CASE("a syntax error is a failure of its unit") {
  const std::string cargo = test::find_tool("cargo");
  if (cargo.empty()) return;
  const Project project;
  const Invocation invocation = test::check_invocation(cargo, project.root);
  REQUIRE(test::run_users_check(invocation) == 0);
  const fixit::TrialOutcome outcome =
      run_cargo_trial(invocation, test::trial_of({{project.callee, "fn x( {"}}), Limits);
  CHECK_MESSAGE(outcome.state == State::Ran, outcome.why);
  CHECK_FALSE(test::is_accepted(outcome));
}

TEST_CASE("a file that no unit reads is not proven") {
  const std::string cargo = test::find_tool("cargo");
  if (cargo.empty()) return;
  const Project project;
  const std::string other = project.folder.write("ws/app/src/unused.rs", "");
  const fixit::TrialOutcome outcome = run_cargo_trial(
      test::check_invocation(cargo, project.root), test::trial_of({{other, "broken {"}}), Limits);
  CHECK(outcome.state == State::Unproven);
  CHECK(outcome.why.find("unused.rs") != std::string::npos);
}

TEST_CASE("artifacts that claim to be from the future are not believed") {
  const std::string cargo = test::find_tool("cargo");
  if (cargo.empty()) return;
  const Project project;
  const Invocation invocation = test::check_invocation(cargo, project.root);
  REQUIRE(test::run_users_check(invocation) == 0);
  // As a clock that was wrong would leave them.
  std::error_code code;
  const struct timespec future[2] = {{4'000'000'000, 0}, {4'000'000'000, 0}};
  for (llvm::sys::fs::recursive_directory_iterator it(invocation.target_dir, code, false), end;
       it != end && !code; it.increment(code)) {
    ::utimensat(AT_FDCWD, it->path().c_str(), future, AT_SYMLINK_NOFOLLOW);
  }
  const fixit::TrialOutcome outcome = run_cargo_trial(
      invocation, test::trial_of({{project.callee, "pub fn value() -> u32 { \"x\" }\n"}}), Limits);
  CHECK(outcome.state == State::Unproven);
}

TEST_CASE("a build folder of the user's choice stays the user's") {
  const std::string cargo = test::find_tool("cargo");
  if (cargo.empty()) return;
  const Project project;
  project.folder.write("ws/.cargo/config.toml",
                       "[build]\nbuild-dir = \"" + (project.folder / "built") + "\"\n");
  const fixit::TrialOutcome outcome =
      run_cargo_trial(test::check_invocation(cargo, project.root),
                      test::trial_of({{project.callee, "pub fn value() -> u32 { 8 }\n"}}), Limits);
  CHECK_MESSAGE(test::is_accepted(outcome), outcome.why);
  CHECK_FALSE(stamp_of(project.folder / "built"));
}

TEST_CASE("one trial at a time, the other waits") {
  const std::string cargo = test::find_tool("cargo");
  if (cargo.empty()) return;
  const Project project;
  const Invocation invocation = test::check_invocation(cargo, project.root);
  const auto run_with = [&](const std::string& text) {
    return run_cargo_trial(invocation, test::trial_of({{project.callee, text}}), Limits);
  };
  fixit::TrialOutcome good;
  std::thread other([&] { good = run_with("pub fn value() -> u32 { 8 }\n"); });
  const fixit::TrialOutcome bad = run_with("pub fn value() -> u32 { \"x\" }\n");
  other.join();
  CHECK_MESSAGE(test::is_accepted(good), good.why);
  CHECK(bad.state == State::Ran);
  CHECK_FALSE(test::is_accepted(bad));
}

TEST_CASE("cargo hangs, dies, refuses, or has nowhere to write") {
  const Project project;
  const auto outcome_of = [&](const std::string& script) {
    const std::string fake = project.folder.write("fake", "#!/bin/sh\n" + script + "\n");
    REQUIRE(::chmod(fake.c_str(), 0755) == 0);
    return run_cargo_trial(test::check_invocation(fake, project.root),
                           test::trial_of({{project.callee, "broken"}}), {.timeout_seconds = 0.5});
  };
  const std::string mark = project.folder / "late";
  fixit::TrialOutcome outcome = outcome_of("(sleep 2; echo > " + mark + ") & sleep 30");
  CHECK(outcome.state == State::NotRun);
  CHECK(outcome.why.find("time") != std::string::npos);
  outcome = outcome_of("kill -9 $$");
  CHECK(outcome.state == State::NotRun);
  CHECK(outcome.why.find("signal 9") != std::string::npos);
  outcome = outcome_of("echo 'error: no such manifest' >&2; exit 101");
  CHECK(outcome.state == State::NotRun);
  CHECK(outcome.why.find("no such manifest") != std::string::npos);
  CHECK(outcome_of("exit 0").state == State::NotRun);
  // Success without a single unit proves nothing.
  CHECK(outcome_of("echo '{\"reason\":\"build-finished\",\"success\":true}'").state ==
        State::Unproven);
  std::this_thread::sleep_for(std::chrono::milliseconds(2200));
  CHECK_FALSE(stamp_of(mark));

  Invocation invocation = test::check_invocation("cargo", project.root);
  invocation.target_dir = project.callee + "/target";
  outcome = run_cargo_trial(invocation, test::trial_of({{project.callee, ""}}), Limits);
  CHECK(outcome.state == State::NotRun);
  CHECK(outcome.why.find(invocation.target_dir) != std::string::npos);

  // Permissions do not stop root, so this part is for everyone else.
  invocation.target_dir = project.folder / "sealed";
  REQUIRE(::mkdir(invocation.target_dir.c_str(), 0555) == 0);
  if (::access(invocation.target_dir.c_str(), W_OK) != 0) {
    outcome = run_cargo_trial(invocation, test::trial_of({{project.callee, ""}}), Limits);
    CHECK(outcome.state == State::NotRun);
    CHECK(outcome.why.find("sealed") != std::string::npos);
  }
}

}  // namespace
}  // namespace jaa::plugin
