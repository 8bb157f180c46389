#include "plugin/lsp/text_map.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

namespace jaa::lsp {
namespace {

// The map as it should be: of each byte of the new text, where it was in the old one.
class NaiveMap {
 public:
  static constexpr int64_t Inserted = -1;
  explicit NaiveMap(uint32_t size) {
    for (uint32_t at = 0; at < size; ++at) {
      bytes_.push_back(at);
    }
  }
  void edit(TextRange replaced, uint32_t size) {
    const auto begin = bytes_.begin() + replaced.begin;
    bytes_.erase(begin, bytes_.begin() + replaced.end);
    bytes_.insert(bytes_.begin() + replaced.begin, size, Inserted);
  }
  [[nodiscard]] uint32_t size() const { return static_cast<uint32_t>(bytes_.size()); }
  // The bytes `old` are all there, one behind the other.
  [[nodiscard]] std::optional<TextRange> to_new(TextRange old) const {
    for (uint32_t at = 0; at < size(); ++at) {
      if (bytes_[at] != old.begin) {
        continue;
      }
      for (uint32_t next = 0; next < old.end - old.begin; ++next) {
        if (at + next >= size() || bytes_[at + next] != old.begin + next) {
          return std::nullopt;
        }
      }
      return TextRange{at, at + (old.end - old.begin)};
    }
    return std::nullopt;
  }

 private:
  std::vector<int64_t> bytes_;
};

TEST_CASE("after any edits, what still stands is found where it is") {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    const uint32_t size = static_cast<uint32_t>(random()) % 40;
    TextMap map(size);
    NaiveMap naive(size);
    for (int round = 0; round < 12; ++round) {
      const uint32_t begin =
          static_cast<uint32_t>(random()) % (static_cast<uint32_t>(naive.size()) + 1);
      const uint32_t end = begin + static_cast<uint32_t>(random()) %
                                       (static_cast<uint32_t>(naive.size()) + 1 - begin);
      const uint32_t inserted = static_cast<uint32_t>(random()) % 4;
      map.edit({begin, end}, inserted);
      naive.edit({begin, end}, inserted);
      for (uint32_t from = 0; from < size; ++from) {
        for (uint32_t to = from + 1; to <= size; ++to) {
          const auto found = map.to_new({from, to});
          REQUIRE(found == naive.to_new({from, to}));
          if (found) {
            REQUIRE(map.to_old(*found) == TextRange{from, to});
          }
        }
      }
    }
  }
}

TEST_CASE("an insertion beside a range moves it or leaves it, one within it cuts it") {
  TextMap map(10);
  map.edit({2, 2}, 3);
  CHECK(map.to_new({0, 2}) == TextRange{0, 2});
  CHECK(map.to_new({2, 4}) == TextRange{5, 7});
  CHECK_FALSE(map.to_new({1, 3}));
  CHECK_FALSE(map.to_old({2, 5}));
  CHECK(map.to_old({5, 7}) == TextRange{2, 4});
}

TEST_CASE("what is typed and taken back leaves no trace") {
  TextMap map(10);
  map.edit({5, 5}, 1);
  map.edit({5, 6}, 0);
  CHECK(map.to_new({0, 10}) == TextRange{0, 10});
}

TEST_CASE("a text in too many pieces counts as replaced, and stays so") {
  const auto size = static_cast<uint32_t>(4 * TextMap::MaxPieces);
  TextMap map(size);
  for (uint32_t at = 0; at < 2 * TextMap::MaxPieces; ++at) {
    map.edit({at * 2, at * 2}, 1);
  }
  CHECK_FALSE(map.to_new({size - 2, size - 1}));
}

}  // namespace
}  // namespace jaa::lsp
