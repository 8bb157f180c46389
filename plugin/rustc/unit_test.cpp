#include "plugin/rustc/unit.h"

#include <doctest/doctest.h>

#include "llvm/Support/FileSystem.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/records.h"
#include "plugin/rustc/support_test.h"
#include "plugin/rustc/trial_runner_unix.h"

namespace jaa::plugin {
namespace {

Unit sample() {
  return {.argv = {"rustc", "--crate-name", "a", "a.rs", "--error-format=json"},
          .cwd = "/w",
          .env = {"CARGO_PKG_NAME=a", "HOME=/h", "CARGO_MAKEFLAGS=--jobserver-auth=3,4"}};
}

TEST_CASE("a record comes back whole, bytes that are no UTF-8 included") {
  const test::Folder folder;
  Unit unit = sample();
  unit.argv.push_back("--cfg=\xff\xfe");
  unit.env.push_back("ODD=\x80\nline\x01");
  llvm::cantFail(write_unit_record(folder / "units", unit));
  const std::vector<Unit> units = read_unit_records(folder / "units");
  REQUIRE(units.size() == 1);
  CHECK(units[0].argv == unit.argv);
  CHECK(units[0].cwd == unit.cwd);
  CHECK(units[0].env == unit.env);
}

TEST_CASE("damaged records are passed over, and say what is wrong with them") {
  const test::Folder folder;
  llvm::cantFail(write_unit_record(folder.path(), sample()));
  folder.write("a.json", "");
  folder.write("b.json", "{\"argv\": [\"rustc\"], \"cwd\": 3, \"env\": []}");
  folder.write("c.json", "{\"argv\": [\"rustc\", {\"hex\": \"0g\"}], \"cwd\": \"/\", \"env\": []}");
  folder.write("d.json", "{\"argv\": [\"a\\u0000b\"], \"cwd\": \"/\", \"env\": []}");
  folder.write("e.json", "{\"argv\": [], \"cwd\": \"/\", \"env\": []}");
  folder.write("f.json", std::string(100'000, '['));
  folder.write("other.txt", "x");
  CHECK(read_unit_records(folder.path()).size() == 1);
  CHECK(read_unit_records(folder / "missing").empty());
  llvm::Expected<Unit> damaged = read_unit_record(folder / "b.json");
  REQUIRE_FALSE(static_cast<bool>(damaged));
  const std::string text = llvm::toString(damaged.takeError());
  CHECK(text.find("b.json") != std::string::npos);
  CHECK(text.find("`cwd`") != std::string::npos);
}

TEST_CASE("a record that cannot be written names the place, and leaves nothing") {
  const test::Folder folder;
  folder.write("file", "");
  llvm::Error error = write_unit_record(folder / "file/units", sample());
  CHECK(llvm::toString(std::move(error)).find("file/units") != std::string::npos);
  llvm::cantFail(make_directories(folder / "target"));
  error = write_file_atomically(folder / "target", "text");
  CHECK(llvm::toString(std::move(error)).find("/target") != std::string::npos);
  std::error_code code;
  int count = 0;
  for (llvm::sys::fs::directory_iterator it(folder.path(), code), end; it != end && !code;
       it.increment(code)) {
    ++count;
  }
  CHECK(count == 2);
}

TEST_CASE("the key tells units apart, not runs") {
  const Unit unit = sample();
  const std::string key = unit_key(unit);
  CHECK(key.size() == 16);
  Unit same = unit;
  same.argv.push_back("--diagnostic-width=80");
  same.env = {"CARGO_MAKEFLAGS=--jobserver-auth=8,9",
              "JAA_MODE=check",
              "CARGO_PKG_NAME=a",
              "HOME=/other",
              "CARGO_PRIMARY_PACKAGE=1",
              "CARGO_TERM_COLOR=always"};
  CHECK(unit_key(same) == key);
  Unit other = unit;
  other.argv.push_back("--test");
  CHECK(unit_key(other) != key);
  other = unit;
  other.env.push_back("DEP_Z_ROOT=/z");
  CHECK(unit_key(other) != key);
  other = unit;
  other.cwd = "/v";
  CHECK(unit_key(other) != key);
}

TEST_CASE("what a build script set is part of the key") {
  const test::Folder folder;
  folder.write("build/output", "cargo:rustc-env=REVISION=1\ncargo::rustc-env=WHEN=now\nnoise\n");
  llvm::cantFail(make_directories(folder / "build/out"));
  Unit unit = sample();
  unit.env.push_back("OUT_DIR=" + (folder / "build/out"));
  Unit other = unit;
  unit.env.push_back("REVISION=1");
  other.env.push_back("REVISION=2");
  CHECK(unit_key(unit) != unit_key(other));
  unit.env.back() = "UNRELATED=1";
  other.env.back() = "UNRELATED=2";
  CHECK(unit_key(unit) == unit_key(other));
}

TEST_CASE("variables") {
  const std::vector<std::string> env{"AB=1", "A=2=3", "EMPTY=", "A=4", "BARE"};
  CHECK(environment_value(env, "A") == "2=3");
  CHECK(environment_value(env, "EMPTY") == "");
  CHECK_FALSE(environment_value(env, "B"));
  CHECK_FALSE(environment_value(env, "BARE"));
}

TEST_CASE("cargo's invocation comes back whole") {
  const test::Folder folder;
  const Invocation invocation{.cargo = "/bin/cargo",
                              .arguments = {"check", "--", "\xc3\x28"},
                              .cwd = "/w",
                              .env = {"A=b"},
                              .workspace_root = "/w",
                              .target_dir = "/w/target",
                              .crates = {{"/w/src/lib.rs", "w", {"serde"}, true, true},
                                         {"/w/tests/a.rs", "a", {"w"}, false, false}}};
  llvm::cantFail(write_invocation(folder / "run.json", invocation));
  llvm::Expected<Invocation> back = read_invocation(folder / "run.json");
  REQUIRE(static_cast<bool>(back));
  CHECK(back->arguments == invocation.arguments);
  CHECK(back->target_dir == invocation.target_dir);
  CHECK(back->crates == invocation.crates);
  for (const char* damaged :
       {R"({"crates":1})", R"({"crates":[1]})", R"({"crates":[{"root":"/"}]})"}) {
    folder.write("run.json", damaged);
    llvm::Expected<Invocation> none = read_invocation(folder / "run.json");
    CHECK_FALSE(static_cast<bool>(none));
    llvm::consumeError(none.takeError());
  }
  folder.write("run.json", "{}");
  back = read_invocation(folder / "run.json");
  CHECK_FALSE(static_cast<bool>(back));
  llvm::consumeError(back.takeError());
}

}  // namespace
}  // namespace jaa::plugin
