#include "render/json.h"

#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "render/applicability.h"
#include "render/jsonl.h"
#include "render/sample_test.h"
#include "rustc/diagnostic.h"

namespace jaa::render {
namespace {

using Json = nlohmann::json;
using Kind = base::Verdict::Kind;
using enum base::Applicability;

TEST_CASE("applicability follows from the verdict") {
  struct Row {
    Kind kind;
    bool keeps_meaning;
    bool has_placeholders;
    base::Applicability expected;
  };
  for (const Row& row : {
           Row{Kind::Accepted, true, false, MachineApplicable},
           Row{Kind::Accepted, true, true, HasPlaceholders},
           Row{Kind::Accepted, false, false, MaybeIncorrect},
           Row{Kind::Accepted, false, true, HasPlaceholders},
           Row{Kind::Untried, true, false, MaybeIncorrect},
           Row{Kind::Untried, true, true, HasPlaceholders},
           Row{Kind::Untried, false, false, MaybeIncorrect},
           Row{Kind::Untried, false, true, HasPlaceholders},
           Row{Kind::Unknown, true, false, MaybeIncorrect},
           Row{Kind::Unknown, true, true, HasPlaceholders},
           Row{Kind::Unknown, false, false, MaybeIncorrect},
           Row{Kind::Unknown, false, true, HasPlaceholders},
           Row{Kind::Rejected, true, false, Unspecified},
           Row{Kind::Rejected, true, true, Unspecified},
           Row{Kind::Rejected, false, false, Unspecified},
           Row{Kind::Rejected, false, true, Unspecified},
       }) {
    base::FixIt fix;
    fix.verdict.kind = row.kind;
    fix.keeps_meaning = row.keeps_meaning;
    fix.has_placeholders = row.has_placeholders;
    CAPTURE(verdict_name(row.kind));
    CHECK(applicability(fix) == row.expected);
  }
}

TEST_CASE("one fix of a finding at most is for machines") {
  base::Finding finding;
  finding.fixits.resize(3);
  for (base::FixIt& fix : finding.fixits) {
    fix.verdict.kind = Kind::Accepted;
    fix.keeps_meaning = true;
  }
  finding.fixits[0].verdict.kind = Kind::Unknown;
  CHECK(applicabilities(finding) == std::vector{MaybeIncorrect, MachineApplicable, MaybeIncorrect});
}

TEST_CASE("the JSON is one line that our own reader and its golden agree with") {
  const auto sample = sample::make();
  const std::string line = render_rustc_json(sample.finding, sample.sources);
  CHECK(line.find('\n') == std::string::npos);
  std::string problem;
  const auto diagnostic = rustc::read_diagnostic_line(line, &problem);
  REQUIRE(diagnostic.has_value());
  CHECK(problem.empty());
  CHECK(diagnostic->code == "just_async::guard_across_await");
  CHECK(diagnostic->rendered == render_text(sample.finding, sample.sources));
  sample::check_golden("guard.json", Json::parse(line).dump(2) + "\n");
  sample::check_golden("guard.jsonl", render_jsonl(sample.finding, sample.sources) + "\n");
}

TEST_CASE("columns count scalars and lines say what the span covers") {
  const auto sample = sample::make();
  const Json json = Json::parse(render_rustc_json(sample.finding, sample.sources));
  const Json& primary = json["spans"][0];
  CHECK(primary["column_start"] == 28);
  CHECK(primary["byte_end"].get<int>() - primary["byte_start"].get<int>() == 6);
  CHECK(primary["text"][0]["highlight_start"] == 28);
  CHECK(primary["text"][0]["highlight_end"] == 34);
}

// What rust-analyzer makes of a diagnostic: one code action a child, of all the
// child's primary spans whose replacement is not said to be incomplete.
std::string editor_view(const Json& diagnostic) {
  const auto place = [](const Json& span) {
    return span["file_name"].get<std::string>() + ":" +
           std::to_string(span["line_start"].get<int>()) + ":" +
           std::to_string(span["column_start"].get<int>()) + "-" +
           std::to_string(span["line_end"].get<int>()) + ":" +
           std::to_string(span["column_end"].get<int>());
  };
  std::string text;
  const std::string code = diagnostic["code"]["code"];
  const size_t colons = code.find("::");
  text += "source " + code.substr(0, colons) + ", code " + code.substr(colons + 2) + "\n";
  for (const Json& span : diagnostic["spans"]) {
    text += (span["is_primary"] ? "at " : "related ") + place(span) + "\n";
  }
  for (const Json& child : diagnostic["children"]) {
    std::string title;
    std::string edits;
    bool is_preferred = true;
    for (const Json& span : child["spans"]) {
      const Json& how = span["suggestion_applicability"];
      const bool is_offered =
          how.is_null() || how == "MachineApplicable" || how == "MaybeIncorrect";
      if (!span["is_primary"] || span["suggested_replacement"].is_null() || !is_offered) {
        continue;
      }
      const std::string replacement = Json(span["suggested_replacement"]).dump();
      title +=
          (title.empty() ? ": `" : ", `") + replacement.substr(1, replacement.size() - 2) + "`";
      edits += "  " + place(span) + " " + replacement + "\n";
      is_preferred = is_preferred && how == "MachineApplicable";
    }
    const std::string message = child["message"];
    if (edits.empty()) {
      text += (child["spans"].empty() ? "line " : "related ") + message + "\n";
    } else {
      text += (is_preferred ? "preferred action " : "action ") + message + title + "\n" + edits;
    }
  }
  return text;
}

TEST_CASE("editors get one code action for each fix") {
  const auto sample = sample::make();
  const Json json = Json::parse(render_rustc_json(sample.finding, sample.sources));
  sample::check_golden("guard.editor.txt", editor_view(json));
}

TEST_CASE("the edits of a child do not overlap, agree on applicability, and apply") {
  const auto sample = sample::make();
  const Json json = Json::parse(render_rustc_json(sample.finding, sample.sources));
  size_t fixes = 0;
  for (const Json& child : json["children"]) {
    const Json& spans = child["spans"];
    if (spans.size() < 2) {
      continue;
    }
    // Where the fix is offered.
    CHECK(spans[0]["suggested_replacement"].is_null());
    for (const char* key : {"file_name", "byte_start", "byte_end", "is_primary"}) {
      CHECK(spans[0][key] == json["spans"][0][key]);
    }
    std::map<std::string, std::vector<base::Edit>> files;
    for (size_t index = 1; index < spans.size(); ++index) {
      const Json& span = spans[index];
      CHECK(span["is_primary"] == true);
      CHECK(span["suggestion_applicability"] == spans[1]["suggestion_applicability"]);
      const std::string name = span["file_name"];
      const auto file = name == "src/guard.rs" ? sample.guard : sample.caller;
      files[name].push_back(
          {{file, span["byte_start"], span["byte_end"]}, span["suggested_replacement"]});
    }
    CHECK(spans[1]["file_name"] == "src/guard.rs");
    const base::FixIt& fix = sample.finding.fixits[fixes++];
    CHECK(child["message"] == fix.title);
    for (const auto& [name, edits] : files) {
      const base::FileId file = edits.front().span.file;
      CHECK(base::apply_edits(sample.sources, file, edits) ==
            base::apply_edits(sample.sources, file, fix.edits));
    }
  }
  CHECK(fixes == 4);
}

TEST_CASE("fixes of one title are told apart, and odd findings stay valid JSON") {
  auto sample = sample::make();
  sample.finding.fixits[1].title = sample.finding.fixits[0].title;
  sample.finding.fixits[2].edits[0].span.end = 9999;
  sample.finding.message = "\xFF\xC3";
  sample.finding.primary.span = {sample.guard, 7, 99999};
  const Json json = Json::parse(render_rustc_json(sample.finding, sample.sources), nullptr, false);
  REQUIRE(json.is_object());
  CHECK(json["message"] == "\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(json["children"].size() == 5);
  CHECK(json["children"][3]["message"] == "drop the guard before the await (scope)");
  sample.finding.primary.span = {};
  const Json placeless = Json::parse(render_jsonl(sample.finding, sample.sources), nullptr, false);
  REQUIRE(placeless.is_object());
  CHECK(placeless["file"].is_null());
  CHECK(placeless["line"] == 0);
}

}  // namespace
}  // namespace jaa::render
