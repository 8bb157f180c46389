#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <vector>

#include "base/large_memory.h"
#include "llvm/Support/ErrorHandling.h"

namespace jaa::base {
namespace {

constexpr size_t HugePage = size_t{2} << 20;

size_t mapped_size(size_t bytes) {
  return (bytes + HugePage - 1) / HugePage * HugePage;
}

char* map(size_t size) {
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

// Pieces that were given back, for the next who wants one of that size. A page from the
// system comes cleared, and on a virtual machine it may first have to come from the
// machine around it: that takes ten times longer than to fill it, and one thread waits
// for the other.
class Spares {
 public:
  // Null where there is none.
  char* take(size_t size) {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(pieces_.begin(), pieces_.end(),
                                    [&](const Piece& piece) { return piece.size == size; });
    if (found == pieces_.end()) {
      return nullptr;
    }
    char* memory = found->memory;
    *found = pieces_.back();
    pieces_.pop_back();
    bytes_ -= size;
    return memory;
  }
  // False: there are enough.
  bool keep(char* memory, size_t size) {
    constexpr size_t MostBytes = size_t{256} << 20;
    const std::lock_guard lock(mutex_);
    if (bytes_ + size > MostBytes) {
      return false;
    }
    pieces_.push_back({memory, size});
    bytes_ += size;
    return true;
  }

 private:
  struct Piece {
    char* memory;
    size_t size;
  };
  std::mutex mutex_;
  std::vector<Piece> pieces_;
  size_t bytes_ = 0;
};

// Never destroyed: memory may be given back after our static objects are gone.
Spares& spares() {
  static Spares& instance = *new Spares;
  return instance;
}

char* map_or_take(size_t size) {
  char* memory = spares().take(size);
  return memory != nullptr ? memory : map(size);
}

}  // namespace

char* allocate_large(size_t bytes) {
  char* memory = bytes < HugePage                  ? static_cast<char*>(std::malloc(bytes))
                 : bytes > SIZE_MAX - 2 * HugePage ? nullptr
                                                   : map_or_take(mapped_size(bytes));
  if (memory == nullptr) {
    llvm::report_bad_alloc_error("large memory");
  }
  return memory;
}

void free_large(char* memory, size_t bytes) {
  if (bytes < HugePage) {
    std::free(memory);
  } else if (!spares().keep(memory, mapped_size(bytes))) {
    munmap(memory, mapped_size(bytes));
  }
}

}  // namespace jaa::base
