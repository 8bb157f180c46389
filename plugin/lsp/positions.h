// Positions as the protocol counts them: 0-based lines, and in a line UTF-8 bytes or UTF-16
// units, as the client and we agreed. Ours are byte offsets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/lsp/text_map.h"

namespace jaa::lsp {

enum class Encoding : uint8_t { Utf8, Utf16 };

struct Position {
  uint32_t line = 0;
  uint32_t character = 0;
  friend auto operator<=>(const Position&, const Position&) = default;
};

// Where the lines of a text begin. Lines end with LF, CR LF or CR, as the protocol has it.
class Lines {
 public:
  explicit Lines(std::string_view text);

  // A character behind the end of its line is its end, as the protocol wants; none for a
  // line that is not there. `text` is the one that this was made of.
  [[nodiscard]] std::optional<uint32_t> offset(std::string_view text, Position position,
                                               Encoding encoding) const;
  // An offset behind the end counts as the end, one within a character as its beginning.
  [[nodiscard]] Position position(std::string_view text, uint32_t offset, Encoding encoding) const;
  [[nodiscard]] uint32_t count() const { return static_cast<uint32_t>(starts_.size()); }

  // The text was edited: `replaced` became `inserted`. `text` is the new one.
  void edit(std::string_view text, TextRange replaced, uint32_t inserted);

 private:
  [[nodiscard]] std::string_view line(std::string_view text, uint32_t number) const;

  std::vector<uint32_t> starts_;
};

}  // namespace jaa::lsp
