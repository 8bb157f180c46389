#include "base/arena.h"
#include "base/large_memory.h"

#include <doctest/doctest.h>

#include <numeric>
#include <utility>
#include <vector>

namespace jaa::base {
namespace {

TEST_CASE("large memory that is given back is handed out again, to who wants that size") {
  constexpr size_t Mib = size_t{1} << 20;
  char* piece = allocate_large(12 * Mib - 5);
  char* other = allocate_large(14 * Mib);
  CHECK(reinterpret_cast<uintptr_t>(piece) % (2 * Mib) == 0);
  std::memset(piece, 1, 12 * Mib - 5);
  std::memset(other, 2, 14 * Mib);
  CHECK(piece[12 * Mib - 6] == 1);
  free_large(piece, 12 * Mib - 5);
  char* larger = allocate_large(12 * Mib + 1);
  CHECK(larger != piece);
  char* same = allocate_large(12 * Mib);
  CHECK(same == piece);
  CHECK(other[14 * Mib - 1] == 2);
  free_large(larger, 12 * Mib + 1);
  free_large(same, 12 * Mib);
  free_large(other, 14 * Mib);
}

TEST_CASE("a long vector keeps what is in it while it grows") {
  LargeVector<size_t> numbers;
  for (size_t number = 0; number < (size_t{1} << 20); ++number) {
    numbers.push_back(number * number);
  }
  for (size_t number = 0; number < numbers.size(); ++number) {
    REQUIRE(numbers[number] == number * number);
  }
}

TEST_CASE("what is allocated is aligned and apart") {
  Arena arena;
  CHECK(arena.used() == 0);
  std::vector<std::pair<char*, size_t>> pieces;
  for (size_t size = 1; size < 400; ++size) {
    for (const size_t alignment : {1U, 2U, 8U, 64U}) {
      char* piece = static_cast<char*>(arena.allocate(size, alignment));
      CHECK(reinterpret_cast<uintptr_t>(piece) % alignment == 0);
      std::memset(piece, static_cast<int>(pieces.size() & 0x7F), size);
      pieces.emplace_back(piece, size);
    }
  }
  for (size_t index = 0; index < pieces.size(); ++index) {
    const auto [piece, size] = pieces[index];
    CHECK((piece[0] == static_cast<char>(index & 0x7F) &&
           piece[size - 1] == static_cast<char>(index & 0x7F)));
  }
  CHECK(arena.used() >= size_t{399} * 200 * 4);
}

TEST_CASE("copies are good when the original is gone, however large") {
  Arena arena;
  std::vector<llvm::ArrayRef<uint32_t>> copies;
  for (const size_t count : {0U, 1U, 1000U, 100'000U, 5'000'000U, 3U}) {
    std::vector<uint32_t> values(count);
    std::iota(values.begin(), values.end(), static_cast<uint32_t>(count));
    copies.push_back(arena.copy(llvm::ArrayRef<uint32_t>(values)));
    CHECK(copies.back().size() == count);
  }
  CHECK(copies[2][999] == 1999);
  CHECK(copies[4].back() == 9'999'999);
  CHECK(copies[5][2] == 5);
  std::string text = "a name";
  const std::string_view kept = arena.copy(text);
  text.assign("other!");
  CHECK(kept == "a name");
  CHECK(arena.copy(std::string_view()).empty());
}

TEST_CASE("a reset arena is used again, and a moved one keeps its places") {
  Arena arena;
  (void)arena.allocate(1000, 8);
  void* large = arena.allocate(size_t{3} << 20, 8);
  (void)arena.allocate(10, 8);
  arena.reset();
  CHECK(arena.used() == 0);
  // The largest slab was kept.
  CHECK(arena.allocate(size_t{3} << 20, 8) == large);
  arena.reset();
  arena.reset();

  const std::string_view text = arena.copy("a name");
  Arena other = std::move(arena);
  CHECK(text == "a name");
  CHECK(other.used() >= 6);
  CHECK(arena.used() == 0);  // NOLINT: it is as good as new
  CHECK(arena.copy("more") == "more");
  other = std::move(arena);
  CHECK(other.used() >= 4);
  Arena& same = other;
  other = std::move(same);
  CHECK(other.used() >= 4);
  Arena empty;
  empty.reset();
  CHECK(empty.used() == 0);
}

}  // namespace
}  // namespace jaa::base
