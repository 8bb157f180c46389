#include "plugin/cargo/fix_dialogue.h"

#include <doctest/doctest.h>

#include <deque>

using namespace jaa::plugin;
using Kind = jaa::base::Verdict::Kind;
using Strings = std::vector<std::string>;

namespace {

ReportedFix fix_called(std::string name, bool keeps_meaning, Kind verdict = Kind::Accepted) {
  ReportedFix fix;
  fix.name = std::move(name);
  fix.title = "do " + fix.name;
  fix.verdict = verdict;
  fix.keeps_meaning = keeps_meaning;
  return fix;
}

ReportedFinding finding_at(uint32_t begin, std::string code, std::vector<ReportedFix> fixes) {
  ReportedFinding finding;
  finding.code = std::move(code);
  finding.message = "m" + std::to_string(begin);
  finding.path = "/w/x.rs";
  finding.begin = begin;
  finding.end = begin + 1;
  finding.fixes = std::move(fixes);
  return finding;
}

// Answers in turn, and what was said meanwhile.
struct Conversation {
  std::deque<std::string> answers;
  FixArguments arguments;
  std::string said;
  llvm::raw_string_ostream stream{said};
  Console console{llvm::nulls(), stream};
  FixDialogue dialogue{console, arguments,
                       [this]() -> std::optional<std::string> {
                         if (answers.empty()) {
                           return std::nullopt;
                         }
                         std::string answer = answers.front();
                         answers.pop_front();
                         return answer;
                       },
                       [](const ChosenFix& chosen) {
                         return FixPreview{"+" + chosen.fix.name + "\n",
                                           chosen.fix.name == "far" ? "far away" : ""};
                       }};

  Strings choose(const std::vector<ReportedFinding>& findings) {
    Strings names;
    for (const ChosenFix& chosen : dialogue.choose(findings).chosen) {
      names.push_back(chosen.finding.message + chosen.fix.name);
    }
    return names;
  }
  [[nodiscard]] bool has_said(std::string_view text) const {
    return said.find(text) != std::string::npos;
  }
};

const ReportedFinding first =
    finding_at(1, "a",
               {fix_called("changes", false), fix_called("bad", true, Kind::Rejected),
                fix_called("keeps", true), fix_called("far", true)});
const ReportedFinding second = finding_at(2, "a", {fix_called("keeps", true)});
const ReportedFinding third = finding_at(3, "b", {fix_called("changes", false)});
const ReportedFinding hopeless = finding_at(4, "b", {fix_called("bad", true, Kind::Rejected)});
const std::vector<ReportedFinding> all = {first, second, third, hopeless};

}  // namespace

TEST_CASE("each finding is asked about, with its accepted fixes alone") {
  Conversation talk{{"y", "n", "1"}, {}, ""};
  CHECK(talk.choose(all) == Strings{"m1keeps", "m3changes"});
  CHECK(talk.has_said("1. do keeps (`keeps`)\n+keeps\n"));
  CHECK(talk.has_said("2. do changes (`changes`)\n   it may change what the program does\n"));
  CHECK(!talk.has_said("do bad"));
  CHECK(!talk.has_said("do far"));
  CHECK(talk.has_said("note: far away"));
  CHECK(!talk.has_said("m4"));
  // What was declined is not asked about again.
  talk.said.clear();
  CHECK(talk.choose({second}).empty());
  CHECK(talk.said.empty());
}

TEST_CASE("of two that are alike each is asked about") {
  ReportedFinding twin = second;
  twin.begin = 7;
  Conversation talk{{"n", "y", "q"}, {}, ""};
  CHECK(talk.choose({second, twin}) == Strings{"m2keeps"});
  CHECK(talk.answers.size() == 1);
  CHECK(talk.choose({second}).empty());
  CHECK(talk.answers.size() == 1);
}

TEST_CASE("numbers, words and nonsense") {
  Conversation talk{{"0", "3", "perhaps", " 2 ", "YES", "quit"}, {}, ""};
  CHECK(talk.choose(all) == Strings{"m1changes", "m2keeps"});
  CHECK(talk.has_said("y    apply fix 1"));
}

TEST_CASE("skip leaves all findings of a lint") {
  Conversation talk{{"s", "y"}, {}, ""};
  CHECK(talk.choose(all) == Strings{"m3changes"});
}

TEST_CASE("all takes only what keeps the meaning") {
  Conversation talk{{"a"}, {}, ""};
  CHECK(talk.choose(all) == Strings{"m1keeps", "m2keeps"});
  CHECK(talk.choose({second}) == Strings{"m2keeps"});
}

TEST_CASE("the end of the input is quit, and stays so") {
  Conversation talk{{"y"}, {}, ""};
  CHECK(talk.choose(all) == Strings{"m1keeps"});
  talk.answers = {"y"};
  CHECK(talk.choose({second}).empty());
}

TEST_CASE("a picked alternative comes first, other lints are not asked about") {
  Conversation talk{{"y", "y"}, {}, ""};
  talk.arguments.picks["a"] = "changes";
  talk.arguments.only = {"a"};
  CHECK(talk.choose(all) == Strings{"m1changes", "m2keeps"});
}
