// Each case of a broken edit that some way of replaying once accepted. None may
// end as an accepted trial, whichever overlay is used.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>

#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/support_test.h"

namespace jaa::plugin {
namespace {

using State = fixit::TrialOutcome::State;
const TrialLimits Limits{.timeout_seconds = 120};
constexpr const char* Good = "pub fn value() -> u32 { 7 }\n";
constexpr const char* Broken = "pub fn value() -> u32 { \"seven\" }\n";

// A crate in `app/`, compiled there, as cargo does for a member outside the root.
Unit unit_in(const std::string& rustc, const test::Folder& folder, const std::string& root_file) {
  Unit unit = test::library_unit(rustc, folder, root_file);
  unit.cwd = folder / "app";
  std::erase_if(unit.env, [](const auto& v) { return v.starts_with("CARGO_MANIFEST_DIR="); });
  unit.env.push_back("CARGO_MANIFEST_DIR=" + (folder / "app"));
  return unit;
}

TEST_CASE("a good edit is accepted, a broken one fails, whatever way the file is reached") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty()) return;
  struct Way {
    const char* name;
    const char* root;    // text of app/src/lib.rs
    const char* edited;  // the file that is edited
  };
  const Way ways[] = {
      {"the root file", Good, "app/src/lib.rs"},
      {"a module", "pub mod inner { pub mod deep; }\n", "app/src/inner/deep.rs"},
      {"path attribute", "#[path = \"inner/../inner/deep.rs\"] pub mod deep;\n",
       "app/src/inner/deep.rs"},
      {"include of a manifest path",
       "include!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/gen/part.rs\"));\n", "app/gen/part.rs"},
  };
  for (const char* name : test::OverlayNames) {
    if (!test::has_overlay(name)) continue;
    const test::OnlyOverlay only(name);
    for (const Way& way : ways) {
      CAPTURE(name);
      CAPTURE(way.name);
      const test::Folder folder;
      const std::string file = folder.write(way.edited, Good);
      folder.write("app/src/lib.rs", way.root);
      const Unit unit = unit_in(rustc, folder, "src/lib.rs");
      REQUIRE(test::compile(unit) == 0);
      const std::string before = test::read(folder / "out/libsample-0123456789abcdef.rmeta");
      const auto trial = [&](const std::string& text) {
        return run_unit_trial(unit, test::trial_of({{file, text}}), folder / "scratch", Limits);
      };
      fixit::TrialOutcome outcome = trial(Broken);
      CHECK_MESSAGE(outcome.state == State::Ran, outcome.why);
      CHECK_FALSE(test::is_accepted(outcome));
      outcome = trial(std::string(Good) + "pub fn more() -> u32 { value() }\n");
      CHECK_MESSAGE(test::is_accepted(outcome), outcome.why);
      REQUIRE(outcome.units.size() == 1);
      CHECK(std::ranges::any_of(outcome.units[0].sources, [&](const std::string& source) {
        return canonical_path(source) == file;
      }));
      CHECK(test::read(file) == Good);
      CHECK(test::read(folder / "out/libsample-0123456789abcdef.rmeta") == before);
    }
  }
}

TEST_CASE("a file outside every mirrored folder is never accepted broken") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty()) return;
  for (const char* name : test::OverlayNames) {
    if (!test::has_overlay(name)) continue;
    const test::OnlyOverlay only(name);
    CAPTURE(name);
    const test::Folder folder;
    const std::string shared = folder.write("shared/common.rs", Good);
    folder.write("app/src/lib.rs", "#[path = \"../../shared/common.rs\"] pub mod common;\n");
    const Unit unit = unit_in(rustc, folder, "src/lib.rs");
    REQUIRE(test::compile(unit) == 0);
    const fixit::TrialOutcome outcome =
        run_unit_trial(unit, test::trial_of({{shared, Broken}}), folder / "scratch", Limits);
    CHECK_FALSE(test::is_accepted(outcome));
    // A good edit in a place that only a shadow tree cannot show.
    const fixit::TrialOutcome good = run_unit_trial(
        unit, test::trial_of({{shared, std::string(Good) + "\n"}}), folder / "scratch", Limits);
    CHECK(test::is_accepted(good) == (std::string(name) != "shadow"));
  }
}

TEST_CASE("an absolute path past the shadow tree is not proven") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty()) return;
  for (const char* name : test::OverlayNames) {
    if (!test::has_overlay(name)) continue;
    const test::OnlyOverlay only(name);
    CAPTURE(name);
    const test::Folder folder;
    const std::string part = folder.write("app/part.rs", Good);
    folder.write("app/src/lib.rs", "include!(concat!(env!(\"ELSEWHERE\"), \"/part.rs\"));\n");
    Unit unit = unit_in(rustc, folder, "src/lib.rs");
    unit.env.push_back("ELSEWHERE=" + (folder / "app"));
    REQUIRE(test::compile(unit) == 0);
    const fixit::TrialOutcome outcome =
        run_unit_trial(unit, test::trial_of({{part, Broken}}), folder / "scratch", Limits);
    CHECK_FALSE(test::is_accepted(outcome));
    const bool is_shadow = std::string(name) == "shadow";
    CHECK(outcome.state == (is_shadow ? State::Unproven : State::Ran));
  }
}

TEST_CASE("a hard link to the original is not proven") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty()) return;
  for (const char* name : test::OverlayNames) {
    if (!test::has_overlay(name)) continue;
    const test::OnlyOverlay only(name);
    CAPTURE(name);
    const test::Folder folder;
    const std::string one = folder.write("app/src/one.rs", Good);
    REQUIRE(::link(one.c_str(), (folder / "app/src/two.rs").c_str()) == 0);
    folder.write("app/src/lib.rs", "pub mod one; pub mod two;\n");
    const Unit unit = unit_in(rustc, folder, "src/lib.rs");
    const fixit::TrialOutcome outcome = run_unit_trial(
        unit, test::trial_of({{one, std::string(Good) + "\n"}}), folder / "scratch", Limits);
    CHECK(outcome.state == State::Unproven);
    CHECK(outcome.why.find("two.rs") != std::string::npos);
  }
}

TEST_CASE("an edit that no source of the unit leads to is not proven") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty()) return;
  const test::Folder folder;
  folder.write("app/src/lib.rs", Good);
  const std::string other = folder.write("app/src/unused.rs", Good);
  const fixit::TrialOutcome outcome =
      run_unit_trial(unit_in(rustc, folder, "src/lib.rs"), test::trial_of({{other, Broken}}),
                     folder / "scratch", Limits);
  CHECK(outcome.state == State::Unproven);
  CHECK(outcome.why.find("unused.rs") != std::string::npos);
}

TEST_CASE("a syntax error, which leaves no dep-info, is a failure") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty()) return;
  const test::Folder folder;
  const std::string file = folder.write("app/src/lib.rs", Good);
  const fixit::TrialOutcome outcome =
      run_unit_trial(unit_in(rustc, folder, "src/lib.rs"), test::trial_of({{file, "fn x( {"}}),
                     folder / "scratch", Limits);
  CHECK(outcome.state == State::Ran);
  REQUIRE(outcome.units.size() == 1);
  CHECK_FALSE(outcome.units[0].succeeded);
  CHECK_FALSE(outcome.units[0].diagnostics.empty());
}

TEST_CASE("warnings come along, and a unit without JSON or dep-info gets both") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty()) return;
  const test::Folder folder;
  const std::string file = folder.write("app/a b.rs", Good);
  const Unit unit{.argv = {rustc, "--edition=2021", "--crate-name=ab", "--crate-type=lib",
                           "--emit=metadata", "a b.rs", "-o", folder / "app/out.rmeta"},
                  .cwd = folder / "app",
                  .env = test::our_environment()};
  const fixit::TrialOutcome outcome = run_unit_trial(
      unit, test::trial_of({{file, "fn unused() {}\n"}}), folder / "scratch", Limits);
  CHECK_MESSAGE(test::is_accepted(outcome), outcome.why);
  REQUIRE(outcome.units.size() == 1);
  CHECK(outcome.units[0].package == file);
  CHECK(outcome.units[0].sources == std::vector<std::string>{file});
  REQUIRE_FALSE(outcome.units[0].diagnostics.empty());
  CHECK(outcome.units[0].diagnostics[0].code == "dead_code");
  CHECK_FALSE(stamp_of(folder / "app/out.rmeta"));
}

TEST_CASE("a compiler that hangs, dies, says nothing or is not there") {
  const test::Folder folder;
  const std::string file = folder.write("app/src/lib.rs", Good);
  const auto outcome_of = [&](const std::string& script) {
    const std::string fake = folder.write("fake", "#!/bin/sh\n" + script + "\n");
    REQUIRE(::chmod(fake.c_str(), 0755) == 0);
    return run_unit_trial(unit_in(fake, folder, "src/lib.rs"), test::trial_of({{file, Broken}}),
                          folder / "scratch", {.timeout_seconds = 0.3});
  };
  fixit::TrialOutcome outcome = outcome_of("sleep 30");
  CHECK(outcome.state == State::NotRun);
  CHECK(outcome.why.find("time") != std::string::npos);
  outcome = outcome_of("kill -SEGV $$");
  CHECK(outcome.state == State::NotRun);
  CHECK(outcome.why.find("signal 11") != std::string::npos);
  outcome = outcome_of("echo bad option >&2; exit 1");
  CHECK(outcome.state == State::NotRun);
  CHECK(outcome.why.find("bad option") != std::string::npos);
  // It claims success but leaves no evidence.
  CHECK(outcome_of("exit 0").state == State::Unproven);
  // It names the file in dep-info without having opened it: some server's work.
  CHECK(
      outcome_of("for last; do :; done; echo 'x: src/lib.rs' > \"${last#--out-dir=}/x.d\"").state ==
      State::Unproven);
  outcome = run_unit_trial(unit_in("/no/rustc", folder, "src/lib.rs"),
                           test::trial_of({{file, Broken}}), folder / "scratch", Limits);
  CHECK(outcome.state == State::NotRun);
  CHECK(outcome.why.find("/no/rustc") != std::string::npos);
}

TEST_CASE("without any overlay, or a place to write, there is no trial") {
  const test::Folder folder;
  const std::string file = folder.write("app/src/lib.rs", Good);
  const Unit unit = unit_in("rustc", folder, "src/lib.rs");
  {
    const test::OnlyOverlay none("none");
    const fixit::TrialOutcome outcome =
        run_unit_trial(unit, test::trial_of({{file, Good}}), folder / "scratch", Limits);
    CHECK(outcome.state == State::NotRun);
    CHECK_FALSE(outcome.why.empty());
  }
  const fixit::TrialOutcome outcome =
      run_unit_trial(unit, test::trial_of({{file, Good}}), file + "/scratch", Limits);
  CHECK(outcome.state == State::NotRun);
  CHECK(outcome.why.find("lib.rs/scratch") != std::string::npos);
}

}  // namespace
}  // namespace jaa::plugin
