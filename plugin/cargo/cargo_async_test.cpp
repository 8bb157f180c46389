// The whole subcommand, with a shell script in cargo's place.
#include "plugin/cargo/cargo_async.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugin/cargo/check_unix.h"
#include "plugin/cargo/run_directory_unix.h"
#include "plugin/cargo/temporary_test.h"
#include "plugin/rustc/unit.h"

using namespace jaa::plugin;

namespace {

// Cargo's part: it tells where the workspace is and "compiles" `src/a.rs`, which is
// wrong as long as it has the word `bad`; each time the fix for the first of them
// is reported. With the file `flip`, `dab` is as wrong, and each is mended to the
// other. With `hurts`, the compiler says one error, and two where `good` is. With
// `interrupt`, that many runs are followed by a signal to us.
constexpr std::string_view fake_cargo = R"sh(#!/bin/sh
cd "$ROOT" || exit 9
case $1 in
metadata)
  echo "$*" > metadata-arguments
  [ -e broken ] && { echo "error: broken manifest" >&2; exit 101; }
  printf '{"workspace_root":"%s","target_directory":"%s/target","packages":[]}' "$ROOT" "$ROOT" ;;
check)
  echo "$*" > check-arguments
  echo "$RUSTC_WORKSPACE_WRAPPER|$JAA_INNER_WRAPPER|$JAA_SETTINGS" > check-variables
  test -f "$JAA_RUN_DIR/invocation.json" || exit 9
  [ -e output ] && cat output
  if [ -e hurts ]; then
    for n in 1 $(grep -q good src/a.rs && echo 2); do
      echo '{"reason":"compiler-message","package_id":"p","target":{"name":"p","src_path":"s"},' \
        '"message":{"level":"error","spans":[{}],"rendered":"E'$n'!\n"}}' | tr -d '\n'; echo
    done
  fi
  if [ -e interrupt ]; then
    left=$(($(cat interrupt) - 1)); echo $left > interrupt
    [ $left -eq 0 ] && kill -INT $PPID
  fi
  found=$(grep -boE "bad$([ -e flip ] && echo '|dab')" src/a.rs | head -n 1)
  at=${found%:*}
  word=${found#*:}
  text=$(cat text)
  [ -e flip ] && text=$(echo "$word" | rev)
  [ -z "$at" ] && exit 0
  cat > "$JAA_RUN_DIR/findings-1.json" <<END
[{"code":"rc_across_await","level":"error","message":"m","path":"$ROOT/src/a.rs","display":"src/a.rs","line":1,
"column":1,"begin":$at,"end":$((at + 3)),"explains":1,"fixes":[{"name":"f","title":"mend it",
"verdict":"accepted","keeps_meaning":$(cat keeps),"has_placeholders":false,"edits":[
{"path":"$ROOT/src/a.rs","begin":$at,"end":$((at + 3)),"old_text":"$word","text":"$text"}]}]}]
END
  exit 101 ;;
esac
)sh";

struct Outcome {
  int exit_code = 0;
  std::string out;
  std::string err;
};

struct Fake {
  Fake() {
    directory.write("cargo", fake_cargo);
    REQUIRE(chmod(directory.path("cargo").c_str(), 0755) == 0);
    directory.write("w/src/a.rs", "bad bad\n");
    directory.write("w/text", "good");
    directory.write("w/keeps", "true");
  }
  Outcome run(const std::vector<std::string>& arguments,
              const std::vector<std::string>& variables = {}) const {
    std::vector<std::string> env = {"PATH=" + std::string(std::getenv("PATH")),
                                    "CARGO=" + directory.path("cargo"),
                                    "ROOT=" + directory.path("w"), "HOME=" + directory.path(),
                                    "GIT_CEILING_DIRECTORIES=" + directory.path()};
    env.insert(env.end(), variables.begin(), variables.end());
    Outcome outcome;
    llvm::raw_string_ostream out(outcome.out);
    llvm::raw_string_ostream err(outcome.err);
    outcome.exit_code = run_cargo_async(arguments, "/bin/self", env, {out, err});
    return outcome;
  }
  [[nodiscard]] std::string source() const { return directory.read("w/src/a.rs"); }

  TemporaryDirectory directory;
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("check runs cargo with our wrapper and returns its exit code") {
  const Fake fake;
  const Outcome outcome = fake.run({"--workspace", "--offline", "--verify=never", "--target-dir",
                                    fake.directory.path("t"), "--message-format", "short"},
                                   {"RUSTC_WORKSPACE_WRAPPER=theirs"});
  CHECK(outcome.exit_code == 101);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.empty());
  CHECK(fake.directory.read("w/check-arguments") == "check --workspace --offline --target-dir " +
                                                        fake.directory.path("t") +
                                                        " --message-format short\n");
  CHECK(has(fake.directory.read("w/metadata-arguments"), " --offline"));
  CHECK(fake.directory.read("w/check-variables")
            .starts_with("/bin/self|theirs|verify=never unlock=yes"));
  // The run's folder is gone, and only that was ours in the directory.
  std::error_code error;
  CHECK(llvm::sys::fs::directory_iterator(fake.directory.path("t/just-async"), error) ==
        llvm::sys::fs::directory_iterator());
  CHECK(llvm::sys::fs::exists(fake.directory.path("t/CACHEDIR.TAG")));
  fake.directory.write("w/src/a.rs", "good\n");
  CHECK(fake.run({}).exit_code == 0);
}

TEST_CASE("JSON passes through, twins of ours excepted") {
  const Fake fake;
  const std::string ours =
      R"({"reason":"compiler-message","message":{"code":{"code":"just_async::a"}}})";
  fake.directory.write("w/output", "x\n" + ours + "\n" + ours + "\nx\n");
  CHECK(fake.run({"--message-format=json"}).out == "x\n" + ours + "\nx\n");
}

TEST_CASE("failures before cargo checks anything") {
  const Fake fake;
  Outcome outcome = fake.run({"frob"});
  CHECK(outcome.exit_code == 1);
  fake.directory.write("w/broken", "");
  outcome = fake.run({});
  CHECK(outcome.exit_code == 101);
  CHECK(outcome.err == "error: broken manifest\n");
  unlink(fake.directory.path("cargo").c_str());
  outcome = fake.run({});
  CHECK(outcome.exit_code == 101);
  CHECK(has(outcome.err, "error: cargo not found: `" + fake.directory.path("cargo") + "`"));
}

TEST_CASE("fix repeats until the project compiles") {
  const Fake fake;
  const Outcome outcome = fake.run({"fix", "--allow-no-vcs", "--lib"});
  CHECK(outcome.exit_code == 0);
  CHECK(fake.source() == "good good\n");
  CHECK(outcome.err == "       Fixed src/a.rs (1 fix)\n       Fixed src/a.rs (1 fix)\n");
  CHECK(fake.directory.read("w/check-arguments") == "check --lib --message-format json\n");
}

TEST_CASE("fix keeps its rails") {
  const Fake fake;
  const Outcome outcome = fake.run({"fix"});
  CHECK(outcome.exit_code == 101);
  CHECK(has(outcome.err, "--allow-no-vcs"));
  CHECK(fake.source() == "bad bad\n");
}

TEST_CASE("a dry run prints a diff and writes nothing") {
  const Fake fake;
  const Outcome outcome = fake.run({"fix", "--dry-run"});
  CHECK(outcome.exit_code == 101);
  CHECK(has(outcome.out, "a/src/a.rs"));
  CHECK(has(outcome.out, "-bad bad\n"));
  CHECK(has(outcome.out, "+good bad\n"));
  CHECK(has(outcome.err, "more may follow"));
  CHECK(fake.source() == "bad bad\n");
}

TEST_CASE("the round limit") {
  const Fake fake;
  const Outcome outcome = fake.run({"fix", "--allow-no-vcs", "--max-iterations=1"});
  CHECK(outcome.exit_code == 101);
  CHECK(fake.source() == "good bad\n");
  CHECK(has(outcome.err, "warning: stopped after 1 round,"));
}

TEST_CASE("a fix that changes nothing ends it") {
  const Fake fake;
  fake.directory.write("w/text", "bad");
  CHECK(fake.run({"fix", "--allow-no-vcs"}).exit_code == 101);
  CHECK(fake.source() == "bad bad\n");
}

TEST_CASE("fixes that undo each other end") {
  const Fake fake;
  fake.directory.write("w/flip", "");
  const Outcome outcome = fake.run({"fix", "--allow-no-vcs"});
  CHECK(outcome.exit_code == 101);
  CHECK(has(outcome.err, "undo earlier ones"));
  CHECK(fake.source() == "dab bad\n");
}

TEST_CASE("a fix that changes the meaning is offered, and applied when picked") {
  const Fake fake;
  fake.directory.write("w/keeps", "false");
  Outcome outcome = fake.run({"fix", "--allow-no-vcs"});
  CHECK(outcome.exit_code == 101);
  CHECK(has(outcome.err, "run `cargo async fix --pick rc_across_await=f`"));
  CHECK(fake.source() == "bad bad\n");
  outcome = fake.run({"fix", "--allow-no-vcs", "--pick", "rc_across_await=f"});
  CHECK(outcome.exit_code == 0);
  CHECK(fake.source() == "good good\n");
  // The alternative has to be tried, lead or not.
  CHECK(has(fake.directory.read("w/check-variables"), "all-fixes=yes"));
}

TEST_CASE("what is left after the last round is shown once") {
  const Fake fake;
  fake.directory.write(
      "w/output", R"({"reason":"compiler-message","message":{"level":"error","rendered":"E!\n"}})"
                  "\n");
  const Outcome outcome = fake.run({"fix", "--allow-no-vcs", "--max-iterations=1"});
  CHECK(has(outcome.err, "\nE!\n"));
  CHECK(outcome.err.find("E!") == outcome.err.rfind("E!"));
  CHECK(outcome.out.empty());
  const Outcome as_json = fake.run({"fix", "--allow-no-vcs", "--message-format=json"});
  CHECK(as_json.out == fake.directory.read("w/output"));
}

TEST_CASE("a lint that there is not is a usage error") {
  const Fake fake;
  const Outcome outcome = fake.run({"fix", "--allow-no-vcs", "--only", "rc_across_awaits"});
  CHECK(outcome.exit_code == 1);
  CHECK(has(outcome.err, "there is `rc_across_await`"));
  CHECK(fake.run({"fix", "--allow-no-vcs", "--pick", "x=y"}).exit_code == 1);
  CHECK(fake.source() == "bad bad\n");
}

TEST_CASE("a round that makes it worse is taken back, unless told otherwise") {
  const Fake fake;
  fake.directory.write("w/hurts", "");
  Outcome outcome = fake.run({"fix", "--allow-no-vcs"});
  CHECK(outcome.exit_code == 101);
  CHECK(fake.source() == "bad bad\n");
  CHECK(has(outcome.err, "E2!"));
  CHECK(has(outcome.err, "taken back"));
  CHECK(has(outcome.err, "Restored src/a.rs"));
  outcome = fake.run({"fix", "--allow-no-vcs", "--broken-code"});
  CHECK(fake.source() == "good good\n");
  CHECK(!has(outcome.err, "taken back"));
}

TEST_CASE("an interrupt says what was applied") {
  const Fake fake;
  fake.directory.write("w/interrupt", "1");
  Outcome outcome = fake.run({"fix", "--allow-no-vcs"});
  CHECK(outcome.exit_code == 128 + SIGINT);
  CHECK(has(outcome.err, "interrupted; nothing was changed"));
  CHECK(fake.source() == "bad bad\n");
  fake.directory.write("w/interrupt", "2");
  outcome = fake.run({"fix", "--allow-no-vcs", "--export-fixes", fake.directory.path("y")});
  CHECK(outcome.exit_code == 128 + SIGINT);
  CHECK(has(outcome.err, "Fixed src/a.rs (1 fix)\nnote: interrupted; the files named above"));
  CHECK(fake.source() == "good bad\n");
  CHECK(has(fake.directory.read("y"), "good"));
}

TEST_CASE("fixes are exported, not applied, by check, and as applied by fix") {
  const Fake fake;
  const std::string file = fake.directory.path("y");
  CHECK(fake.run({"--export-fixes", file}).exit_code == 101);
  CHECK(fake.source() == "bad bad\n");
  const auto count = [&] {
    const std::string text = fake.directory.read("y");
    size_t found = 0;
    for (size_t at = text.find("FilePath:"); at != std::string::npos;
         at = text.find("FilePath:", at + 1)) {
      ++found;
    }
    return found;
  };
  CHECK(count() == 1);
  CHECK(fake.run({"fix", "--allow-no-vcs", "--export-fixes", file}).exit_code == 0);
  // Both offsets are of the first text.
  CHECK(count() == 2);
  CHECK(has(fake.directory.read("y"), "Offset:          4"));
  CHECK(fake.run({"--export-fixes", "/dev/null"}).exit_code == 101);
  CHECK(llvm::sys::fs::get_file_type("/dev/null") == llvm::sys::fs::file_type::character_file);
}

TEST_CASE("a run within a run does not wrap itself") {
  const auto variable = [](const CargoContext& context, std::string_view name) {
    return environment_value(context.env, name).value_or("none");
  };
  const CargoContext inner =
      cargo_context("/bin/self", {"RUSTC_WORKSPACE_WRAPPER=/bin/self", "JAA_RUN_DIR=/r",
                                  "JAA_SETTINGS=x", "JAA_INNER_WRAPPER=theirs", "A=1"});
  CHECK(variable(inner, "RUSTC_WORKSPACE_WRAPPER") == "theirs");
  CHECK(inner.env.size() == 2);
  CHECK(inner.cargo == "cargo");
  const CargoContext alone = cargo_context("/bin/self", {"RUSTC_WORKSPACE_WRAPPER=/bin/self"});
  CHECK(alone.env.empty());
  const CargoContext other = cargo_context("/bin/self", {"RUSTC_WORKSPACE_WRAPPER=theirs"});
  CHECK(variable(other, "RUSTC_WORKSPACE_WRAPPER") == "theirs");
}

TEST_CASE("folders of dead runs go, those of living ones stay") {
  const TemporaryDirectory directory;
  const std::string parent = directory.path("just-async");
  // No process has so high a number.
  directory.write("just-async/run-2000000000-1/lock", "");
  directory.write("just-async/run-2000000000-2/findings-1.json", "[]");
  directory.write("just-async/run-1-1/lock", "");
  directory.write("just-async/run-2000000000x/lock", "");
  directory.write("just-async/units/1.json", "");
  std::string warning;
  std::string path;
  {
    auto run = RunDirectory::create(directory.path(), warning);
    REQUIRE(bool(run));
    path = run->path();
    CHECK(path.starts_with(parent + "/run-" + std::to_string(getpid()) + "-"));
    CHECK(llvm::sys::fs::is_directory(path));
  }
  CHECK(warning.empty());
  CHECK(!llvm::sys::fs::exists(path));
  CHECK(!llvm::sys::fs::exists(parent + "/run-2000000000-1"));
  CHECK(!llvm::sys::fs::exists(parent + "/run-2000000000-2"));
  CHECK(llvm::sys::fs::exists(parent + "/run-1-1"));
  CHECK(llvm::sys::fs::exists(parent + "/run-2000000000x"));
  CHECK(llvm::sys::fs::exists(parent + "/units/1.json"));
}

TEST_CASE("a target directory that cannot be made") {
  const TemporaryDirectory directory;
  directory.write("file", "");
  std::string warning;
  auto run = RunDirectory::create(directory.path("file/target"), warning);
  REQUIRE(bool(run));
  CHECK(has(warning, "cannot be written"));
  CHECK(!run->path().starts_with(directory.path()));
  CHECK(llvm::sys::fs::is_directory(run->path()));
}
