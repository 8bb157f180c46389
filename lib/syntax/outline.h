// The items of a source file, found without parsing what is in them.
//
// A parser reads some megabytes a second, this some hundred: for questions about a whole
// crate to which the compiler gives the answer afterwards, where a mistake costs time only.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "llvm/ADT/STLFunctionalExtras.h"

namespace jaa::syntax {

struct OutlineItem {
  enum class Kind : uint8_t {
    Function,
    Impl,    // body: its items follow, with this as their parent
    Trait,   // likewise, where it has a body
    Module,  // likewise
    Type,    // struct, enum, union, alias, associated type
    Value,   // const, static
    Use,
    Macro,  // a definition
    Call,   // of a macro
    Other,  // `extern`, an inner attribute
  };
  Kind kind = Kind::Other;
  std::string_view name = {};  // empty for `Impl`, `Use`, `Other` and `_`
  // Bytes: with its attributes and outer doc comments; where its own words begin.
  uint32_t begin = 0;
  uint32_t head = 0;
  // With its braces; both `end` where there is none.
  uint32_t body_begin = 0;
  uint32_t body_end = 0;
  uint32_t end = 0;
  // Index of the item it stands in; -1: of the file.
  int32_t parent = -1;
  // Functions: `const` stands before `fn`; `impl` in what it returns; items of a wider
  // reach, or a macro's definition, in the body.
  bool is_const = false;
  bool returns_impl = false;
  bool has_inner_items = false;
  // Names of functions in its body.
  std::vector<std::string_view> inner_functions = {};
};

// In the order in which they begin. None when the text is no list of items, or one that is
// not understood.
[[nodiscard]] std::optional<std::vector<OutlineItem>> outline(std::string_view text);

// Calls `visit` with each identifier between the two bytes, without `r#`: also those in
// string literals, where macros and attributes look for names; not those in comments.
// `is_bare`: nothing before it says where to look for it, as `::`, `.` or a literal do.
void each_word(std::string_view text, uint32_t begin, uint32_t end,
               llvm::function_ref<void(std::string_view word, bool is_bare)> visit);

// One name that a `use` item brings in.
struct UseLeaf {
  // Of its path, outermost first; the last is the thing itself, `*` for all.
  std::vector<std::string_view> path;
  // By which it is known: the last of the path, or what stands behind `as`.
  std::string_view name;
  // Bytes, with the comma behind it.
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t group = 0;
};
struct UseTree {
  std::vector<UseLeaf> leaves;
  // `a::{..}`, outermost first: the first is the whole item, and each other stands in the
  // group `parent`, with its comma.
  struct Group {
    uint32_t begin = 0;
    uint32_t end = 0;
    uint32_t parent = 0;
  };
  std::vector<Group> groups;
};

// `item` is a `Use`. None when its tree is not understood.
[[nodiscard]] std::optional<UseTree> use_tree(std::string_view text, const OutlineItem& item);

}  // namespace jaa::syntax
