#include "plugin/rustc/report.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "plugin/cargo/temporary_test.h"
#include "plugin/rustc/settings.h"

using namespace jaa;
using namespace jaa::plugin;

TEST_CASE("settings keep through their text") {
  CHECK(*Settings::parse("") == Settings());
  CHECK(*Settings::parse(Settings().to_string()) == Settings());
  Settings settings;
  settings.verify = Verify::Auto;
  settings.verify_budget_seconds = 0.1;
  settings.trial_timeout_seconds = 7;
  settings.unlock = false;
  settings.all_fixes = settings.verbose = settings.unicode = true;
  settings.lint_levels = {{"a", "deny"}, {"b_2", "allow"}};
  settings.package_lint_levels = {{"my-package", {{"a", "warn"}}}};
  const std::string text = settings.to_string();
  CHECK(text ==
        "verify=auto budget=0.1 timeout=7 unlock=no all-fixes=yes verbose=yes unicode=yes "
        "lints=a:deny,b_2:allow lints@my-package=a:warn");
  CHECK(*Settings::parse(text) == settings);
  CHECK(settings.for_package("my-package").lint_levels.at("a") == "warn");
  CHECK(settings.for_package("my-package").lint_levels.at("b_2") == "allow");
  CHECK(settings.for_package("other").lint_levels.at("a") == "deny");
}

TEST_CASE("only what matters is in the text") {
  Settings settings;
  settings.verify = Verify::Never;
  const std::string text = settings.to_string();
  settings.verify_budget_seconds = 5;
  settings.trial_timeout_seconds = 5;
  CHECK(settings.to_string() == text);
}

TEST_CASE("settings that are none") {
  for (const char* text :
       {"verify=maybe", "budget=-1", "budget=nan", "budget=1x", "unlock=true", "lints=a", "x",
        "lints=A:deny", "lints=a:loud", "lints@p=a", "=", "\n"}) {
    auto settings = Settings::parse(text);
    CHECK_MESSAGE(!settings, text);
    llvm::consumeError(settings.takeError());
  }
}

namespace {

std::vector<base::Finding> example(base::SourceFiles& sources) {
  const base::FileId file = sources.add("/p/src/a.rs", "src/a.rs", "fn ä() {\n    old();\n}\n");
  base::Finding finding;
  finding.code = "guard_across_await";
  finding.level = base::Level::Error;
  finding.message = "a \"guard\"";
  finding.primary = {{file, 14, 17}, "here"};
  finding.explains = {0, 3};
  finding.explained_errors = {"one", "two"};
  finding.secondary = {{{file, 0, 3}, "and here"}};
  finding.notes = {{base::Level::Note, "nowhere", std::nullopt},
                   {base::Level::Help, "", base::Label{{file, 4, 5}, "there"}}};
  base::FixIt fixit;
  fixit.name = "drop_first";
  fixit.title = "drop it first";
  fixit.edits = {{{file, 14, 17}, "new"}, {{file, 0, 0}, "// \n"}};
  fixit.keeps_meaning = true;
  fixit.verdict = {base::Verdict::Kind::Accepted, "", 1};
  finding.fixits = {fixit};
  return {finding};
}

}  // namespace

TEST_CASE("a report is read as it was written") {
  const TemporaryDirectory directory;
  base::SourceFiles sources;
  const auto findings = example(sources);
  const ReportedUnit unit{"/p/src/lib.rs", true};
  REQUIRE(!write_reports(directory.path() + "/findings-0f.json",
                         {report_of(findings[0], sources, unit)}));
  REQUIRE(!write_reports(directory.path() + "/findings-0e.json", {}));
  const Reports reports = read_reports(directory.path());
  CHECK(reports.problems.empty());
  REQUIRE(reports.findings.size() == 1);
  const ReportedFinding& finding = reports.findings[0];
  CHECK(finding == report_of(findings[0], sources, unit));
  CHECK(finding.label == "here");
  CHECK(finding.labels.at(0).text == "and here");
  CHECK(finding.notes.at(0).path.empty());
  CHECK(finding.notes.at(1).begin == 4);
  CHECK(finding.explained_errors.size() == 2);
  CHECK(finding.path == "/p/src/a.rs");
  CHECK(finding.line == 2);
  CHECK(finding.column == 5);
  CHECK(finding.explains == 2);
  REQUIRE(finding.fixes.size() == 1);
  CHECK(finding.fixes[0].verdict == base::Verdict::Kind::Accepted);
  CHECK(finding.fixes[0].edits[0].old_text == "old");
  CHECK(*report_from_json(*parse_json(report_to_json(finding))) == finding);
}

TEST_CASE("reports that are none are passed over and named") {
  const TemporaryDirectory directory;
  base::SourceFiles sources;
  REQUIRE(!write_reports(directory.path() + "/findings-9.json",
                         {report_of(example(sources)[0], sources)}));
  const std::string good = report_to_json(read_reports(directory.path()).findings.at(0));
  const auto with = [&good](std::string_view from, std::string_view to) {
    std::string text = "[" + good + "]";
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  const std::vector<std::string> broken = {
      "",
      "{",
      "{}",
      "[1]",
      std::string(1'000'000, '['),
      std::string("\0\0", 2),
      good,
      "[" + good,
      with("\"begin\":14", "\"begin\":-1"),
      with("\"begin\":14", "\"begin\":99999999999"),
      with("\"end\":17", "\"end\":3"),
      with("\"accepted\"", "\"fine\""),
      with("\"old_text\":\"old\"", "\"old_text\":\"older\""),
      with("\"keeps_meaning\":true", "\"keeps_meaning\":1"),
      with("\"edits\":[", "\"edits\":[7,"),
  };
  for (size_t i = 0; i < broken.size(); ++i) {
    directory.write("findings-" + std::to_string(100 + i) + ".json", broken[i]);
  }
  directory.write("findings-x.json.temp", "not a report");
  REQUIRE(mkfifo((directory.path() + "/findings-pipe.json").c_str(), 0600) == 0);
  const Reports reports = read_reports(directory.path());
  CHECK(reports.findings.size() == 1);
  CHECK(reports.problems.size() == broken.size() + 1);
}

TEST_CASE("a directory that is not there") {
  CHECK(read_reports("/nowhere/at/all").problems.size() == 1);
}

TEST_CASE("text that is not UTF-8 is kept from being applied, not from being written") {
  ReportedFinding finding;
  finding.fixes.push_back({});
  finding.fixes[0].edits.push_back({"/a", 0, 1, "\xff", "x"});
  auto back = report_from_json(*parse_json(report_to_json(finding)));
  CHECK(!back);
  llvm::consumeError(back.takeError());
}
