#include "plugin/lsp/text_map.h"

#include <algorithm>

namespace jaa::lsp {

void TextMap::edit(TextRange replaced, uint32_t size) {
  std::vector<Piece> pieces;
  pieces.reserve(pieces_.size() + 1);
  // What was typed and taken back leaves its two sides as one.
  const auto add = [&pieces](const Piece& piece) {
    Piece* const last = pieces.empty() ? nullptr : &pieces.back();
    if (last != nullptr && last->old_begin + last->size == piece.old_begin &&
        last->new_begin + last->size == piece.new_begin) {
      last->size += piece.size;
    } else {
      pieces.push_back(piece);
    }
  };
  for (const Piece& piece : pieces_) {
    const uint32_t begin = piece.new_begin;
    const uint32_t end = begin + piece.size;
    if (begin < replaced.begin) {
      add({piece.old_begin, begin, std::min(end, replaced.begin) - begin});
    }
    if (end > replaced.end) {
      const uint32_t cut = std::max(begin, replaced.end) - begin;
      add({piece.old_begin + cut, begin + cut - (replaced.end - replaced.begin) + size,
           piece.size - cut});
    }
  }
  if (pieces.size() > MaxPieces) {
    pieces.clear();
  }
  pieces_ = std::move(pieces);
}

std::optional<TextRange> TextMap::to_new(TextRange old) const {
  // The last piece that begins at or before it, or for an empty range, ends at it.
  auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), old.begin,
                       [](uint32_t place, const Piece& piece) { return place < piece.old_begin; });
  if (after == pieces_.begin()) {
    return std::nullopt;
  }
  const Piece& piece = *--after;
  if (old.end > piece.old_begin + piece.size) {
    return std::nullopt;
  }
  const uint32_t begin = piece.new_begin + (old.begin - piece.old_begin);
  return TextRange{begin, begin + (old.end - old.begin)};
}

std::optional<TextRange> TextMap::to_old(TextRange range) const {
  auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), range.begin,
                       [](uint32_t place, const Piece& piece) { return place < piece.new_begin; });
  if (after == pieces_.begin()) {
    return std::nullopt;
  }
  const Piece& piece = *--after;
  if (range.end > piece.new_begin + piece.size) {
    return std::nullopt;
  }
  const uint32_t begin = piece.old_begin + (range.begin - piece.new_begin);
  return TextRange{begin, begin + (range.end - range.begin)};
}

}  // namespace jaa::lsp
