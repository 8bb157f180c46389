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

}  // namespace
}  // namespace jaa::base
