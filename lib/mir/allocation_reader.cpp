// A row is bytes in hexadecimal, `__` where there is no value, and `╾──alloc5──╼` where a
// pointer is; the address before them and the characters behind them follow from those.
#include "mir/allocation_reader.h"

#include <algorithm>

#include "mir/lexer.h"

namespace jaa::mir {
namespace {

constexpr std::string_view Bar = " │ ";
constexpr std::string_view PointerBegin = "╾";
constexpr std::string_view PointerEnd = "╼";
constexpr std::string_view PointerFill = "─";
constexpr uint32_t PointerBytes = 8;
constexpr size_t MostBytes = size_t{1} << 28;

std::optional<uint16_t> hex_digit(char byte) {
  if (is_digit(byte)) {
    return static_cast<uint16_t>(byte - '0');
  }
  return byte >= 'a' && byte <= 'f' ? std::optional(static_cast<uint16_t>(byte - 'a' + 10))
                                    : std::nullopt;
}

std::optional<uint64_t> read_u64(Cursor& cursor) {
  uint64_t value = 0;
  const size_t begin = cursor.position();
  while (is_digit(cursor.peek())) {
    value = value * 10 + static_cast<uint64_t>(cursor.peek() - '0');
    cursor.advance(1);
  }
  constexpr size_t MostDigits = 19;
  const size_t digits = cursor.position() - begin;
  return digits > 0 && digits <= MostDigits ? std::optional(value) : std::nullopt;
}

}  // namespace

bool AllocationReader::read_head(std::string_view head, Tables& tables, Allocation& allocation,
                                 bool& has_rows) {
  using Kind = Allocation::Kind;
  Cursor cursor(head);
  const auto number = cursor.consume("alloc") ? cursor.number() : std::nullopt;
  if (!number || !cursor.consume(" (")) {
    return false;
  }
  allocation.number = *number;
  const auto take_rest = [&](Kind kind) {
    std::string_view rest = cursor.rest();
    if (!rest.ends_with(')')) {
      return false;
    }
    rest.remove_suffix(1);
    allocation.kind = kind;
    allocation.name = tables.name(rest);
    has_rows = false;
    return true;
  };
  if (cursor.consume("fn: ")) {
    return take_rest(Kind::Function);
  }
  if (cursor.consume("vtable: ")) {
    return take_rest(Kind::Vtable);
  }
  if (cursor.consume("extern static: ")) {
    return take_rest(Kind::ExternStatic);
  }
  if (cursor.consume("static: ")) {
    allocation.kind = Kind::Static;
    allocation.name = tables.name(cursor.take(AtComma));
    has_rows = false;
    // Where it is not evaluated nothing more is said of it.
    if (cursor.rest() == ")") {
      return true;
    }
    if (!cursor.consume(", ")) {
      return false;
    }
  }
  if (!cursor.consume("size: ")) {
    return take_rest(Kind::Other);
  }
  const auto size = read_u64(cursor);
  const auto align = size && cursor.consume(", align: ") ? read_u64(cursor) : std::nullopt;
  if (!align || !cursor.consume(") {")) {
    return false;
  }
  allocation.has_memory = true;
  allocation.size = *size;
  allocation.align = *align;
  has_rows = cursor.at_end();
  return has_rows || cursor.rest() == "}";
}

bool AllocationReader::read_row(std::string_view row, Tables& tables) {
  Cursor cursor(row);
  if (!cursor.consume("    ")) {
    return false;
  }
  const size_t ascii = row.rfind(Bar);
  if (ascii == std::string_view::npos) {
    return false;
  }
  if (cursor.starts_with("0x")) {
    const size_t bar = row.find(Bar);
    if (bar == ascii) {
      return false;
    }
    cursor.reset(bar + Bar.size());
  }
  while (cursor.position() < ascii && cursor.peek() != ' ') {
    if (bytes_.size() >= MostBytes) {
      return false;
    }
    if (cursor.consume(PointerBegin)) {
      const size_t end = cursor.rest().find(PointerEnd);
      if (end == std::string_view::npos || cursor.position() + end > ascii) {
        return false;
      }
      std::string_view target = cursor.rest().substr(0, end);
      while (target.starts_with(PointerFill)) {
        target.remove_prefix(PointerFill.size());
      }
      while (target.ends_with(PointerFill)) {
        target.remove_suffix(PointerFill.size());
      }
      relocations_.push_back(
          {static_cast<uint32_t>(bytes_.size()), PointerBytes, tables.name(target)});
      bytes_.insert(bytes_.end(), PointerBytes, Allocation::Pointer);
      cursor.advance(end + PointerEnd.size());
    } else if (cursor.consume("__")) {
      bytes_.push_back(Allocation::Uninitialised);
    } else {
      const std::string_view pair = cursor.rest().substr(0, 2);
      const auto high = pair.size() == 2 ? hex_digit(pair[0]) : std::nullopt;
      const auto low = pair.size() == 2 ? hex_digit(pair[1]) : std::nullopt;
      if (!high || !low) {
        return false;
      }
      bytes_.push_back(static_cast<uint16_t>(*high * 16 + *low));
      cursor.advance(2);
    }
    if (!cursor.consume(' ')) {
      return false;
    }
  }
  return true;
}

bool AllocationReader::read(std::string_view first, LineReader& lines, Module& module) {
  Allocation allocation;
  bool has_rows = false;
  opaque_.clear();
  if (!read_head(first, *module.tables, allocation, has_rows)) {
    return false;
  }
  bytes_.clear();
  relocations_.clear();
  std::string_view line;
  is_closed_ = !has_rows;
  while (!is_closed_ && lines.next(line)) {
    is_closed_ = line == "}";
    if (!is_closed_ && line.empty()) {
      lines.put_back();
      break;
    }
    if (!is_closed_ && !read_row(line, *module.tables)) {
      opaque_.push_back(line);
    }
  }
  if (has_rows && bytes_.size() != allocation.size) {
    opaque_.push_back(first);
  }
  allocation.bytes = module.arena.copy(llvm::ArrayRef<uint16_t>(bytes_));
  allocation.relocations = module.arena.copy(llvm::ArrayRef<Allocation::Relocation>(relocations_));
  module.items.push_back(
      {Item::Kind::Allocation, static_cast<uint32_t>(module.allocations.size()), 0});
  module.allocations.push_back(allocation);
  return true;
}

}  // namespace jaa::mir
