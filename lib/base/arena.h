// Memory for many small things that die together.
//
// Slabs double from 16 KiB to 8 MiB. Nothing that is put in is destroyed, so it must be
// trivial.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <type_traits>
#include <vector>

#include "llvm/ADT/ArrayRef.h"

namespace jaa::base {

class Arena {
 public:
  Arena() = default;
  Arena(Arena&& other) noexcept { *this = std::move(other); }
  Arena& operator=(Arena&& other) noexcept;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() { release(); }

  [[nodiscard]] void* allocate(size_t bytes, size_t alignment) {
    const size_t padding = (0 - reinterpret_cast<uintptr_t>(at_)) & (alignment - 1);
    if (padding + bytes > left_) {
      return allocate_in_new_slab(bytes, alignment);
    }
    char* result = at_ + padding;
    at_ = result + bytes;
    left_ -= padding + bytes;
    used_ += padding + bytes;
    return result;
  }
  template <class T>
  [[nodiscard]] llvm::ArrayRef<T> copy(llvm::ArrayRef<T> values) {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
    if (values.empty()) {
      return {};
    }
    T* place = static_cast<T*>(allocate(values.size() * sizeof(T), alignof(T)));
    std::memcpy(static_cast<void*>(place), values.data(), values.size() * sizeof(T));
    return {place, values.size()};
  }
  [[nodiscard]] std::string_view copy(std::string_view text) {
    const llvm::ArrayRef<char> bytes = copy(llvm::ArrayRef<char>(text.data(), text.size()));
    return {bytes.data(), bytes.size()};
  }
  // Forgets all that is in it but keeps its largest slab.
  void reset();
  // Bytes handed out, padding included.
  [[nodiscard]] size_t used() const { return used_; }

 private:
  struct Slab {
    char* memory;
    size_t size;
  };
  void* allocate_in_new_slab(size_t bytes, size_t alignment);
  void release();

  std::vector<Slab> slabs_;
  char* at_ = nullptr;
  size_t left_ = 0;
  size_t used_ = 0;
};

}  // namespace jaa::base
