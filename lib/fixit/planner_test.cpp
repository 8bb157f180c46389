#include <doctest/doctest.h>

#include <functional>
#include <set>

#include "llvm/ADT/StringExtras.h"

#include "fixit/planner.h"
#include "fixit/replacements.h"

namespace jaa::fixit {
namespace {

using Kind = base::Verdict::Kind;

// Findings over one file of letters; the stand-in compiler refuses a text that
// holds a bad word and points at its line.
struct World {
  base::SourceFiles sources;
  base::FileId file = sources.add("/p/a.rs", "a.rs", "aaa\nbbb\nccc\n");
  std::vector<base::Finding> findings;
  std::set<std::string> bad_words;
  int trials = 0;
  std::vector<std::string> texts;  // of each trial
  Follow follow;
  bool automatic_only = false;
  // Another file, which is only compiled when the first one has all these words.
  base::FileId user = sources.add("/p/b.rs", "b.rs", "xxx\nyyy\n");
  std::set<std::string> needed;

  base::FixIt fix(const std::string& name, uint32_t line, const std::string& text) const {
    base::FixIt result;
    result.name = name;
    const uint32_t begin = line * 4;
    result.edits = {{{file, begin, begin + 3}, text}};
    result.body = {file, begin, begin + 3};
    return result;
  }
  void add(std::vector<base::FixIt> fixes) {
    base::Finding finding;
    finding.fixits = std::move(fixes);
    findings.push_back(std::move(finding));
  }
  void run() {
    Planner planner(findings, sources, {"/p/a.rs", false, "/p", {}}, follow);
    if (automatic_only) {
      planner.stop_at_automatic();
    }
    while (auto trial = planner.next()) {
      ++trials;
      REQUIRE(trials < 50);
      texts.push_back(trial->files.at(0).text);
      TrialOutcome outcome{TrialOutcome::State::Ran, "", {}, 0};
      UnitOutcome unit{"p", "p", "lib", false, false, true, {"/p/a.rs"}, {}};
      uint32_t line = 1;
      for (llvm::StringRef text : llvm::split(llvm::StringRef(trial->files.at(0).text), '\n')) {
        if (bad_words.count(text.str()) != 0) {
          rustc::Diagnostic error;
          error.level = rustc::Level::Error;
          error.message = "bad word";
          rustc::DiagnosticSpan span;
          span.file_name = "a.rs";
          span.is_primary = true;
          span.line_start = span.line_end = line;
          span.text.push_back({text.str(), 1, 2});
          error.spans.push_back(span);
          unit.diagnostics.push_back(error);
          unit.succeeded = false;
        }
        ++line;
      }
      const std::string& first = trial->files.at(0).text;
      const bool is_read = std::all_of(
          needed.begin(), needed.end(),
          [&first](const std::string& word) { return first.find(word) != std::string::npos; });
      if (trial->files.size() > 1 && !is_read) {
        outcome.state = TrialOutcome::State::Unproven;
        outcome.why = "nothing compiled /p/b.rs";
        outcome.unread = {"/p/b.rs"};
      } else if (trial->files.size() > 1) {
        unit.sources.emplace_back("/p/b.rs");
      }
      outcome.units.push_back(unit);
      planner.answer(outcome);
    }
  }
};

TEST_CASE("all leads that fit are settled in one trial") {
  World world;
  world.add({world.fix("x", 0, "AAA")});
  world.add({world.fix("x", 1, "BBB")});
  world.add({world.fix("x", 2, "CCC")});
  world.run();
  CHECK(world.trials == 1);
  for (const base::Finding& finding : world.findings) {
    CHECK(finding.fixits[0].verdict.kind == Kind::Accepted);
  }
}

TEST_CASE("the fix that an error points at is out, the others and its next are tried again") {
  World world;
  world.bad_words = {"BAD"};
  world.add({world.fix("x", 0, "AAA")});
  world.add({world.fix("x", 1, "BAD"), world.fix("y", 1, "BBB")});
  world.run();
  CHECK(world.trials == 2);
  CHECK(world.findings[0].fixits[0].verdict.kind == Kind::Accepted);
  CHECK(world.findings[1].fixits[0].verdict.kind == Kind::Rejected);
  CHECK(world.findings[1].fixits[0].verdict.reason == "bad word");
  CHECK(world.findings[1].fixits[1].verdict.kind == Kind::Accepted);
}

TEST_CASE("alternatives are tried in the accepted fix's place, variants of it not at all") {
  World world;
  world.bad_words = {"BAD"};
  world.add({world.fix("x", 0, "AAA"), world.fix("x", 0, "AA2"), world.fix("y", 0, "BAD"),
             world.fix("z", 0, "ZZZ")});
  world.run();
  REQUIRE(world.findings[0].fixits.size() == 3);
  CHECK(world.findings[0].fixits[0].verdict.kind == Kind::Accepted);
  CHECK(world.findings[0].fixits[1].verdict.kind == Kind::Rejected);
  CHECK(world.findings[0].fixits[2].verdict.kind == Kind::Accepted);
  CHECK(world.trials == 3);
}

TEST_CASE("unasked, no alternative of a fix that keeps the meaning is tried") {
  World world;
  world.automatic_only = true;
  const auto keeping = [&world](const std::string& name, uint32_t line, const std::string& text) {
    base::FixIt fix = world.fix(name, line, text);
    fix.keeps_meaning = true;
    return fix;
  };
  world.add({keeping("x", 0, "AAA"), keeping("y", 0, "XXX")});
  // One that changes the meaning is good to know of, and not enough.
  world.add({world.fix("x", 1, "BBB"), world.fix("y", 1, "XXX"), keeping("z", 1, "ZZZ")});
  world.run();
  CHECK(world.texts == std::vector<std::string>{"AAA\nBBB\nccc\n", "AAA\nZZZ\nccc\n"});
  CHECK(world.findings[0].fixits[1].verdict.kind == Kind::Untried);
  CHECK(world.findings[1].fixits[0].verdict.kind == Kind::Accepted);
  CHECK(world.findings[1].fixits[1].verdict.kind == Kind::Untried);
  CHECK(world.findings[1].fixits[2].verdict.kind == Kind::Accepted);
}

TEST_CASE("fixes that overlap are not tried together") {
  World world;
  world.add({world.fix("x", 0, "AAA")});
  world.add({world.fix("x", 0, "BBB")});
  world.run();
  CHECK(world.findings[0].fixits[0].verdict.kind == Kind::Accepted);
  CHECK(world.findings[1].fixits[0].verdict.kind == Kind::Unknown);
}

// What is asked to make refused fixes longer: turns the first of `words` in a fix's text
// into the second, and keeps a record.
struct Follower {
  std::vector<std::pair<std::string, std::string>> words;
  std::vector<std::string> asked{};

  bool operator()(const base::Finding& finding, base::FixIt& fix, const TrialOutcome& outcome) {
    std::string& text = fix.edits.at(0).text;
    REQUIRE(outcome.units.size() == 1);
    REQUIRE(outcome.units[0].diagnostics.size() == 1);
    CHECK(outcome.units[0].diagnostics[0].message == "bad word");
    CHECK(&finding.fixits.at(static_cast<size_t>(&fix - finding.fixits.data())) == &fix);
    asked.push_back(text);
    for (const auto& [from, to] : words) {
      if (text == from) {
        text = to;
        return true;
      }
    }
    return false;
  }
};

TEST_CASE("a refused fix that is made longer is tried again, as often as that helps") {
  World world;
  world.bad_words = {"BAD", "WORSE"};
  Follower follower{{{"BAD", "WORSE"}, {"WORSE", "GOOD"}}};
  world.follow = std::ref(follower);
  world.add({world.fix("x", 0, "BAD"), world.fix("x", 0, "XXX")});
  world.run();
  CHECK(follower.asked == std::vector<std::string>{"BAD", "WORSE"});
  CHECK(world.trials == 3);
  REQUIRE(world.findings[0].fixits.size() == 1);
  CHECK(world.findings[0].fixits[0].verdict.kind == Kind::Accepted);
  CHECK(world.findings[0].fixits[0].edits[0].text == "GOOD");
}

TEST_CASE("a fix that cannot be made longer is out, and the next one's turn comes") {
  World world;
  world.bad_words = {"BAD"};
  Follower follower{{}};
  world.follow = std::ref(follower);
  world.add({world.fix("x", 0, "BAD"), world.fix("y", 0, "YYY")});
  world.run();
  CHECK(follower.asked == std::vector<std::string>{"BAD"});
  CHECK(world.trials == 2);
  CHECK(world.findings[0].fixits[0].verdict.kind == Kind::Rejected);
  CHECK(world.findings[0].fixits[0].verdict.reason == "bad word");
  CHECK(world.findings[0].fixits[1].verdict.kind == Kind::Accepted);
}

TEST_CASE("what a blamed fix lacks is read from a trial of nothing else, after the others") {
  World world;
  world.bad_words = {"BAD"};
  Follower follower{{{"BAD", "GOOD"}}};
  world.follow = std::ref(follower);
  world.add({world.fix("x", 0, "AAA")});
  world.add({world.fix("x", 1, "BAD")});
  world.add({world.fix("x", 2, "CCC")});
  world.run();
  CHECK(follower.asked.size() == 1);
  CHECK(world.texts == std::vector<std::string>{"AAA\nBAD\nCCC\n", "AAA\nbbb\nCCC\n",
                                                "aaa\nBAD\nccc\n", "aaa\nGOOD\nccc\n"});
  for (const base::Finding& finding : world.findings) {
    CHECK(finding.fixits[0].verdict.kind == Kind::Accepted);
  }
}

TEST_CASE("several blamed fixes are tried one at a time") {
  World world;
  world.bad_words = {"BAD"};
  Follower follower{{{"BAD", "GOOD"}}};
  world.follow = std::ref(follower);
  world.add({world.fix("x", 0, "BAD")});
  world.add({world.fix("x", 1, "BAD")});
  CHECK_NOTHROW(world.run());
  CHECK(follower.asked.size() == 2);
  CHECK(world.texts.size() == 5);
  for (const base::Finding& finding : world.findings) {
    CHECK(finding.fixits[0].verdict.kind == Kind::Accepted);
    CHECK(finding.fixits[0].edits[0].text == "GOOD");
  }
}

TEST_CASE("a fix refused beside accepted ones is tried alone before it is out") {
  World world;
  world.bad_words = {"BAD", "WORSE"};
  Follower follower{{}};
  world.follow = std::ref(follower);
  world.add({world.fix("x", 0, "AAA")});
  world.add({world.fix("x", 1, "BAD"), world.fix("y", 1, "WORSE"), world.fix("z", 1, "BBB")});
  world.run();
  CHECK(follower.asked == std::vector<std::string>{"BAD", "WORSE"});
  CHECK(world.texts == std::vector<std::string>{"AAA\nBAD\nccc\n", "AAA\nbbb\nccc\n",
                                                "aaa\nBAD\nccc\n", "AAA\nWORSE\nccc\n",
                                                "aaa\nWORSE\nccc\n", "AAA\nBBB\nccc\n"});
  CHECK(world.findings[1].fixits[0].verdict.kind == Kind::Rejected);
  CHECK(world.findings[1].fixits[1].verdict.kind == Kind::Rejected);
  CHECK(world.findings[1].fixits[2].verdict.kind == Kind::Accepted);
}

TEST_CASE("where the compiler gave no answer there is nothing to be read from it") {
  World world;
  Follower follower{{{"AAA", "BBB"}}};
  world.add({world.fix("x", 0, "AAA")});
  Planner planner(world.findings, world.sources, {"/p/a.rs", false, "/p", {}}, std::ref(follower));
  REQUIRE(planner.next());
  planner.answer({TrialOutcome::State::NotRun, "no compiler", {}, 0});
  CHECK_FALSE(planner.next());
  CHECK(follower.asked.empty());
  CHECK(world.findings[0].fixits[0].verdict.kind == Kind::Unknown);
  CHECK(world.findings[0].fixits[0].verdict.reason == "no compiler");
}

TEST_CASE("an answer that proves nothing is not followed") {
  World world;
  Follower follower{{{"AAA", "BBB"}}};
  world.add({world.fix("x", 0, "AAA")});
  Planner planner(world.findings, world.sources, {"/p/a.rs", false, "/p", {}}, std::ref(follower));
  REQUIRE(planner.next());
  planner.answer({TrialOutcome::State::Unproven, "it may not have seen the edits", {}, 0});
  CHECK_FALSE(planner.next());
  CHECK(follower.asked.empty());
  CHECK(world.findings[0].fixits[0].verdict.kind == Kind::Unknown);
}

TEST_CASE("fixes that are only compiled whole together are tried together again") {
  World world;
  world.bad_words = {"BAD"};
  world.needed = {"AAA", "BBB"};
  base::FixIt first = world.fix("x", 0, "AAA");
  first.edits.push_back({{world.user, 0, 3}, "XXX"});
  base::FixIt second = world.fix("x", 1, "BAD");
  second.edits.push_back({{world.user, 4, 7}, "YYY"});
  world.add({first});
  world.add({second});
  // The second lacks something, and gets it when it is alone.
  world.follow = [](const base::Finding&, base::FixIt& fix, const TrialOutcome&) {
    fix.edits[0].text = "BBB";
    return true;
  };
  world.run();
  CHECK(world.findings[0].fixits[0].verdict.kind == Kind::Accepted);
  CHECK(world.findings[1].fixits[0].verdict.kind == Kind::Accepted);
  CHECK(world.trials == 4);
}

TEST_CASE("what edits a file that is never compiled is not known, and the rest goes on") {
  World world;
  world.needed = {"never"};
  base::FixIt first = world.fix("x", 0, "AAA");
  first.edits.push_back({{world.user, 0, 3}, "XXX"});
  world.add({first, world.fix("y", 0, "AA2")});
  world.add({world.fix("x", 1, "BBB")});
  world.run();
  CHECK(world.findings[0].fixits[0].verdict.kind == Kind::Unknown);
  CHECK(world.findings[0].fixits[1].verdict.kind == Kind::Accepted);
  CHECK(world.findings[1].fixits[0].verdict.kind == Kind::Accepted);
}

TEST_CASE("edits become Clang's replacements, and a fix's two insertions at one place stay") {
  World world;
  base::FixIt fix = world.fix("x", 0, "AAA");
  fix.edits = {{{world.file, 4, 4}, "{"}, {{world.file, 4, 4}, " "}, {{world.file, 0, 1}, "A"}};
  auto edits = combine({&fix}, world.sources);
  REQUIRE(static_cast<bool>(edits));
  CHECK(make_trial(*edits, world.sources).files.at(0).text == "Aaa\n{ bbb\nccc\n");
  CHECK(to_yaml(*edits, world.sources).find("/p/a.rs") != std::string::npos);
  base::FixIt outside = fix;
  outside.edits = {{{world.file, 4, 400}, ""}};
  auto refused = combine({&outside}, world.sources);
  CHECK_FALSE(static_cast<bool>(refused));
  llvm::consumeError(refused.takeError());
}

}  // namespace
}  // namespace jaa::fixit
