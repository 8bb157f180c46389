#include "plugin/cargo/version_control_unix.h"

#include <doctest/doctest.h>

#include "plugin/cargo/temporary_test.h"
#include "plugin/rustc/process_unix.h"

using namespace jaa::plugin;

namespace {

// Without the caller's repository or identity.
std::vector<std::string> clean_env(const TemporaryDirectory& directory) {
  return {"PATH=" + std::string(std::getenv("PATH")), "HOME=" + directory.path(),
          "GIT_CONFIG_NOSYSTEM=1", "GIT_CEILING_DIRECTORIES=" + directory.path()};
}

void git(const TemporaryDirectory& directory, std::vector<std::string> arguments) {
  Command command;
  command.argv = {"git",          "-C", directory.path("w"),      "-c", "user.name=n", "-c",
                  "user.email=e", "-c", "init.defaultBranch=main"};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  command.env = clean_env(directory);
  auto result = run(command);
  REQUIRE(bool(result));
  REQUIRE_MESSAGE(result->exit_code == 0, result->err);
}

}  // namespace

TEST_CASE("only a clean tree under version control may be edited") {
  const TemporaryDirectory directory;
  directory.write("w/ws/a.rs", "1");
  directory.write("w/ws/b c.rs", "1");
  FixArguments arguments;
  const auto verdict = [&] {
    llvm::Error error =
        check_version_control(directory.path("w/ws"), arguments, clean_env(directory));
    return error ? llvm::toString(std::move(error)) : std::string();
  };
  const auto refuses = [&](std::string_view text) {
    return verdict().find(text) != std::string::npos;
  };
  CHECK(refuses("no version control"));
  arguments.allow_no_vcs = true;
  CHECK(verdict().empty());
  arguments = {};

  git(directory, {"init", "-q"});
  CHECK(refuses("  * ws/ (dirty)\n"));
  git(directory, {"add", "."});
  CHECK(refuses("pass `--allow-staged`"));
  CHECK(refuses("  * ws/a.rs (staged)\n"));
  arguments.allow_staged = true;
  CHECK(verdict().empty());
  arguments = {};
  git(directory, {"commit", "-qm", "m"});
  CHECK(verdict().empty());

  directory.write("w/ws/b c.rs", "2");
  CHECK(refuses("pass `--allow-dirty`"));
  CHECK(refuses("  * ws/b c.rs (dirty)\n"));
  directory.write("w/ws/.a.rs.just-async-0a1b2c3d", "");
  CHECK(refuses("  * ws/.a.rs.just-async-0a1b2c3d (left by an earlier run that was killed;"));
  llvm::sys::fs::remove(directory.path("w/ws/.a.rs.just-async-0a1b2c3d"));
  git(directory, {"mv", "ws/a.rs", "ws/moved.rs"});
  arguments.allow_dirty = true;
  CHECK(verdict().find("b c.rs") == std::string::npos);
  CHECK(refuses("  * ws/moved.rs (staged)\n"));
  arguments.allow_staged = true;
  CHECK(verdict().empty());

  arguments = {};
  git(directory, {"commit", "-qam", "m"});
  directory.write("w/outside.rs", "not in the workspace");
  CHECK(verdict().empty());

  directory.write("w/.git/HEAD", "broken");
  CHECK(refuses("git could not tell"));
}
