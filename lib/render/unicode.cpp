#include "render/unicode.h"

#include <algorithm>

#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Unicode.h"

namespace jaa::render {
namespace {

constexpr char32_t Replacement = 0xFFFD;
constexpr char32_t ZeroWidthJoiner = 0x200D;

// Embeddings, overrides and isolates of the bidirectional algorithm.
bool reorders_text(char32_t value) {
  return (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
}

bool is_control(char32_t value) {
  return value < 0x20 || value == 0x7F;
}

}  // namespace

Scalar decode(std::string_view text, size_t at) {
  const auto* begin = reinterpret_cast<const llvm::UTF8*>(text.data() + at);
  const unsigned length = llvm::getNumBytesForUTF8(*begin);
  if (length == 1 && *begin < 0x80) {
    return {*begin, 1};
  }
  if (length > text.size() - at || !llvm::isLegalUTF8Sequence(begin, begin + length)) {
    return {Replacement, 1};
  }
  llvm::UTF32 value = 0;
  const llvm::UTF8* next = begin;
  llvm::convertUTF8Sequence(&next, begin + length, &value, llvm::strictConversion);
  return {value, length};
}

void append_utf8(char32_t value, std::string& text) {
  char buffer[UNI_MAX_UTF8_BYTES_PER_CODE_POINT];
  char* end = buffer;
  if (llvm::ConvertCodePointToUTF8(value, end)) {
    text.append(buffer, end);
  }
}

size_t count_scalars(std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size(); at += decode(text, at).length) {
    ++count;
  }
  return count;
}

size_t width(char32_t value) {
  if (value == '\t') {
    return 4;
  }
  if (value < 0x7F || is_control(value) || reorders_text(value)) {
    return 1;
  }
  std::string encoded;
  append_utf8(value, encoded);
  const int columns = llvm::sys::unicode::columnWidthUTF8(encoded);
  if (columns >= 0) {
    return static_cast<size_t>(columns);
  }
  return llvm::sys::unicode::isFormatting(static_cast<int>(value)) ? 0 : 1;
}

size_t width(std::string_view text) {
  size_t columns = 0;
  for (size_t at = 0; at < text.size();) {
    const Scalar scalar = decode(text, at);
    columns += width(scalar.value);
    at += scalar.length;
  }
  return columns;
}

bool is_space(char32_t value) {
  return value == ' ' || (value >= '\t' && value <= '\r') || value == 0x85 || value == 0xA0 ||
         value == 0x1680 || (value >= 0x2000 && value <= 0x200A) || value == 0x2028 ||
         value == 0x2029 || value == 0x202F || value == 0x205F || value == 0x3000;
}

std::string_view trim(std::string_view text) {
  size_t begin = text.size();
  size_t end = 0;
  for (size_t at = 0; at < text.size();) {
    const Scalar scalar = decode(text, at);
    if (!is_space(scalar.value)) {
      begin = std::min(begin, at);
      end = at + scalar.length;
    }
    at += scalar.length;
  }
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

bool is_blank(std::string_view text) {
  return trim(text).empty();
}

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const Scalar scalar = decode(text, at);
    at += scalar.length;
    if (scalar.value == '\t') {
      result.append("    ");
    } else if (scalar.value == '\n') {
      result.push_back('\n');
    } else if (scalar.value == 0x7F) {
      append_utf8(0x2421, result);
    } else if (is_control(scalar.value)) {
      append_utf8(0x2400 + scalar.value, result);  // the block of control pictures
    } else if (reorders_text(scalar.value)) {
      append_utf8(Replacement, result);
    } else if (scalar.value != ZeroWidthJoiner) {
      append_utf8(scalar.value, result);
    }
  }
  return result;
}

}  // namespace jaa::render
