#include "render/text.h"

#include <doctest/doctest.h>

#include "render/sample_test.h"

namespace jaa::render {
namespace {

using Kind = base::Verdict::Kind;

TEST_CASE("one finding in every dress") {
  const auto sample = sample::make();
  const auto text = [&sample](const TextOptions& options) {
    return render_text(sample.finding, sample.sources, options);
  };
  sample::check_golden("guard.txt", text({}));
  sample::check_golden("guard.unicode.txt", text({.unicode = true}));
  sample::check_golden("guard.color.txt", text({.color = true}));
  sample::check_golden("guard.narrow.txt", text({.width = 40}));
  sample::check_golden("guard.all_fixes.txt", text({.all_fixes = true, .verbose = true}));
  sample::check_golden("guard.all_fixes.unicode.txt",
                       text({.unicode = true, .all_fixes = true, .verbose = true}));
}

TEST_CASE("the lead fix is the first accepted one, else the first not rejected") {
  auto finding = sample::make().finding;
  CHECK(lead_fix(finding)->name == "drop_first");
  finding.fixits[0].verdict.kind = Kind::Rejected;
  CHECK(lead_fix(finding)->name == "scope");
  finding.fixits[1].verdict.kind = Kind::Untried;
  CHECK(lead_fix(finding)->name == "scope");
  for (base::FixIt& fix : finding.fixits) {
    fix.verdict.kind = Kind::Rejected;
  }
  CHECK(lead_fix(finding) == nullptr);
}

TEST_CASE("what was not checked is said to be so") {
  auto sample = sample::make();
  auto& fixits = sample.finding.fixits;
  fixits.resize(1);
  const auto contains = [&sample](std::string_view what) {
    return render_text(sample.finding, sample.sources).find(what) != std::string::npos;
  };
  fixits[0].verdict = {Kind::Untried, "", 0};
  CHECK(contains("= note: not checked: this fix was not tried\n"));
  fixits[0].has_placeholders = true;
  CHECK(contains("= note: not checked: parts of this fix are yours to fill in\n"));
  fixits[0].verdict = {Kind::Unknown, "no overlay on this system", 0};
  CHECK(contains("= note: not checked: no overlay on this system\n"));
  fixits[0].verdict = {Kind::Accepted, "", 2};
  CHECK(contains("(rustc 1.95.0); 2 other errors remain elsewhere\n"));
  CHECK_FALSE(contains("more fix"));
  fixits[0].verdict.kind = Kind::Rejected;
  CHECK_FALSE(contains("drop the guard"));
}

TEST_CASE("findings without a place, and edits that do not fit, are shown in words") {
  base::SourceFiles sources;
  base::Finding finding;
  finding.code = "x";
  finding.message = "message\x1b[31m\nsecond line";
  base::FixIt fix;
  fix.title = "do something";
  finding.fixits = {fix};
  CHECK(render_text(finding, sources) ==
        "warning[just_async::x]: message\xE2\x90\x9B[31m\n"
        "                        second line\n"
        "  |\n"
        "  = help: do something\n\n");

  auto sample = sample::make();
  sample.finding.fixits.resize(1);
  sample.finding.fixits[0].edits[0].span.end = 100000;
  const std::string text = render_text(sample.finding, sample.sources);
  CHECK(text.find("= help: drop the guard before the await") != std::string::npos);
  CHECK(text.find("checked") == std::string::npos);
}

// The suggestion for edits of one file of eight lines, "one;" to "eight;".
std::string diff_of(std::vector<std::pair<std::string_view, std::string>> edits) {
  base::SourceFiles sources;
  const std::string text = "one;\ntwo;\nthree;\nfour;\nfive;\nsix;\nseven;\neight;\n";
  const auto file = sources.add("/a.rs", "a.rs", text);
  base::Finding finding;
  finding.primary = {{file, 0, 3}, ""};
  base::FixIt fix;
  fix.title = "fix";
  for (auto& [from, to] : edits) {
    const auto begin = static_cast<uint32_t>(text.find(from));
    fix.edits.push_back({{file, begin, begin + static_cast<uint32_t>(from.size())}, to});
  }
  finding.fixits = {fix};
  const std::string shown = render_text(finding, sources);
  const size_t begin = shown.find("help: fix\n  |\n");
  const size_t end = shown.find("  = note: not checked");
  REQUIRE(begin != std::string::npos);
  return shown.substr(begin + 14, end - begin - 14);
}

TEST_CASE("fixes are shown as lines") {
  CHECK(diff_of({{"two", "two()"}}) == "2 | two();\n  |    ++\n");
  CHECK(diff_of({{"two", "2"}}) == "2 - two;\n2 + 2;\n  |\n");
  CHECK(diff_of({{"two;\n", ""}}) == "2 - two;\n  |\n");
  CHECK(diff_of({{"two", "a\ntwo"}}) == "2 + a\n  |\n");
  CHECK(diff_of({{"two;", "a;\nb;\n"}}) == "2 + a;\n3 + b;\n  |\n");
  CHECK(diff_of({{"two", "2"}, {"three", "3"}}) == "2 ~ 2;\n3 ~ 3;\n  |\n");
}

TEST_CASE("unchanged lines between are elided and removed lines are seen") {
  CHECK(diff_of({{"one", "1"}, {"five", "5"}}) ==
        "1 ~ 1;\n2 | two;\n3 | three;\n4 | four;\n5 ~ 5;\n  |\n");
  CHECK(diff_of({{"one", "1"}, {"eight", "8"}}) ==
        "1 ~ 1;\n2 | two;\n...\n7 | seven;\n8 ~ 8;\n  |\n");
  CHECK(diff_of({{"two;\nthree;\n", ""}, {"five", "5"}}) ==
        "2 - two;\n3 - three;\n2 | four;\n3 ~ 5;\n  |\n");
}

TEST_CASE("spans anywhere in odd sources are drawn without harm") {
  for (const std::string_view text :
       {std::string_view(""), std::string_view("\n"), std::string_view("a\r\nb\r\n"),
        std::string_view("\xFF\xFE\n\tx\xE6\x97"), std::string_view("\0\n\n\n\n\n\n}\n", 9),
        std::string_view("日本\u0301語 \u202E x\n  é👩‍👩‍👧\n")}) {
    base::SourceFiles sources;
    const auto file = sources.add("/a.rs", "a.rs", std::string(text));
    const auto size = static_cast<uint32_t>(text.size());
    for (uint32_t begin = 0; begin <= size; ++begin) {
      for (uint32_t end = begin; end <= size; ++end) {
        base::Finding finding;
        finding.primary = {{file, begin, end}, "label\nof two lines"};
        finding.secondary = {{{file, 0, size}, "all"}, {{file, end, size}, ""}};
        base::FixIt fix;
        fix.edits = {{{file, begin, end}, begin % 2 == 0 ? "x\n\ty\n" : ""}};
        finding.fixits = {fix};
        for (const bool unicode : {false, true}) {
          for (const unsigned width : {140U, 8U, 0U}) {
            CHECK_FALSE(
                render_text(finding, sources, {.unicode = unicode, .width = width}).empty());
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace jaa::render
