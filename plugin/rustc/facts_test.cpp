#include "plugin/rustc/facts_runner_unix.h"

#include <doctest/doctest.h>
#include <unistd.h>
#include <algorithm>

#include <algorithm>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/support_test.h"

namespace jaa::plugin {
namespace {

std::vector<std::string> names(const FactsOutcome& outcome) {
  std::vector<std::string> result;
  for (const Dump& dump : outcome.dumps) {
    result.push_back(llvm::StringRef(dump.file_name).split(".1-").first.str());
  }
  return result;
}

FactsOutcome facts(const Unit& unit, const std::vector<std::string>& functions) {
  FactsRequest request;
  request.timeout_seconds = 120;
  for (const std::string& function : functions) request.functions.push_back({function, "", 0});
  llvm::Expected<FactsOutcome> outcome = run_facts(unit, request);
  REQUIRE(static_cast<bool>(outcome));
  return std::move(*outcome);
}

// Runs' folders of ours that are left in `folder`.
int left_behind(const std::string& folder) {
  const std::string own = "just-async-facts-" + std::to_string(::getpid()) + "-";
  int count = 0;
  std::error_code code;
  for (llvm::sys::fs::directory_iterator it(folder, code, false), end; it != end && !code;
       it.increment(code)) {
    count += llvm::StringRef(it->path()).contains(own) ? 1 : 0;
  }
  return count;
}

constexpr const char* Sample =
    "pub async fn leaf() {}\n"
    "pub async fn work(n: u32) -> u32 { let f = async move { leaf().await; 1 }; f.await + n }\n"
    "pub mod m { pub async fn rebuilt() { super::leaf().await } }\n"
    "pub struct S; impl S { pub async fn method(&self) { leaf().await } }\n"
    "pub fn plain() -> u32 { 1 }\n";

// Many bodies stand between the two, so that a run which ends with the first
// namesake does not have the second.
TEST_CASE("of two functions of one name the one at the place is waited for") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty()) return;
  const test::Folder folder;
  std::string text = "pub mod a { pub async fn same() { crate::leaf().await } }\n";
  text += "pub async fn leaf() {}\n";
  for (int number = 0; number < 400; ++number) {
    text += "pub async fn f" + std::to_string(number) +
            "(v: Vec<u32>) -> Vec<u32> { leaf().await; v.iter().map(|x| x + 1).collect() }\n";
  }
  text += "pub mod z { pub async fn same() { crate::leaf().await } }\n";
  folder.write("a.rs", text);
  const Unit unit = test::library_unit(rustc, folder, "a.rs");
  FactsRequest request;
  request.functions = {{"same", "a.rs", 403}};
  llvm::Expected<FactsOutcome> outcome = run_facts(unit, request);
  REQUIRE(static_cast<bool>(outcome));
  const auto found = names(*outcome);
  CHECK(std::find(found.begin(), found.end(), "sample.z-same-{closure#0}") != found.end());
}

// What is asked for is the body itself, which has no coroutine in it.
TEST_CASE("the body of a function that is not async is there where it is asked for") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty()) return;
  const test::Folder folder;
  folder.write("a.rs", Sample);
  const Unit unit = test::library_unit(rustc, folder, "a.rs");
  FactsRequest request;
  for (const bool is_plain : {true, false}) {
    request.functions = {{"plain", "a.rs", 5, is_plain}};
    llvm::Expected<FactsOutcome> outcome = run_facts(unit, request);
    REQUIRE(static_cast<bool>(outcome));
    const auto found = names(*outcome);
    CHECK((std::find(found.begin(), found.end(), "sample.plain") != found.end()) == is_plain);
  }
}

TEST_CASE("reductions are tried in turn, and the sources as they are when none serves") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty()) return;
  const test::Folder folder;
  folder.write("a.rs", Sample);
  const Unit unit = test::library_unit(rustc, folder, "a.rs");
  FactsRequest request;
  request.functions = {{"work", "a.rs", 2}};
  // Both serve; only the first calls `leaf`, as the source itself does.
  const std::string good =
      "pub async fn leaf() {}\npub async fn work(n: u32) -> u32 { leaf().await; n }\n";
  const std::string other = "pub async fn leaf() {}\npub async fn work(n: u32) -> u32 { n }\n";
  // What `work` needs is not there, yet MIR is written.
  const std::string broken = "\npub async fn work(n: u32) -> u32 { leaf().await; n }\n";
  const std::string mistyped =
      "pub async fn leaf() {}\npub async fn work(n: u32) -> u8 { leaf().await; n }\n";
  const std::string foreign = "this is no Rust";
  const auto used = [&](const std::vector<std::string>& texts) {
    size_t made = 0;
    request.reductions.clear();
    for (const std::string& text : texts) {
      request.reductions.emplace_back([&made, &folder, text] {
        ++made;
        return text.empty() ? std::vector<fixit::EditedFile>()
                            : std::vector<fixit::EditedFile>{{folder / "a.rs", text}};
      });
    }
    llvm::Expected<FactsOutcome> outcome = run_facts(unit, request);
    REQUIRE(static_cast<bool>(outcome));
    const auto found = names(*outcome);
    CHECK(std::find(found.begin(), found.end(), "sample.work-{closure#0}") != found.end());
    std::string text;
    for (const Dump& dump : outcome->dumps) text += dump.text;
    return std::pair(made, text.find("leaf") != std::string::npos);
  };
  CHECK(used({other, good}) == std::pair(size_t{1}, false));
  CHECK(used({"", other, good}) == std::pair(size_t{2}, false));
  for (const std::string& bad : {broken, mistyped, foreign}) {
    CAPTURE(bad);
    CHECK(used({bad, other, good}) == std::pair(size_t{2}, false));
    CHECK(used({bad}) == std::pair(size_t{1}, true));
  }
  // An error that the sources have as they are is no reason.
  const auto known =
      rustc::read_diagnostic_line(R"({"message":"m","code":{"code":"E0308","explanation":null},)"
                                  R"("level":"error","spans":[{"file_name":"a.rs","byte_start":0,)"
                                  R"("byte_end":1,"line_start":2,"line_end":2,"column_start":1,)"
                                  R"("column_end":2,"is_primary":true,"text":[],"label":null,)"
                                  R"("suggested_replacement":null,"suggestion_applicability":null,)"
                                  R"("expansion":null}],"children":[],"rendered":null})");
  REQUIRE(known);
  const std::vector<rustc::Diagnostic> diagnostics = {*known};
  request.diagnostics = &diagnostics;
  CHECK(used({mistyped, other}).first == 1);
}

TEST_CASE("the bodies of coroutines, and only their first form") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty()) return;
  const test::Folder folder;
  folder.write("a.rs", Sample);
  const Unit unit = test::library_unit(rustc, folder, "a.rs");
  const FactsOutcome all = facts(unit, {});
  CHECK(all.succeeded);
  CHECK_FALSE(all.stopped_early);
  CHECK(names(all) ==
        std::vector<std::string>{"sample.leaf-{closure#0}", "sample.m-rebuilt-{closure#0}",
                                 "sample.work-{closure#0}-{closure#0}", "sample.work-{closure#0}",
                                 "sample.{impl#0}-method-{closure#0}"});
  for (const Dump& dump : all.dumps) {
    CHECK(llvm::StringRef(dump.file_name).contains(".built.after.mir"));
    CHECK(llvm::StringRef(dump.text).ends_with("}\n"));
    CHECK(llvm::StringRef(dump.text).contains("a.rs:"));
  }
  CHECK(names(facts(unit, {"work", "S::method"})) ==
        std::vector<std::string>{"sample.work-{closure#0}-{closure#0}", "sample.work-{closure#0}",
                                 "sample.{impl#0}-method-{closure#0}"});
  // The unit's own outputs were not touched, and nothing stays behind.
  CHECK_FALSE(stamp_of(folder / "out/libsample-0123456789abcdef.rmeta"));
  CHECK(left_behind("/dev/shm") == 0);
  CHECK(left_behind(folder.path()) == 0);
}

TEST_CASE("a crate that fails gives the bodies that are well typed") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty()) return;
  const test::Folder folder;
  folder.write("a.rs", std::string(Sample) +
                           "fn spawn<F: Send>(_: F) {}\n"
                           "pub fn start() { spawn(async { let r = std::rc::Rc::new(1); "
                           "leaf().await; drop(r); }) }\n");
  const FactsOutcome outcome = facts(test::library_unit(rustc, folder, "a.rs"), {"start"});
  CHECK(names(outcome) == std::vector<std::string>{"sample.start-{closure#0}"});
  CHECK_FALSE(outcome.succeeded);
}

// A compiler that notes how often it compiled, and whether it was warm.
std::string noting(const test::Folder& folder, const std::string& rustc) {
  const std::string path = folder.write(
      "noting", "#!/bin/sh\ncase \"$*\" in\n -vV) ;;\n *incremental=*) echo warm >> '" +
                    (folder / "notes") + "';;\n *) echo cold >> '" + (folder / "notes") +
                    "';;\nesac\nexec '" + rustc + "' \"$@\"\n");
  REQUIRE(::chmod(path.c_str(), 0755) == 0);
  return path;
}

TEST_CASE("a stable compiler runs cold, an unlocked one warm where that is enough") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty()) return;
  for (const bool is_unlocked : {false, true}) {
    CAPTURE(is_unlocked);
    const test::Folder folder;
    folder.write("a.rs", Sample);
    Unit unit = test::library_unit(noting(folder, rustc), folder, "a.rs");
    if (is_unlocked) unit.env.push_back("RUSTC_BOOTSTRAP=other,sample");
    REQUIRE(test::compile(unit) == 0);
    folder.write("a.rs", std::string(Sample) + "pub async fn added() { leaf().await }\n");
    folder.write("notes", "");
    CHECK(names(facts(unit, {"added"})) == std::vector<std::string>{"sample.added-{closure#0}"});
    CHECK(test::read(folder / "notes") == (is_unlocked ? "warm\n" : "cold\n"));
    // This body is as it was, so a warm run does not dump it.
    folder.write("notes", "");
    CHECK(names(facts(unit, {"method"})) ==
          std::vector<std::string>{"sample.{impl#0}-method-{closure#0}"});
    CHECK(test::read(folder / "notes") == (is_unlocked ? "warm\ncold\n" : "cold\n"));
    CHECK(left_behind(folder.path()) == 0);
    // The recorded incremental directory is as its own compiler left it.
    CHECK(test::compile(unit) == 0);
  }
}

TEST_CASE("only the child is unlocked, and stable stays stable") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty()) return;
  const test::Folder folder;
  folder.write("a.rs", std::string("#![feature(never_type)]\n") + Sample);
  const FactsOutcome outcome = facts(test::library_unit(rustc, folder, "a.rs"), {});
  CHECK_FALSE(outcome.succeeded);
  CHECK(outcome.stderr_text.find("E0725") != std::string::npos);
  CHECK(::getenv("RUSTC_BOOTSTRAP") == nullptr);
}

TEST_CASE("a compiler that cannot run is named") {
  const test::Folder folder;
  folder.write("a.rs", Sample);
  const auto error_of = [&](const Unit& unit, double seconds) {
    llvm::Expected<FactsOutcome> outcome =
        run_facts(unit, {.functions = {}, .timeout_seconds = seconds});
    REQUIRE_FALSE(static_cast<bool>(outcome));
    return llvm::toString(outcome.takeError());
  };
  CHECK(error_of(test::library_unit("/no/rustc", folder, "a.rs"), 5).find("/no/rustc") !=
        std::string::npos);
  const auto fake = [&](const std::string& script) {
    const std::string path = folder.write("fake", "#!/bin/sh\n" + script + "\n");
    REQUIRE(::chmod(path.c_str(), 0755) == 0);
    return test::library_unit(path, folder, "a.rs");
  };
  CHECK(error_of(fake("case $1 in -vV) exit 0;; esac; sleep 30"), 0.3).find("time") !=
        std::string::npos);
  CHECK(error_of(fake("case $1 in -vV) exit 0;; esac; kill -9 $$"), 5).find("signal 9") !=
        std::string::npos);
  CHECK(left_behind("/dev/shm") == 0);
}

TEST_CASE("what a killed run left is removed by the next") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty() || !stamp_of("/dev/shm")) return;
  const test::Folder folder;
  folder.write("a.rs", Sample);
  // No process has this id: it is above the system's limit.
  const std::string stale = "/dev/shm/just-async-facts-99999999-abcdef";
  llvm::cantFail(make_directories(stale));
  llvm::cantFail(write_file(stale + "/lock", ""));
  facts(test::library_unit(rustc, folder, "a.rs"), {"leaf"});
  CHECK_FALSE(stamp_of(stale));
}

TEST_CASE("a dump that is cut off is left out") {
  const test::Folder folder;
  const std::string path = folder.write(
      "fake",
      "#!/bin/sh\ncase $1 in -vV) exit 0;; esac\n"
      "for a; do case $a in -Zdump-mir-dir=*) d=${a#-Zdump-mir-dir=};; esac; done\n"
      "printf 'fn a() {\\n    ok\\n}\\n' > \"$d/c.a-{closure#0}.1-1-000.built.after.mir\"\n"
      "printf 'fn b() {\\n    cut' > \"$d/c.b-{closure#0}.1-1-000.built.after.mir\"\n"
      ": > \"$d/c.e-{closure#0}.1-1-000.built.after.mir\"\n"
      "printf 'x\\n}\\n' > \"$d/c.a-{closure#0}.1-1-006.SimplifyCfg-initial.after.mir\"\n"
      "printf 'x\\n}\\n' > \"$d/odd\"\n");
  REQUIRE(::chmod(path.c_str(), 0755) == 0);
  folder.write("a.rs", "");
  const FactsOutcome outcome = facts(test::library_unit(path, folder, "a.rs"), {});
  CHECK(names(outcome) == std::vector<std::string>{"c.a-{closure#0}"});
}

TEST_CASE("a large crate: the run ends when the wanted bodies are there") {
  const std::string rustc = test::find_tool("rustc");
  if (rustc.empty()) return;
  const test::Folder folder;
  std::string text = "pub async fn leaf(x: u32) -> Result<u32, String> { Ok(x) }\n";
  for (int i = 0; i < 600; ++i) {
    const std::string number = std::to_string(i);
    text += "pub async fn f" + number +
            "(m: &std::sync::Mutex<u32>, n: u32) -> Result<u32, String> {\n"
            "    let mut t = 0;\n    for i in 0..n { t += leaf(i).await?; }\n"
            "    let b = async { let x = leaf(t).await?; Ok::<u32, String>(x + 1) };\n"
            "    let v = b.await?;\n    { let mut g = m.lock().unwrap(); *g += v; }\n"
            "    match leaf(t).await { Ok(x) if x > 2 => Ok(x), Ok(x) => Ok(x + v), "
            "Err(e) => Err(format!(\"{e}{v}\")) }\n}\n";
  }
  folder.write("a.rs", text);
  const Unit unit = test::library_unit(rustc, folder, "a.rs");
  const FactsOutcome whole = facts(unit, {});
  CHECK(whole.dumps.size() == 1201);
  for (const char* function : {"f10", "f300", "f599"}) {
    const FactsOutcome part = facts(unit, {function});
    CHECK(std::ranges::count(names(part), std::string("sample.") + function + "-{closure#0}") == 1);
    CHECK(std::ranges::count(names(part),
                             std::string("sample.") + function + "-{closure#0}-{closure#0}") == 1);
    const std::string note = std::string(function) + ": " + std::to_string(part.cpu_seconds) +
                             " s of " + std::to_string(whole.cpu_seconds) + " s for all dumps" +
                             (part.stopped_early ? ", stopped early" : "");
    MESSAGE(note);
  }
  CHECK(facts(unit, {"f10"}).stopped_early);
}

}  // namespace
}  // namespace jaa::plugin
