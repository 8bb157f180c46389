#include "plugin/lsp/positions.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

namespace jaa::lsp {
namespace {

constexpr Encoding Utf8 = Encoding::Utf8;
constexpr Encoding Utf16 = Encoding::Utf16;

TEST_CASE("characters are bytes or UTF-16 units") {
  const std::string text = "aé\u20ac😀b\nx";  // of 1, 2, 3, 4 and 1 bytes
  const Lines lines(text);
  const uint32_t offsets[] = {0, 1, 3, 6, 10, 11};
  const uint32_t units[] = {0, 1, 2, 3, 5, 6};
  for (size_t at = 0; at < 6; ++at) {
    CHECK(lines.position(text, offsets[at], Utf8) == Position{0, offsets[at]});
    CHECK(lines.position(text, offsets[at], Utf16) == Position{0, units[at]});
    CHECK(lines.offset(text, {0, offsets[at]}, Utf8) == offsets[at]);
    CHECK(lines.offset(text, {0, units[at]}, Utf16) == offsets[at]);
  }
  CHECK(lines.position(text, 12, Utf16) == Position{1, 0});
}

TEST_CASE("within a character is its beginning") {
  const std::string text = "a😀b";
  const Lines lines(text);
  CHECK(lines.offset(text, {0, 2}, Utf16) == 1);  // between the surrogates
  CHECK(lines.offset(text, {0, 3}, Utf8) == 1);
  CHECK(lines.position(text, 3, Utf16) == Position{0, 1});
  CHECK(lines.position(text, 3, Utf8) == Position{0, 1});
}

TEST_CASE("behind the end of a line is its end, behind the last line nothing") {
  const std::string text = "ab\r\ncd\re\n";
  const Lines lines(text);
  CHECK(lines.count() == 4);
  CHECK(lines.offset(text, {0, 99}, Utf16) == 2);
  CHECK(lines.offset(text, {1, 99}, Utf16) == 6);
  CHECK(lines.offset(text, {2, 1}, Utf16) == 8);
  CHECK(lines.offset(text, {3, 0}, Utf16) == 9);
  CHECK(lines.offset(text, {3, 5}, Utf16) == 9);
  CHECK_FALSE(lines.offset(text, {4, 0}, Utf16));
  CHECK(lines.position(text, 1000, Utf8) == Position{3, 0});
  const Lines none("");
  CHECK(none.offset("", {0, 7}, Utf8) == 0);
  CHECK(none.position("", 3, Utf8) == Position{0, 0});
}

TEST_CASE("bytes that are no UTF-8 count for one each") {
  const std::string text = "a\xff\xc3z\x80\xf0\x9f";
  const Lines lines(text);
  CHECK(lines.position(text, 1, Utf16) == Position{0, 1});
  CHECK(lines.position(text, 2, Utf16) == Position{0, 2});
  CHECK(lines.position(text, 3, Utf16) == Position{0, 3});
  CHECK(lines.offset(text, {0, 4}, Utf16) == 4);
  CHECK(lines.offset(text, {0, 100}, Utf16) == text.size());
}

TEST_CASE("offsets come back from their positions") {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    const char* const pieces[] = {"a", "é", "😀", "\n", "\r\n", "\r", "\u20ac"};
    std::string text;
    std::vector<uint32_t> starts;
    for (int piece = 0; piece < 20; ++piece) {
      starts.push_back(static_cast<uint32_t>(text.size()));
      text += pieces[static_cast<uint32_t>(random()) % std::size(pieces)];
    }
    const Lines lines(text);
    for (const uint32_t start : starts) {
      for (const Encoding encoding : {Utf8, Utf16}) {
        // Between the two of a line end there is no position.
        const bool is_split =
            start > 0 && start < text.size() && text[start - 1] == '\r' && text[start] == '\n';
        if (!is_split) {
          REQUIRE(lines.offset(text, lines.position(text, start, encoding), encoding) == start);
        }
      }
    }
  }
}

TEST_CASE("edited lines are those of the edited text") {
  for (uint32_t seed = 0; seed < 3000; ++seed) {
    std::mt19937 random(seed);
    const auto make = [&random](uint32_t most) {
      std::string text;
      for (uint32_t left = static_cast<uint32_t>(random()) % (most + 1); left > 0; --left) {
        text += "a\r\n\r\nb"[static_cast<uint32_t>(random()) % 6];
      }
      return text;
    };
    std::string text = make(24);
    Lines lines(text);
    for (int round = 0; round < 8; ++round) {
      const auto begin = static_cast<uint32_t>(static_cast<uint32_t>(random()) % (text.size() + 1));
      const auto end = begin + static_cast<uint32_t>(static_cast<uint32_t>(random()) %
                                                     (text.size() + 1 - begin));
      const std::string inserted = make(static_cast<uint32_t>(random()) % 2 == 0 ? 2 : 6);
      text.replace(begin, end - begin, inserted);
      lines.edit(text, {begin, end}, static_cast<uint32_t>(inserted.size()));
      const Lines fresh(text);
      REQUIRE(lines.count() == fresh.count());
      for (uint32_t line = 0; line < fresh.count(); ++line) {
        REQUIRE(lines.offset(text, {line, 0}, Utf8) == fresh.offset(text, {line, 0}, Utf8));
      }
    }
  }
}

}  // namespace
}  // namespace jaa::lsp
