#include "plugin/rustc/text_edits.h"

#include <doctest/doctest.h>

namespace jaa::plugin {
namespace {

std::string applied(std::string text, const std::vector<ReportedEdit>& edits) {
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    CHECK(text.substr(edit->begin, edit->end - edit->begin) == edit->old_text);
    text.replace(edit->begin, edit->end - edit->begin, edit->text);
  }
  return text;
}

TEST_CASE("a word where a word differs, lines where there are more or fewer") {
  const std::string before = "use a;\n\nfn one() {\n    two();\n}\nfn two() {}\n";
  const std::string after =
      "use a;\n\nasync fn one() {\n    two().await;\n}\nasync fn two() {}\nfn more() {}\n";
  const std::vector<ReportedEdit> edits = edits_between("/p/a.rs", before, after);
  REQUIRE(edits.size() == 3);
  CHECK(edits[0] == ReportedEdit{"/p/a.rs", 8, 8, "", "async "});
  CHECK(edits[1] == ReportedEdit{"/p/a.rs", 28, 28, "", ".await"});
  CHECK(edits[2].begin == 32);
  CHECK(applied(before, edits) == after);
}

TEST_CASE("texts with nothing in common, and equal ones") {
  CHECK(edits_between("/p/a.rs", "a\n", "a\n").empty());
  for (const auto& [before, after] : std::vector<std::pair<std::string, std::string>>{
           {"", "a\nb"}, {"a\nb", ""}, {"a\r\nb\r\n", "a\r\nb.c\r\nd\r\n"}, {"é", "è\n"}}) {
    CHECK(applied(before, edits_between("/p/a.rs", before, after)) == after);
  }
}

}  // namespace
}  // namespace jaa::plugin
