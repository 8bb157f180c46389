// All that one text of MIR holds: its bodies, and between them constants on one line,
// tables of memory, layouts and comments, in order.
//
// Move-only: it owns the arena that bodies live in and the tables that they share.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/arena.h"
#include "base/large_memory.h"
#include "base/problem.h"
#include "mir/body.h"
#include "mir/layout.h"
#include "mir/tables.h"

namespace jaa::mir {

// `const K: u8 = const 3_u8;`
struct ConstantItem {
  Body::Form form = Body::Form::Const;
  NameId name;
  TypeId type;
  ConstantId value;
};

// `alloc6 (static: NAME, size: 12, align: 1) { .. }`
struct Allocation {
  enum class Kind : uint8_t { Memory, Static, Function, Vtable, ExternStatic, Other };
  Kind kind = Kind::Memory;
  bool has_memory = false;
  uint32_t number = 0;
  NameId name;  // Static and ExternStatic: its path; Function, Vtable, Other: as written
  uint64_t size = 0;
  uint64_t align = 0;
  // Each byte of it: its value, or one of `Uninitialised`, `Pointer`.
  llvm::ArrayRef<uint16_t> bytes;
  static constexpr uint16_t Uninitialised = 0x100;
  static constexpr uint16_t Pointer = 0x101;
  struct Relocation {
    uint32_t offset = 0;
    uint32_t width = 0;  // bytes
    NameId target;       // `alloc5<imm>`, `a5+0x8`
  };
  llvm::ArrayRef<Relocation> relocations;
};

// `| 0: user_ty: .., span: .., inferred_ty: ..`
struct UserType {
  uint32_t number = 0;
  NameId user_type;
  MirSpan span;
  TypeId inferred;
};

struct Item {
  enum class Kind : uint8_t {
    Blank,       // `count` empty lines
    Comment,     // name: after `// `
    Body,        // index into `bodies`
    Constant,    // `constants`
    Allocation,  // `allocations`
    UserTypes,   // `user_types`, `count` of them: the whole table
    Layout,      // `layouts`
    Opaque,      // name: the lines, however many
  };
  Kind kind = Kind::Opaque;
  uint32_t index = 0;
  uint32_t count = 0;
  [[nodiscard]] NameId name() const { return NameId(size_t{index}); }
};

struct Module {
  Module() : tables(std::make_unique<Tables>()) {}

  std::unique_ptr<Tables> tables;
  base::Arena arena;
  base::LargeVector<Body> bodies;
  base::LargeVector<Item> items;
  std::vector<ConstantItem> constants;
  std::vector<Allocation> allocations;
  std::vector<UserType> user_types;
  std::vector<CoroutineLayout> layouts;
  base::Problems problems;
  // Lines of the text, and those of them that were understood.
  uint64_t lines = 0;
  uint64_t opaque_lines = 0;

  // Bytes that are kept; what is reserved beyond them does not count.
  [[nodiscard]] size_t bytes() const;
};

}  // namespace jaa::mir
