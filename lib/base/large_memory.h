// Memory in large pieces, straight from the system.
//
// Pieces of 2 MiB and more ask for huge pages: the readers write more than they compute,
// and a fault for each 4 KiB page would be their main cost. An allocator that keeps and
// splits such pieces would also change how much of the process is mapped over and over,
// and threads wait for each other there. What is given back, up to 256 MiB, stays with
// the process and is handed out again.
#pragma once

#include <cstddef>
#include <vector>

namespace jaa::base {

// Smaller pieces are the allocator's. No memory: the program ends with a message.
[[nodiscard]] char* allocate_large(size_t bytes);
void free_large(char* memory, size_t bytes);

template <class T>
struct LargeAllocator {
  using value_type = T;
  LargeAllocator() = default;
  template <class U>
  LargeAllocator(const LargeAllocator<U>& /*other*/) {}
  [[nodiscard]] T* allocate(size_t count) {
    return reinterpret_cast<T*>(allocate_large(count * sizeof(T)));
  }
  void deallocate(T* memory, size_t count) {
    free_large(reinterpret_cast<char*>(memory), count * sizeof(T));
  }
  friend bool operator==(LargeAllocator /*a*/, LargeAllocator /*b*/) { return true; }
};

// A vector that may become long.
template <class T>
using LargeVector = std::vector<T, LargeAllocator<T>>;

}  // namespace jaa::base
