#include "mir/tables.h"

#include <algorithm>

#include "mir/lexer.h"

namespace jaa::mir {
namespace {

constexpr size_t MostWords = 4096;
constexpr size_t LongestWord = 120;

bool is_path_start(char byte) {
  return (is_name_byte(byte) && !is_digit(byte)) || byte == '<';
}

}  // namespace

Tables::Tables() {
  words_.emplace_back();
}

std::optional<WordId> Tables::find_word(std::string_view text) {
  const auto known = std::find(words_.begin(), words_.end(), text);
  if (known != words_.end()) {
    return WordId{static_cast<uint16_t>(known - words_.begin())};
  }
  if (words_.size() >= MostWords || text.size() > LongestWord) {
    return std::nullopt;
  }
  words_.push_back(word_arena_.copy(text));
  return WordId{static_cast<uint16_t>(words_.size() - 1)};
}

Constant Tables::read_constant(std::string_view text) {
  using Kind = Constant::Kind;
  if (text.starts_with('{') && text.ends_with('}')) {
    const std::string_view inside = text.substr(1, text.size() - 2);
    if (const size_t colon = find_name_end(inside); colon != std::string_view::npos) {
      return {Kind::Typed, types.parse(inside.substr(colon + 2)), name(inside.substr(0, colon))};
    }
  }
  constexpr std::string_view ZeroSized = "ZeroSized: ";
  if (text.starts_with(ZeroSized)) {
    return {Kind::ZeroSized, types.parse(text.substr(ZeroSized.size())), {}};
  }
  constexpr std::string_view Promoted = "::promoted[";
  if (const size_t at = text.rfind(Promoted); at != std::string_view::npos && text.ends_with(']')) {
    const std::string_view number = text.substr(at + Promoted.size());
    return {Kind::Promoted, types.parse(text.substr(0, at)),
            name(number.substr(0, number.size() - 1))};
  }
  if (!text.empty() && is_path_start(text.front()) && text != "true" && text != "false") {
    const TypeId path = types.parse(text);
    const Type::Kind kind = types[path].kind;
    if (kind == Type::Kind::Path || kind == Type::Kind::Member || kind == Type::Kind::Projection) {
      return {Kind::Path, path, {}};
    }
  }
  return {Kind::Literal, {}, name(text)};
}

ConstantId Tables::constant(std::string_view text, bool is_function) {
  const uint64_t hash = hash_text(text) + (is_function ? 1 : 0);
  const auto is_same = [&](uint32_t other) {
    return texts_[other].text == text &&
           (constants_[texts_[other].number].kind == Constant::Kind::Function) == is_function;
  };
  const uint32_t known = constant_index_.find_or_add(hash, is_same, [&] {
    Constant constant = is_function ? Constant{Constant::Kind::Function, types.parse(text), {}}
                                    : read_constant(text);
    if (is_function && types[constant.type].kind == Type::Kind::Opaque) {
      constant.kind = Constant::Kind::Function;
    }
    constants_.push_back(constant);
    texts_.push_back({text_arena_.copy(text), static_cast<uint32_t>(constants_.size() - 1)});
    return static_cast<uint32_t>(texts_.size() - 1);
  });
  return ConstantId(size_t{texts_[known].number});
}

// `Const { ty: TYPE, val: VALUE }`.
std::optional<ConstantNoteId> Tables::constant_note(std::string_view text) {
  constexpr std::string_view Head = "Const { ty: ";
  constexpr std::string_view Middle = ", val: ";
  constexpr std::string_view Tail = " }";
  if (!text.starts_with(Head) || !text.ends_with(Tail)) {
    return std::nullopt;
  }
  const auto is_same = [&](uint32_t other) { return texts_[other].text == text; };
  bool is_read = true;
  const auto make = [&] {
    size_t comma = Head.size();
    while (comma < text.size() && !text.substr(comma).starts_with(Middle)) {
      comma = scan(text, comma + 1, AtComma);
    }
    ConstantNote note;
    is_read = comma + Middle.size() + Tail.size() <= text.size();
    if (is_read) {
      note.type = types.parse(text.substr(Head.size(), comma - Head.size()));
      const std::string_view value = text.substr(comma + Middle.size());
      note.value = name(value.substr(0, value.size() - Tail.size()));
    }
    constant_notes_.push_back(note);
    texts_.push_back({text_arena_.copy(text), static_cast<uint32_t>(constant_notes_.size() - 1)});
    return static_cast<uint32_t>(texts_.size() - 1);
  };
  const uint32_t known = note_index_.find_or_add(hash_text(text), is_same, make);
  const ConstantNoteId id(size_t{texts_[known].number});
  if (!is_read || !constant_notes_[id.index()].type.is_valid()) {
    return std::nullopt;
  }
  return id;
}

size_t Tables::bytes() const {
  return types.bytes() + names_.bytes() + constants_.size() * sizeof(Constant) +
         constant_notes_.size() * sizeof(ConstantNote) + texts_.size() * sizeof(Text) +
         text_arena_.used() + constant_index_.bytes() + note_index_.bytes();
}

void Tables::seal() {
  types.seal();
  names_.seal();
  constants_.shrink_to_fit();
  constant_notes_.shrink_to_fit();
  texts_ = base::LargeVector<Text>();
  text_arena_ = {};
  constant_index_.clear();
  note_index_.clear();
}

}  // namespace jaa::mir
