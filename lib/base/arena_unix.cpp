#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/arena.h"
#include "llvm/Support/ErrorHandling.h"

namespace jaa::base {
namespace {

constexpr size_t FirstSlab = size_t{16} << 10;
constexpr size_t LargestSlab = size_t{8} << 20;
constexpr size_t HugePage = size_t{2} << 20;

// Large slabs come from the system itself: an allocator that keeps and splits them would
// change how much of the process is mapped over and over, and threads wait for each other
// there.
char* map_slab(size_t size) {
  constexpr int Protection = PROT_READ | PROT_WRITE;
  constexpr int Flags = MAP_PRIVATE | MAP_ANONYMOUS;
  void* mapped = mmap(nullptr, size + HugePage, Protection, Flags, -1, 0);
  if (mapped == MAP_FAILED) {
    return nullptr;
  }
  // Huge pages need their own alignment; what is before and behind goes back.
  const auto address = reinterpret_cast<uintptr_t>(mapped);
  const size_t before = (HugePage - address % HugePage) % HugePage;
  char* memory = static_cast<char*>(mapped) + before;
  if (before > 0) {
    munmap(mapped, before);
  }
  munmap(memory + size, HugePage - before);
  // Only a wish: where it is not granted the memory is as good, and slower.
  madvise(memory, size, MADV_HUGEPAGE);
  return memory;
}

char* new_slab(size_t size) {
  return size < HugePage ? static_cast<char*>(std::malloc(size)) : map_slab(size);
}

void free_slab(char* memory, size_t size) {
  if (size < HugePage) {
    std::free(memory);
  } else {
    munmap(memory, size);
  }
}

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
  char* memory = new_slab(size);
  if (memory == nullptr) {
    llvm::report_bad_alloc_error("arena");
  }
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
    free_slab(slab.memory, slab.size);
  }
  slabs_.clear();
}

}  // namespace jaa::base
