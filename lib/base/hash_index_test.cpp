#include "base/hash_index.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace jaa::base {
namespace {

// Words, each kept once, under a hash of the caller's choice.
struct Words {
  std::vector<std::string> all;
  HashIndex index;
  uint32_t add(uint64_t hash, const std::string& word) {
    return index.find_or_add(
        hash, [&](uint32_t number) { return all[number] == word; },
        [&] {
          all.push_back(word);
          return static_cast<uint32_t>(all.size() - 1);
        });
  }
};

TEST_CASE("equal things are found again, however many there are") {
  Words words;
  const auto hash = [](uint32_t number) { return uint64_t{number} * 0x9E3779B97F4A7C15U; };
  for (uint32_t number = 0; number < 10'000; ++number) {
    CHECK(words.add(hash(number), std::to_string(number)) == number);
  }
  for (uint32_t number = 0; number < 10'000; ++number) {
    CHECK(words.add(hash(number), std::to_string(number)) == number);
  }
  CHECK(words.all.size() == 10'000);
  CHECK(words.index.bytes() > 10'000 * sizeof(uint32_t));
}

TEST_CASE("hashes that collide do not make things equal") {
  Words words;
  for (const uint64_t hash : {uint64_t{0}, ~uint64_t{0}, uint64_t{1} << 32, uint64_t{63}}) {
    for (int number = 0; number < 200; ++number) {
      words.add(hash, std::to_string(hash) + " " + std::to_string(number));
    }
  }
  CHECK(words.all.size() == 800);
  CHECK(words.add(0, "0 7") == 7);
  CHECK(words.add(~uint64_t{0}, std::to_string(~uint64_t{0}) + " 7") == 207);
}

TEST_CASE("making one thing may add others") {
  Words words;
  const uint32_t outer = words.index.find_or_add(
      1, [&](uint32_t number) { return words.all[number] == "outer"; },
      [&] {
        for (int number = 0; number < 100; ++number) {
          words.add(static_cast<uint64_t>(number), std::to_string(number));
        }
        words.all.emplace_back("outer");
        return static_cast<uint32_t>(words.all.size() - 1);
      });
  CHECK(outer == 100);
  CHECK(words.add(1, "outer") == 100);
  CHECK(words.add(1, "1") == 1);
}

TEST_CASE("a cleared index finds nothing and can be filled again") {
  Words words;
  words.add(5, "a");
  words.index.clear();
  CHECK(words.index.bytes() == 0);
  CHECK(words.add(5, "a") == 1);
  CHECK(words.add(5, "a") == 1);
}

}  // namespace
}  // namespace jaa::base
