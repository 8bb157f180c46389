#include "render/diff.h"

#include <doctest/doctest.h>

#include "render/line_diff.h"

namespace jaa::render {
namespace {

// Applies a script of changes, to check it against the text it was made from.
std::string replay(const Lines& before, const Lines& after,
                   const std::vector<ChangedLines>& changes) {
  std::string text;
  size_t at = 0;
  for (const ChangedLines& change : changes) {
    REQUIRE(change.before_begin >= at);
    for (; at < change.before_begin; ++at) {
      text += before[at];
    }
    at = change.before_end;
    for (size_t line = change.after_begin; line < change.after_end; ++line) {
      text += after[line];
    }
  }
  for (; at < before.size(); ++at) {
    text += before[at];
  }
  return text;
}

TEST_CASE("the shortest script is found") {
  const Lines before{"a\n", "b\n", "c\n", "a\n", "b\n", "b\n", "a\n"};
  const Lines after{"c\n", "b\n", "a\n", "b\n", "a\n", "c\n"};
  size_t size = 0;
  for (const ChangedLines& change : line_diff(before, after)) {
    size += change.before_end - change.before_begin + change.after_end - change.after_begin;
  }
  CHECK(size == 5);
  CHECK(line_diff(before, before).empty());
  CHECK(line_diff({}, {}).empty());
  CHECK(line_diff({}, {"a"}) == std::vector<ChangedLines>{{0, 0, 0, 1}});
  CHECK(line_diff({"a", "b"}, {"a"}) == std::vector<ChangedLines>{{1, 2, 1, 1}});
}

TEST_CASE("every script turns the one text into the other") {
  uint32_t state = 1;
  const auto random = [&state](uint32_t below) {
    state = state * 1664525U + 1013904223U;
    return (state >> 16U) % below;
  };
  for (int round = 0; round < 500; ++round) {
    const auto text = [&random] {
      std::string lines;
      for (uint32_t count = random(12); count > 0; --count) {
        lines += std::string(1, static_cast<char>('a' + random(4))) + "\n";
      }
      return lines;
    };
    const std::string before = text();
    const std::string after = text();
    const Lines old_lines = split_lines(before);
    const Lines new_lines = split_lines(after);
    const auto changes = line_diff(old_lines, new_lines);
    CHECK(replay(old_lines, new_lines, changes) == after);
    for (size_t index = 1; index < changes.size(); ++index) {
      CHECK(changes[index].before_begin > changes[index - 1].before_end);
    }
  }
}

TEST_CASE("texts that differ too much are one change, soon") {
  std::string before;
  std::string after;
  for (int line = 0; line < 50000; ++line) {
    before += std::to_string(line) + "\n";
    after += std::to_string(-line) + "\n";
  }
  const Lines old_lines = split_lines(before);
  const Lines new_lines = split_lines(after);
  CHECK(line_diff(old_lines, new_lines) ==
        std::vector<ChangedLines>{{1, old_lines.size(), 1, new_lines.size()}});
}

TEST_CASE("hunks have three lines of context and join when they are near") {
  CHECK(unified_diff("src/a.rs", "1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nfive\n6\n7\n8\n") ==
        "--- a/src/a.rs\n+++ b/src/a.rs\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  const std::string far = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  CHECK(unified_diff("a", far, "one\n2\n3\n4\n5\n6\n7\neight\n9\n") ==
        "--- a/a\n+++ b/a\n@@ -1,9 +1,9 @@\n-1\n+one\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+eight\n 9\n");
  CHECK(unified_diff("a", far, "one\n2\n3\n4\n5\n6\n7\n8\nnine\n") ==
        "--- a/a\n+++ b/a\n@@ -1,4 +1,4 @@\n-1\n+one\n 2\n 3\n 4\n"
        "@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+nine\n");
  CHECK(unified_diff("a", far, far).empty());
}

TEST_CASE("line ends are kept and a missing one is told") {
  CHECK(unified_diff("a", "x\r\ny", "x\r\nz\n") ==
        "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n x\r\n-y\n\\ No newline at end of file\n+z\n");
  CHECK(unified_diff("a", "", "z") ==
        "--- a/a\n+++ b/a\n@@ -0,0 +1,1 @@\n+z\n\\ No newline at end of file\n");
  CHECK(unified_diff("a", "z\n", "") == "--- a/a\n+++ b/a\n@@ -1,1 +0,0 @@\n-z\n");
}

TEST_CASE("odd names are written as git writes them") {
  CHECK(unified_diff("/a b", "", "z\n").starts_with("--- a/a b\t\n+++ b/a b\t\n"));
  CHECK(unified_diff("a\n\"", "", "z\n").starts_with("--- \"a/a\\012\\\"\"\n"));
}

}  // namespace
}  // namespace jaa::render
