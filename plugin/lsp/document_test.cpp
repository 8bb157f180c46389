#include "plugin/lsp/document.h"

#include <doctest/doctest.h>

#include <random>

namespace jaa::lsp {
namespace {

Document make(std::string text) {
  return {"file:///a.rs", "/a.rs", 1, std::move(text)};
}

TEST_CASE("an edit changes text, lines and tree, and what stands keeps its place") {
  Document document = make("fn a() {}\nfn b() {}\n");
  CHECK_FALSE(document.is_dirty());
  CHECK(document.edit({0, 3}, {0, 4}, "long\nname", Encoding::Utf16));
  CHECK(document.text() == "fn long\nname() {}\nfn b() {}\n");
  CHECK(document.saved_text() == "fn a() {}\nfn b() {}\n");
  CHECK(document.is_dirty());
  CHECK(document.lines().count() == 4);
  CHECK(document.tree().text() == document.text());
  CHECK(document.to_present({10, 19}) == TextRange{18, 27});
  CHECK(document.to_saved({18, 27}) == TextRange{10, 19});
  CHECK_FALSE(document.to_present({0, 9}));
}

TEST_CASE("a range that is not there changes nothing") {
  Document document = make("ab\n");
  CHECK_FALSE(document.edit({0, 0}, {2, 0}, "x", Encoding::Utf8));
  CHECK_FALSE(document.edit({1, 0}, {0, 0}, "x", Encoding::Utf8));
  CHECK(document.text() == "ab\n");
}

TEST_CASE("the whole text sent anew keeps what is the same at both ends") {
  Document document = make("one two three");
  document.replace("one 2 three");
  CHECK(document.to_present({0, 3}) == TextRange{0, 3});
  CHECK(document.to_present({8, 13}) == TextRange{6, 11});
  CHECK_FALSE(document.to_present({4, 7}));
  document.replace("one two three");
  CHECK_FALSE(document.is_dirty());
  CHECK(document.to_present({4, 7}) == TextRange{4, 7});
}

TEST_CASE("saved, and changed on disk by somebody else") {
  Document document = make("abcdef");
  CHECK(document.edit({0, 2}, {0, 3}, "XY", Encoding::Utf8));
  document.set_saved();
  CHECK_FALSE(document.is_dirty());
  CHECK(document.to_present({2, 4}) == TextRange{2, 4});
  document.set_on_disk("abXYdefg");
  CHECK(document.is_dirty());
  CHECK(document.to_present({0, 7}) == TextRange{0, 7});
  CHECK_FALSE(document.to_present({6, 8}));
  document.set_on_disk("abXYdef");
  CHECK_FALSE(document.is_dirty());
}

TEST_CASE("any edits lead to the same as a document opened with their result") {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    std::mt19937 random(seed);
    const std::string pieces[] = {"fn f() { g().await; }\n", "😀", "\r\n", "{", "}", "é ", "\r"};
    std::string text = "fn main() {}\n";
    Document document = make(text);
    for (int round = 0; round < 30; ++round) {
      const auto count = static_cast<uint32_t>(text.size());
      const Position begin =
          document.position(static_cast<uint32_t>(random() % (count + 1)), Encoding::Utf16);
      const Position end =
          document.position(static_cast<uint32_t>(random() % (count + 1)), Encoding::Utf16);
      const std::string& piece = pieces[random() % std::size(pieces)];
      const auto from = document.offset(std::min(begin, end), Encoding::Utf16);
      const auto to = document.offset(std::max(begin, end), Encoding::Utf16);
      REQUIRE(from);
      REQUIRE(to);
      text.replace(*from, *to - *from, piece);
      REQUIRE(document.edit(std::min(begin, end), std::max(begin, end), piece, Encoding::Utf16));
      REQUIRE(document.text() == text);
      REQUIRE(document.lines().count() == Lines(text).count());
    }
    CHECK(document.tree().root().end() <= text.size());
  }
}

}  // namespace
}  // namespace jaa::lsp
