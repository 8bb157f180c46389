// What fuzz targets check beyond the sanitizers: conditions, and the memory that reading
// takes in proportion to its input.
#pragma once

#include <sanitizer/allocator_interface.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace jaa::fuzz {

// Ends the program, which is how libFuzzer learns of a finding.
inline void require(bool holds, const char* what) {
  if (!holds) {
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
  }
}

// The input as text; libFuzzer hands out memory of exactly its size, so that reading past
// its end is seen.
inline std::string_view text_of(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Counts what is allocated during its life; the most at any one time may be no more than
// `bytes_per_byte` times the input, and a fixed amount for tables of constant size.
class MemoryWatch {
 public:
  MemoryWatch(size_t input_size, size_t bytes_per_byte, size_t fixed_bytes = size_t{64} << 10U)
      : limit_(static_cast<int64_t>(fixed_bytes + input_size * bytes_per_byte)) {
    static const bool is_installed =
        __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free) > 0;
    require(is_installed, "the allocator can be watched");
    live_ = peak_ = 0;
    is_on_ = true;
  }
  MemoryWatch(const MemoryWatch&) = delete;
  MemoryWatch& operator=(const MemoryWatch&) = delete;
  ~MemoryWatch() {
    is_on_ = false;
    if (peak_ > limit_) {
      std::fprintf(stderr, "%lld bytes of memory, expected at most %lld\n",
                   static_cast<long long>(peak_), static_cast<long long>(limit_));
    }
    require(peak_ <= limit_, "memory is in proportion to the input");
  }

 private:
  static void on_malloc(const volatile void*, size_t size) {
    if (!is_on_) return;
    live_ += static_cast<int64_t>(size);
    peak_ = std::max(peak_, live_);
  }
  static void on_free(const volatile void* memory) {
    if (!is_on_ || memory == nullptr) return;
    live_ -= static_cast<int64_t>(__sanitizer_get_allocated_size(const_cast<const void*>(memory)));
  }

  // libFuzzer's own thread allocates next to nothing.
  static inline thread_local bool is_on_ = false;
  static inline thread_local int64_t live_ = 0;
  static inline thread_local int64_t peak_ = 0;

  int64_t limit_;
};

}  // namespace jaa::fuzz
