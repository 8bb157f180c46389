#include "plugin/cargo/workspace.h"

#include <doctest/doctest.h>

#include "plugin/cargo/inner_wrapper.h"
#include "plugin/cargo/temporary_test.h"
#include "plugin/cargo/toml.h"

using namespace jaa;
using namespace jaa::plugin;

TEST_CASE("the part of TOML that is read") {
  base::Problems problems;
  const llvm::json::Object root = read_toml(
      "a = 1 # one\n\r\n[t]\r\nb = \"x\\ty\"\n  'c d' = 'e\\f'\n[t.\"u.v\"]\nw=true\nx.y = 2.5\n",
      "f", problems);
  CHECK(problems.empty());
  const auto expected =
      llvm::json::parse(R"({"a":1,"t":{"b":"x\ty","c d":"e\\f","u.v":{"w":true,"x":{"y":2.5}}}})");
  CHECK(llvm::json::Value(llvm::json::Object(root)) == *expected);
}

TEST_CASE("the part that is not is reported, and what follows is read") {
  for (const char* line :
       {"a", "= 1", "a = [1]", "a = \"x", "a = '''", "[a", "[a] b", "[]", "a = 1 2", "a.=1",
        "b = 1", "b.c = 1", "a = \"\\q\"", "\"", "a = {b=1}"}) {
    base::Problems problems;
    const auto root = read_toml("b = 0\n" + std::string(line) + "\n", "f", problems);
    REQUIRE_MESSAGE(problems.size() == 1, line);
    CHECK(problems[0].line == 2);
  }
}

namespace {

Workspace example(const Arguments& arguments = {}) {
  auto workspace = read_workspace(
      R"({"workspace_root":"/w","target_directory":"/w/target","metadata":{"just-async":
          {"all-fixes":true,"lints":{"guard_across_await":"warn"}}},
          "packages":[{"name":"p","manifest_path":"/w/p/Cargo.toml","metadata":{"just-async":
            {"lints":{"guard_across_await":{"level":"deny","priority":1}}}}},
            {"name":"q","manifest_path":"/w/q/Cargo.toml","metadata":null}]})",
      arguments, "/cwd");
  REQUIRE(bool(workspace));
  return std::move(*workspace);
}

}  // namespace

TEST_CASE("targets and dependencies, as paths write them") {
  auto workspace = read_workspace(
      R"({"workspace_root":"/w","target_directory":"/w/target","packages":[{"name":"p",
          "manifest_path":"/w/p/Cargo.toml","targets":[
            {"name":"a-b","kind":["lib"],"src_path":"/w/p/src/lib.rs","edition":"2021"},
            {"name":"go","kind":["bin"],"src_path":"/w/p/src/main.rs","edition":"2024"},
            {"name":"build-script-build","kind":["custom-build"],"src_path":"/w/p/build.rs"}],
          "dependencies":[{"name":"z-y","kind":null},{"name":"x","rename":"w","kind":"dev"},
            {"name":"cc","kind":"build"}]}]})",
      Arguments(), "/cwd");
  REQUIRE(bool(workspace));
  const jaa::plugin::Package& package = workspace->packages.at(0);
  REQUIRE(package.targets.size() == 3);
  CHECK(package.targets[0].name == "a_b");
  CHECK(package.targets[0].source == "/w/p/src/lib.rs");
  CHECK(package.targets[0].kind == "lib");
  CHECK(package.targets[1].kind == "bin");
  CHECK(package.targets[1].edition == "2024");
  CHECK(package.targets[2].kind == "custom-build");
  CHECK(package.dependencies == std::vector<std::string>{"w", "z_y"});
}

TEST_CASE("the workspace as cargo tells it") {
  CHECK(example().target_dir == "/w/target");
  CHECK(example().packages[0].directory == "/w/p");
  Arguments arguments;
  arguments.target_dir = {"--target-dir", "../t"};
  CHECK(example(arguments).target_dir == "/t");
  for (const char* text : {"", "{}", "[]", R"({"workspace_root":1})", "not JSON"}) {
    auto workspace = read_workspace(text, {}, "/");
    CHECK(!workspace);
    llvm::consumeError(workspace.takeError());
  }
}

TEST_CASE("the nearer setting wins") {
  std::vector<std::string> warnings;
  Arguments arguments;
  const char* const file =
      "verify = \"always\"\nall-fixes = false\nunlock = false\n[lints]\nguard_across_await = "
      "\"forbid\"\nguard_in_scrutinee = \"allow\"\n";
  Settings settings = combine_settings(example(), file, "f", arguments, warnings);
  CHECK(warnings.empty());
  CHECK(settings.verify == Verify::Always);
  CHECK(settings.all_fixes);
  CHECK(!settings.unlock);
  CHECK(settings.lint_levels.at("guard_across_await") == "warn");
  CHECK(settings.lint_levels.at("guard_in_scrutinee") == "allow");
  CHECK(settings.for_package("p").lint_levels.at("guard_across_await") == "deny");

  arguments.verify = Verify::Never;
  arguments.lint_levels = {{"all", "deny"}, {"guard_across_await", "allow"}};
  settings = combine_settings(example(), file, "f", arguments, warnings);
  CHECK(settings.verify == Verify::Never);
  CHECK(settings.for_package("p").lint_levels.at("guard_across_await") == "allow");
  CHECK(settings.for_package("p").lint_levels.at("guard_in_scrutinee") == "deny");
}

TEST_CASE("a setting that is not understood is named") {
  std::vector<std::string> warnings;
  Arguments arguments;
  arguments.lint_levels = {{"guard_acros_await", "deny"}, {"warnings", "deny"}};
  const Settings settings =
      combine_settings(example(),
                       "verify = 1\nverify-budget-seconds = -1\nunicode = 'yes'\nspeed = 2\n=\n"
                       "[lints]\nguard_across_await = 'loud'\n",
                       "f", arguments, warnings);
  CHECK(warnings ==
        std::vector<std::string>{
            "f: `guard_across_await`: expected a lint of just_async set to allow, warn, deny or "
            "forbid",
            "f: `unicode`: expected true or false",
            "f: `verify-budget-seconds`: expected a number of seconds",
            "f: `verify`: expected auto, always or never", "f: unknown key `speed`",
            "f:5: line not understood",
            "unknown lint: `just_async::guard_acros_await`; there is "
            "`just_async::guard_across_await`"});
  CHECK(settings == combine_settings(example(), "", "f", {}, warnings));
}

TEST_CASE("the user's own wrapper") {
  const TemporaryDirectory directory;
  const std::string home = directory.path("home");
  const std::string cwd = directory.path("a/b");
  directory.write("a/b/file", "");
  std::vector<std::string> env = {"HOME=" + home};
  std::vector<std::string> config;
  const auto found = [&] { return find_inner_wrapper({env, cwd, config}); };
  CHECK(found().empty());
  directory.write("home/.cargo/config.toml", "[build]\nrustc-workspace-wrapper = \"far\"\n");
  CHECK(found() == "far");
  directory.write("a/.cargo/config.toml",
                  "x = [\n1]\n[build]\nrustc-workspace-wrapper = \"w/near\"\n");
  CHECK(found() == directory.path("a/w/near"));
  env.push_back("CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER=variable");
  CHECK(found() == "variable");
  config = {"build.rustc-workspace-wrapper = './flag'", "build.jobs = 1"};
  CHECK(found() == cwd + "/./flag");
  env.push_back("RUSTC_WORKSPACE_WRAPPER=");
  CHECK(found().empty());
}
