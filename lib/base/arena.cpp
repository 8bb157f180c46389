#include <algorithm>
#include <utility>

#include "base/arena.h"
#include "base/large_memory.h"

namespace jaa::base {
namespace {

constexpr size_t FirstSlab = size_t{16} << 10;
constexpr size_t LargestSlab = size_t{8} << 20;

}  // namespace

Arena& Arena::operator=(Arena&& other) noexcept {
  if (this != &other) {
    release();
    slabs_ = std::exchange(other.slabs_, {});
    at_ = std::exchange(other.at_, nullptr);
    left_ = std::exchange(other.left_, 0);
    used_ = std::exchange(other.used_, 0);
  }
  return *this;
}

void* Arena::allocate_in_new_slab(size_t bytes, size_t alignment) {
  size_t size = slabs_.empty() ? FirstSlab : std::min(slabs_.back().size * 2, LargestSlab);
  while (size < bytes + alignment) {
    size *= 2;
  }
  char* memory = allocate_large(size);
  slabs_.push_back({memory, size});
  at_ = memory;
  left_ = size;
  return allocate(bytes, alignment);
}

void Arena::reset() {
  if (slabs_.empty()) {
    return;
  }
  const auto largest = std::max_element(
      slabs_.begin(), slabs_.end(), [](const Slab& a, const Slab& b) { return a.size < b.size; });
  const Slab kept = *largest;
  slabs_.erase(largest);
  release();
  slabs_ = {kept};
  at_ = kept.memory;
  left_ = kept.size;
  used_ = 0;
}

void Arena::release() {
  for (const Slab& slab : slabs_) {
    free_large(slab.memory, slab.size);
  }
  slabs_.clear();
}

}  // namespace jaa::base
