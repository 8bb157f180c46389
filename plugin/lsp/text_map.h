// Where pieces of an older text are in a newer one: what of it still stands, and where.
//
// Findings and facts belong to the text that the compiler saw. While the user types, an
// edit cuts out what it replaces, and moves what is behind it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace jaa::lsp {

struct TextRange {
  uint32_t begin = 0;
  uint32_t end = 0;
  friend bool operator==(const TextRange&, const TextRange&) = default;
};

// They overlap, or one begins where the other ends.
[[nodiscard]] inline bool touch(TextRange a, TextRange b) {
  return a.begin <= b.end && b.begin <= a.end;
}

class TextMap {
 public:
  // More pieces than this are no longer worth it: the text counts as replaced.
  static constexpr size_t MaxPieces = 4096;

  // Of a text that has not been edited.
  explicit TextMap(uint32_t size) : pieces_{{0, 0, size}} {}

  // Replaces a range of the new text by `size` bytes.
  void edit(TextRange replaced, uint32_t size);

  // A range of the old text in the new one; none where something in it was edited. An
  // insertion just before or behind it leaves it as it is.
  [[nodiscard]] std::optional<TextRange> to_new(TextRange old) const;
  // The way back.
  [[nodiscard]] std::optional<TextRange> to_old(TextRange range) const;

 private:
  struct Piece {
    uint32_t old_begin = 0;
    uint32_t new_begin = 0;
    uint32_t size = 0;
  };
  // In order; none is empty, but for the only one of an empty text.
  std::vector<Piece> pieces_;
};

}  // namespace jaa::lsp
