// The words of MIR text, each kept once: names, literals, and what was not understood.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "base/hash_index.h"
#include "base/id.h"
#include "base/large_memory.h"

namespace jaa::mir {

struct Name;
using NameId = base::Id<Name>;

[[nodiscard]] uint64_t hash_text(std::string_view text);

// Owns the text; what it gives is good as long as it lives.
class Names {
 public:
  NameId intern(std::string_view text);
  [[nodiscard]] std::string_view operator[](NameId id) const {
    return id.is_valid() ? texts_[id.index()] : std::string_view();
  }
  [[nodiscard]] size_t size() const { return texts_.size(); }
  // Bytes in use.
  [[nodiscard]] size_t bytes() const {
    return arena_.used() + texts_.size() * sizeof(std::string_view) + index_.bytes();
  }
  // No more names will come: what finds them is given back.
  void seal() {
    index_.clear();
    texts_.shrink_to_fit();
  }

 private:
  base::Arena arena_;
  base::LargeVector<std::string_view> texts_;
  base::HashIndex index_;
};

}  // namespace jaa::mir
