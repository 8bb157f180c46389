#include "mir/names.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/xxhash.h"

namespace jaa::mir {

uint64_t hash_text(std::string_view text) {
  return llvm::xxh3_64bits(llvm::StringRef(text.data(), text.size()));
}

NameId Names::intern(std::string_view text) {
  const uint32_t number = index_.find_or_add(
      hash_text(text), [&](uint32_t other) { return texts_[other] == text; },
      [&] {
        texts_.push_back(arena_.copy(text));
        return static_cast<uint32_t>(texts_.size() - 1);
      });
  return NameId(size_t{number});
}

}  // namespace jaa::mir
