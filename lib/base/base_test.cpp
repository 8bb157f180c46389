#include <doctest/doctest.h>

#include "base/finding.h"
#include "base/id.h"
#include "base/source_files.h"

namespace jaa::base {
namespace {

TEST_CASE("positions count Unicode scalars and survive CRLF and a BOM") {
  SourceFiles files;
  const FileId file = files.add("/p/a.rs", "a.rs",
                                "\xEF\xBB\xBF"
                                "let é = 1;\r\nx\r\n");
  CHECK(files.line_count(file) == 3);
  CHECK(files.line_text(file, 2) == "x");
  const auto place = files.line_column(file, 9);
  CHECK(place == LineColumn{1, 7});
  CHECK(files.offset(file, place) == 9U);
  CHECK_FALSE(files.offset(file, {1, 200}).has_value());
  CHECK_FALSE(files.offset(file, {9, 1}).has_value());
  CHECK(files.add("/p/a.rs", "other", "other") == file);
}

TEST_CASE("edits apply from any order and refuse what does not fit") {
  SourceFiles files;
  const FileId file = files.add("/p/a.rs", "a.rs", "abcdef");
  const std::vector<Edit> edits{{{file, 4, 5}, "E"}, {{file, 1, 1}, "+"}, {{file, 1, 2}, "B"}};
  CHECK(apply_edits(files, file, edits) == "a+BcdEf");
  CHECK_FALSE(apply_edits(files, file, {{{file, 1, 3}, ""}, {{file, 2, 4}, ""}}).has_value());
  CHECK_FALSE(apply_edits(files, file, {{{file, 1, 30}, ""}}).has_value());
}

TEST_CASE("a store hands out ids in order") {
  struct Tag;
  Store<Id<Tag>, int> store;
  const auto first = store.add(7);
  const auto second = store.add(8);
  CHECK(first < second);
  CHECK(store[second] == 8);
  CHECK_FALSE(store.contains(Id<Tag>()));
}

TEST_CASE("edits of edits are edits") {
  SourceFiles files;
  const FileId file = files.add("/p/a.rs", "a.rs", "abcdefgh");
  const auto edit = [file](uint32_t begin, uint32_t end, std::string text) {
    return Edit{{file, begin, end}, std::move(text)};
  };
  struct Row {
    std::vector<Edit> first;
    std::vector<Edit> second;  // of the text that the first made
    std::string_view result;
  };
  const std::vector<Row> rows{
      {{edit(2, 2, "12")}, {edit(6, 6, "!")}, "ab12cd!efgh"},         // behind
      {{edit(2, 2, "12")}, {edit(1, 1, "!")}, "a!b12cdefgh"},         // before
      {{edit(2, 4, "12345")}, {edit(4, 5, "!")}, "ab12!45efgh"},      // within
      {{edit(2, 4, "")}, {edit(1, 3, "!")}, "a!fgh"},                 // around
      {{edit(1, 2, "xy"), edit(5, 6, "")}, {edit(0, 7, "-")}, "-h"},  // over both
      {{edit(1, 1, "x"), edit(6, 6, "y")}, {edit(4, 4, "1"), edit(8, 8, "2")}, "axbc1defy2gh"},
      {{}, {edit(1, 2, "x")}, "axcdefgh"},
      {{edit(1, 2, "x")}, {}, "axcdefgh"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.result);
    const auto composed = compose_edits(files, row.first, row.second);
    REQUIRE(composed.has_value());
    CHECK(apply_edits(files, file, *composed) == std::string(row.result));
  }
  CHECK_FALSE(compose_edits(files, {edit(0, 1, "")}, {edit(7, 9, "")}).has_value());
}

}  // namespace
}  // namespace jaa::base
