#include "plugin/cargo/async_change_host_unix.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "plugin/cargo/temporary_test.h"

namespace jaa::plugin {
namespace {

struct Project {
  Project() {
    folder.write("lib/src/lib.rs", "pub mod a;\n");
    folder.write("lib/src/a.rs", "// a\n");
    folder.write("lib/src/b.rs", "// b\n");
    folder.write("app/src/main.rs", "mod c;\nfn main() {}\n");
    folder.write("app/src/c.rs", "");
    folder.write("app/build.rs", "fn main() {}\n");
    workspace.root = folder.path();
    workspace.target_dir = folder.path("target");
    Package lib;
    lib.name = "lib";
    lib.targets = {{"lib", folder.path("lib/src/lib.rs"), "2021"}};
    lib.dependencies = {"serde"};
    Package app;
    app.name = "app";
    app.targets = {{"build_script_build", folder.path("app/build.rs"), "2021", "custom-build"},
                   {"app", folder.path("app/src/main.rs"), "2021", "bin"}};
    app.dependencies = {"lib", "serde", "tokio"};
    workspace.packages.push_back(std::move(lib));
    workspace.packages.push_back(std::move(app));
  }

  [[nodiscard]] AsyncChangeHost host(const std::vector<fixit::EditedFile>& unsaved = {}) const {
    return async_change_host({}, workspace, {}, {}, unsaved);
  }

  TemporaryDirectory folder;
  Workspace workspace;
};

// `name: text` of each source, sorted.
std::vector<std::string> sources_of(const AsyncChangeHost& host) {
  std::vector<std::string> result;
  for (const session::Source& source : host.sources) {
    result.push_back(source.display + ": " + source.text);
  }
  std::sort(result.begin(), result.end());
  return result;
}

TEST_CASE("a project's crates, without build scripts, and what its programs may use") {
  const Project project;
  const AsyncChangeHost host = project.host();
  CHECK(sources_of(host) ==
        std::vector<std::string>{"app/src/c.rs: ", "app/src/main.rs: mod c;\nfn main() {}\n",
                                 "lib/src/a.rs: // a\n", "lib/src/lib.rs: pub mod a;\n"});
  CHECK(host.crate_names ==
        std::map<std::string, std::string>{{project.folder.path("app/src/main.rs"), "app"},
                                           {project.folder.path("lib/src/lib.rs"), "lib"}});
  CHECK(host.package.dependencies == std::vector<std::string>{"lib", "serde", "tokio"});
  CHECK(host.cwd == project.folder.path());
}

TEST_CASE("unsaved texts stand in place of files, and say which modules there are") {
  const Project project;
  const AsyncChangeHost host =
      project.host({{project.folder.path("lib/src/lib.rs"), "pub mod b;\n"},
                    {project.folder.path("lib/src/b.rs"), "// new\n"}});
  CHECK(sources_of(host) ==
        std::vector<std::string>{"app/src/c.rs: ", "app/src/main.rs: mod c;\nfn main() {}\n",
                                 "lib/src/b.rs: // new\n", "lib/src/lib.rs: pub mod b;\n"});
}

TEST_CASE("without cargo a trial says so") {
  const Project project;
  const AsyncChangeHost host = project.host({{project.folder.path("lib/src/a.rs"), "// new\n"}});
  const fixit::TrialOutcome outcome = host.run_trial(
      {"key", {{project.folder.path("lib/src/lib.rs"), "pub mod a; \n"}}}, /*is_marked=*/false);
  CHECK(outcome.state == fixit::TrialOutcome::State::NotRun);
  CHECK_FALSE(outcome.why.empty());
}

}  // namespace
}  // namespace jaa::plugin
