#include "plugin/cargo/checked_targets.h"

#include "doctest/doctest.h"

namespace {

using jaa::plugin::Workspace;
using Roots = std::vector<std::string>;

Workspace example() {
  Workspace workspace;
  workspace.root = "/w";
  jaa::plugin::Package app;
  app.name = "app";
  app.directory = "/w/app";
  app.targets = {
      {.name = "app", .source = "/w/app/src/main.rs", .kind = "bin"},
      {.name = "a_b", .source = "/w/app/tests/a-b.rs", .kind = "test"},
      {.name = "demo", .source = "/w/app/examples/demo.rs", .kind = "example"},
      {.name = "build_script_build", .source = "/w/app/build.rs", .kind = "custom-build"},
      {.name = "app", .source = "/w/app/src/lib.rs", .kind = "lib"}};
  jaa::plugin::Package core;
  core.name = "core";
  core.directory = "/w/core";
  core.targets = {{.name = "core", .source = "/w/core/src/lib.rs", .kind = "lib"}};
  core.dependencies = {"serde"};
  app.dependencies = {"core", "tokio"};
  workspace.packages = {std::move(app), std::move(core)};
  return workspace;
}

Roots checked(const Roots& arguments, const std::string& cwd = "/w") {
  Roots result;
  for (const jaa::plugin::WorkspaceCrate& crate :
       jaa::plugin::workspace_crates(example(), arguments, cwd))
    if (crate.is_checked) result.push_back(crate.root);
  return result;
}

const char* const AppLib = "/w/app/src/lib.rs";
const char* const AppMain = "/w/app/src/main.rs";
const char* const CoreLib = "/w/core/src/lib.rs";

}  // namespace

TEST_CASE("without flags the libraries and programs are checked") {
  CHECK(checked({}) == Roots{AppLib, CoreLib, AppMain});
  CHECK(checked({}, "/w/core/src") == Roots{CoreLib});
  CHECK(checked({"--workspace"}, "/w/core") == Roots{AppLib, CoreLib, AppMain});
  CHECK(checked({"--workspace", "--exclude=app"}, "/w/core") == Roots{CoreLib});
  CHECK(checked({"--manifest-path", "core/Cargo.toml"}) == Roots{CoreLib});
}

TEST_CASE("packages by name, in each way to write it") {
  for (const Roots& flags : {Roots{"-p", "core"}, Roots{"-pcore"}, Roots{"--package=core"},
                             Roots{"--package", "core@0.1.0"}})
    CHECK(checked(flags) == Roots{CoreLib});
  CHECK(checked({"-p"}).empty());
}

TEST_CASE("targets by kind and by name") {
  CHECK(checked({"-p", "app", "--all-targets"}).size() == 4);
  CHECK(checked({"-p", "app", "--lib"}) == Roots{AppLib});
  CHECK(checked({"-p", "app", "--test", "a-b"}) == Roots{AppLib, "/w/app/tests/a-b.rs"});
  CHECK(checked({"-p", "app", "--tests"}) == Roots{AppLib, AppMain, "/w/app/tests/a-b.rs"});
  CHECK(checked({"-p", "app", "--examples"}) == Roots{AppLib, "/w/app/examples/demo.rs"});
  CHECK(checked({"-p", "app", "--", "--tests"}) == Roots{AppLib, AppMain});
}

TEST_CASE("what a crate needs and what needs it is related, and nothing else") {
  Workspace workspace = example();
  jaa::plugin::Package other;
  other.name = "other";
  other.directory = "/w/other";
  other.dependencies = {"core"};
  other.targets = {{.name = "other", .source = "/w/other/src/lib.rs", .kind = "lib"}};
  workspace.packages.push_back(std::move(other));
  const auto crates = jaa::plugin::workspace_crates(workspace, {}, "/w");
  using Set = std::set<std::string>;
  const Set of_app{CoreLib, AppLib, AppMain, "/w/app/tests/a-b.rs", "/w/app/examples/demo.rs"};
  CHECK(jaa::plugin::related_roots(crates, AppLib) == of_app);
  CHECK(jaa::plugin::related_roots(crates, AppMain) == Set{CoreLib, AppLib, AppMain});
  CHECK(jaa::plugin::related_roots(crates, CoreLib).size() == 6);
  CHECK(jaa::plugin::related_roots(crates, "/elsewhere.rs").size() == 6);
}
