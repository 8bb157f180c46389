#include <doctest/doctest.h>

#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/incremental_unix.h"
#include "plugin/rustc/support_test.h"
#include "plugin/rustc/trial_target_unix.h"

namespace jaa::plugin {
namespace {

TEST_CASE("paths") {
  CHECK(is_within("/a/b", "/a"));
  CHECK(is_within("/a", "/a/"));
  CHECK(is_within("/a", "/"));
  CHECK_FALSE(is_within("/ab", "/a"));
  CHECK(absolute_from("/w", "a/../b") == "/w/a/../b");
  CHECK(absolute_from("/w", "/x") == "/x");
  CHECK(clean_path("/w/a/../b/./c") == "/w/b/c");
}

TEST_CASE("a copy keeps its times, and never writes through a link") {
  const test::Folder folder;
  const std::string from = folder.write("from", "new");
  const std::string precious = folder.write("precious", "old");
  llvm::cantFail(link_or_copy_file(precious, folder / "to"));
  CHECK(stamp_of(precious)->same_file(*stamp_of(folder / "to")));
  llvm::cantFail(copy_file(from, folder / "to"));
  CHECK(test::read(precious) == "old");
  CHECK(test::read(folder / "to") == "new");
  CHECK(stamp_of(from)->modified_ns == stamp_of(folder / "to")->modified_ns);
  CHECK(llvm::toString(copy_file(folder / "gone", folder / "to")).find("gone") !=
        std::string::npos);
}

TEST_CASE("one lock at a time") {
  const test::Folder folder;
  {
    llvm::Expected<FileLock> first = FileLock::take(folder / "lock", 0);
    REQUIRE(static_cast<bool>(first));
    llvm::Expected<FileLock> second = FileLock::take(folder / "lock", 0.05);
    CHECK_FALSE(static_cast<bool>(second));
    llvm::consumeError(second.takeError());
  }
  llvm::Expected<FileLock> third = FileLock::take(folder / "lock", 0);
  CHECK(static_cast<bool>(third));
}

TEST_CASE("only the last committed session is taken, and ours when it is newer") {
  const test::Folder folder;
  const auto session = [&](const std::string& where, const std::string& name,
                           const std::string& lock) {
    folder.write(where + "/" + name + "/dep-graph.bin", name);
    if (!lock.empty()) folder.write(where + "/" + lock, "");
  };
  session("inc/app-1", "s-haa-r1-aaaa", "s-haa-r1.lock");
  session("inc/app-1", "s-hab-r2-bbbb", "s-hab-r2.lock");
  session("inc/app-1", "s-hac-r3-working", "s-hac-r3.lock");
  session("inc/other-1", "s-haa-r1-aaaa", "s-haa-r1.lock");
  session("inc/unlocked-1", "s-haa-r1-aaaa", "");
  const std::string own = folder / "own";
  folder.write("inc/app-1/s-hab-r2-bbbb/metadata.rmeta", "");
  CHECK(seed_incremental(folder / "inc", own, "app"));
  const auto is_linked = [&](const std::string& name) {
    const std::string inner = "/app-1/s-hab-r2-bbbb/" + name;
    return stamp_of(own + inner)->same_file(*stamp_of(folder / "inc" + inner));
  };
  CHECK(is_linked("dep-graph.bin"));
  CHECK_FALSE(is_linked("metadata.rmeta"));
  CHECK(test::read(own + "/app-1/s-hab-r2-bbbb/dep-graph.bin") == "s-hab-r2-bbbb");
  CHECK(stamp_of(own + "/app-1/s-hab-r2.lock"));
  CHECK_FALSE(stamp_of(own + "/app-1/s-hab-r2.lock")
                  ->same_file(*stamp_of(folder / "inc/app-1/s-hab-r2.lock")));
  CHECK_FALSE(stamp_of(own + "/app-1/s-haa-r1-aaaa"));
  CHECK_FALSE(stamp_of(own + "/app-1/s-hac-r3-working"));
  CHECK_FALSE(stamp_of(own + "/other-1"));
  // A trial committed a later one.
  session("own/app-1", "s-had-r4-dddd", "s-had-r4.lock");
  session("inc/app-1", "s-hac-r5-cccc", "s-hac-r5.lock");
  CHECK(seed_incremental(folder / "inc", own, "app"));
  CHECK_FALSE(stamp_of(own + "/app-1/s-hac-r5-cccc"));
  CHECK_FALSE(seed_incremental(folder / "inc", own, "unlocked"));
  CHECK_FALSE(seed_incremental(folder / "missing", own));
}

TEST_CASE("a seed brings what is new, and leaves what a trial made") {
  const test::Folder folder;
  folder.write("target/debug/deps/libapp-1.rmeta", "one");
  folder.write("target/debug/deps/app-1.d", "app: x");
  folder.write("target/debug/deps/app-1", "a program");
  folder.write("target/debug/.fingerprint/app-1/lib-app", "hash");
  folder.write("target/triple/release/deps/libb-2.rlib", "b");
  folder.write("target/just-async/debug/deps/x.rmeta", "not this");
  folder.write("target/doc/index.html", "nor this");
  const std::string target = folder / "target";
  llvm::Expected<TrialTarget> trial = TrialTarget::open(folder / "trial");
  REQUIRE(static_cast<bool>(trial));
  llvm::cantFail(trial->seed(target));
  const std::string own = folder / "trial/debug";
  CHECK(test::read(own + "/deps/libapp-1.rmeta") == "one");
  CHECK(stamp_of(own + "/.fingerprint/app-1/lib-app")->modified_ns ==
        stamp_of(target + "/debug/.fingerprint/app-1/lib-app")->modified_ns);
  CHECK(stamp_of(folder / "trial/triple/release/deps/libb-2.rlib"));
  CHECK_FALSE(stamp_of(own + "/deps/app-1"));
  CHECK_FALSE(stamp_of(folder / "trial/just-async"));
  CHECK(trial->profile_folders() ==
        std::vector<std::string>{folder / "trial/debug", folder / "trial/triple/release"});

  // The trial rebuilt one file; the user changed another.
  llvm::cantFail(copy_file(folder.write("mine", "of a trial"), own + "/deps/libapp-1.rmeta"));
  folder.write("target/debug/.fingerprint/app-1/lib-app", "another");
  llvm::cantFail(trial->seed(target));
  CHECK(test::read(own + "/deps/libapp-1.rmeta") == "of a trial");
  CHECK(test::read(target + "/debug/deps/libapp-1.rmeta") == "one");
  CHECK(test::read(own + "/.fingerprint/app-1/lib-app") == "another");
}

TEST_CASE("a trial directory without its list is emptied") {
  const test::Folder folder;
  llvm::Expected<TrialTarget> trial = TrialTarget::open(folder / "trial");
  REQUIRE(static_cast<bool>(trial));
  llvm::cantFail(trial->remember({"/a", "/b\nc"}));
  folder.write("trial/debug/deps/x.rmeta", "");
  trial = TrialTarget::open(folder / "trial");
  REQUIRE(static_cast<bool>(trial));
  CHECK(trial->edited() == std::set<std::string>{"/a", "/b\nc"});
  CHECK(stamp_of(folder / "trial/debug/deps/x.rmeta"));
  for (const char* damage : {"", "nonsense", "just-async target 1"}) {
    folder.write("trial/just-async-edited", damage);
    folder.write("trial/debug/deps/x.rmeta", "");
    trial = TrialTarget::open(folder / "trial");
    REQUIRE(static_cast<bool>(trial));
    CHECK(trial->edited().empty());
    CHECK_FALSE(stamp_of(folder / "trial/debug/deps/x.rmeta"));
  }
}

}  // namespace
}  // namespace jaa::plugin
