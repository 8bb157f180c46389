// Finds things by their contents: an open-addressing table of hashes and numbers.
// What a number stands for, and so what equality means, is the caller's.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/large_memory.h"

namespace jaa::base {

class HashIndex {
 public:
  // The number under `hash` for which `is_same(number)`; if there is none, that of
  // `make()`, which is kept. `make` may itself use the index.
  template <class IsSame, class Make>
  uint32_t find_or_add(uint64_t hash, IsSame is_same, Make make) {
    const uint32_t tag = static_cast<uint32_t>(hash >> 32);
    if (!slots_.empty()) {
      for (size_t at = hash & mask(); slots_[at].next != 0; at = (at + 1) & mask()) {
        if (slots_[at].tag == tag && is_same(slots_[at].next - 1)) {
          return slots_[at].next - 1;
        }
      }
    }
    const uint32_t number = make();
    add(hash, number);
    return number;
  }
  [[nodiscard]] size_t bytes() const { return slots_.capacity() * sizeof(Slot); }
  // Gives the memory back; nothing is found any more.
  void clear() {
    slots_ = LargeVector<Slot>();
    count_ = 0;
  }

 private:
  struct Slot {
    uint32_t low = 0;   // of the hash
    uint32_t tag = 0;   // its upper half
    uint32_t next = 0;  // the number and one; zero is an empty slot
  };
  [[nodiscard]] size_t mask() const { return slots_.size() - 1; }
  void add(uint64_t hash, uint32_t number) {
    if ((count_ + 1) * 4 > slots_.size() * 3) {
      grow();
    }
    ++count_;
    place({static_cast<uint32_t>(hash), static_cast<uint32_t>(hash >> 32), number + 1});
  }
  void place(Slot slot) {
    size_t at = slot.low & mask();
    while (slots_[at].next != 0) {
      at = (at + 1) & mask();
    }
    slots_[at] = slot;
  }
  void grow() {
    LargeVector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.next != 0) {
        place(slot);
      }
    }
  }

  LargeVector<Slot> slots_;
  size_t count_ = 0;
};

}  // namespace jaa::base
