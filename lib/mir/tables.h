// What the bodies of one module share: types, names, constants, the names of files.
//
// All are interned, so equal things have equal ids within one module, and a thing is
// understood once however often it is written. Sealed when reading ends; read-only
// from then on, and good as long as the module lives.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/hash_index.h"
#include "base/id.h"
#include "base/large_memory.h"
#include "mir/names.h"
#include "mir/type.h"

namespace jaa::mir {

struct Constant {
  enum class Kind : uint8_t {
    Literal,    // text: `5_usize`, `"s"`, `b"s"`, `'c'`, `()`, `Some(1_u8)`
    Path,       // type: the path of a constant or unit variant
    Function,   // type: a function's path; the only kind written without `const`
    Promoted,   // type: the path it was promoted from; text: its number
    Typed,      // `{text: type}`: `{alloc3<imm>: &T}`, `{0x1 as ..: T}`, `{transmute(..): T}`
    ZeroSized,  // `ZeroSized: type`
    Opaque,     // text
  };
  Kind kind = Kind::Opaque;
  TypeId type;
  NameId text;
};
using ConstantId = base::Id<Constant>;

// What dumps with spans say below a constant: its type and its value in full.
struct ConstantNote {
  TypeId type;
  NameId value;  // `Value(..)`, `Unevaluated(..)`, `ty::Param(..)`
};
using ConstantNoteId = base::Id<ConstantNote>;

// A word of rustc's own vocabulary: an operator, the kind of a cast or borrow. There
// are few, so an id is small.
struct WordId {
  uint16_t value = 0;  // 0: no word
  friend constexpr auto operator<=>(WordId, WordId) = default;
};

class Tables {
 public:
  Tables();

  TypeTable types;

  [[nodiscard]] std::string_view text(NameId id) const { return names_[id]; }
  NameId name(std::string_view text) { return names_.intern(text); }

  [[nodiscard]] std::string_view word(WordId id) const { return words_[id.value]; }
  // None when there are too many, or it is no word.
  std::optional<WordId> find_word(std::string_view text);

  [[nodiscard]] const Constant& operator[](ConstantId id) const { return constants_[id.index()]; }
  // `text` is without `const `.
  ConstantId constant(std::string_view text, bool is_function);

  [[nodiscard]] const ConstantNote& operator[](ConstantNoteId id) const {
    return constant_notes_[id.index()];
  }
  // What stands between `+ const_: ` and the end of the line.
  std::optional<ConstantNoteId> constant_note(std::string_view text);

  [[nodiscard]] size_t bytes() const;
  void seal();

 private:
  [[nodiscard]] Constant read_constant(std::string_view text);

  Names names_;
  std::vector<std::string_view> words_;
  base::Arena word_arena_;
  base::LargeVector<Constant> constants_;
  base::LargeVector<ConstantNote> constant_notes_;
  // Texts that were read before, for each of the two.
  struct Text {
    std::string_view text;
    uint32_t number;
  };
  base::LargeVector<Text> texts_;
  base::Arena text_arena_;
  base::HashIndex constant_index_;
  base::HashIndex note_index_;
};

}  // namespace jaa::mir
