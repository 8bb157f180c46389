// The stack machine behind `parse_type`; its two halves are type_begin.cpp and
// type_finish.cpp.
//
// A stack machine: `begin` reads the start of a type and either has the whole of it
// (a value) or opens a frame (and then the frame's first part is next). `finish` has
// the value of a part and gives it to the innermost frame, which either wants another
// part or is complete and so becomes the value itself. `&mut Foo<A>`, for example:
//
//   begin "&mut " -> frame Pointer;  begin "Foo<" -> frame Args;  begin "A" -> value A
//   finish: Args takes A, sees ">" -> value Foo<A>;  finish: Pointer takes it -> done
//
// Parts that are complete wait on one stack, each frame's own on top.
#pragma once

#include <string_view>

#include "llvm/ADT/SmallVector.h"

#include "mir/lexer.h"
#include "mir/type.h"

namespace jaa::mir {

// A type that has not all its parts yet.
struct TypeFrame {
  enum class Step : uint8_t {
    ForAll,      // `for<'a>` HERE
    Pointer,     // `&`, `*const`: then the pointee
    Brackets,    // `[T]`, `[T; N]`
    Parens,      // a tuple, or a type in parentheses
    Parameters,  // of a function pointer, or of `Fn(A) -> B`
    Result,      // of the same
    ItemPath,    // `fn(A) -> B {` HERE `}`
    Bounds,      // of `dyn`, `impl`
    Args,        // `<A, Name = B>` of a path or projection
    Binding,     // `Name = ` HERE, inside of `Args`
    Constraint,  // `Name: ` HERE, inside of `Args`
    Self,        // `<` HERE ` as Tr>::Out`
    Trait,       // `<T as ` HERE `>::Out`
  };
  Step step;
  Type::Kind kind;
  bool is_mut = false;
  bool has_comma = false;  // Parens: it is a tuple
  NameId name;
  size_t first_part = 0;  // in the stack of parts
};

class TypeParser {
 public:
  TypeParser(std::string_view text, TypeTable& types) : text_(text), types_(types) {}

  TypeId parse() {
    State state = State::Begin;
    while (state != State::Failed) {
      if (state == State::Begin) {
        state = frames_.size() > MaxFrames ? State::Failed : begin();
      } else if (!value_.is_valid()) {
        state = State::Failed;
      } else if (!frames_.empty()) {
        state = finish();
      } else if (at_ == text_.size()) {
        return value_;
      } else {
        state = State::Failed;
      }
    }
    return types_.intern(Kind::Opaque, false, types_.name(text_), {});
  }

 private:
  using Kind = Type::Kind;
  enum class State : uint8_t { Begin, Value, Failed };
  using Step = TypeFrame::Step;
  // Deeper than any tree that `TypeTable` builds.
  static constexpr size_t MaxFrames = 512;

  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] bool sees(std::string_view word) const {
    return text_.size() - at_ >= word.size() && text_.compare(at_, word.size(), word) == 0;
  }
  bool consume(std::string_view word) {
    if (!sees(word)) {
      return false;
    }
    at_ += word.size();
    return true;
  }
  // Past the bracket that opens here, if it closes.
  bool consume_bracketed() {
    const size_t end = skip_bracketed(text_, at_);
    if (end == std::string_view::npos) {
      return false;
    }
    at_ = end;
    return true;
  }

  State value(TypeId type) {
    value_ = type;
    return State::Value;
  }
  State leaf(Kind kind, std::string_view name) {
    return value(types_.intern(kind, false, types_.name(name), {}));
  }
  // The text since `begin` as a type of its own.
  State named(Kind kind, size_t begin) { return leaf(kind, text_.substr(begin, at_ - begin)); }
  State open(Step step, Kind kind, NameId name = {}, bool is_mut = false) {
    frames_.push_back({step, kind, is_mut, false, name, parts_.size()});
    return State::Begin;
  }
  // Opens a frame whose first part is there already.
  State open_with(TypeId part, Step step, Kind kind, NameId name) {
    open(step, kind, name);
    parts_.push_back(part);
    return State::Begin;
  }
  // The innermost frame has all its parts.
  State complete() {
    const TypeFrame frame = frames_.pop_back_val();
    const llvm::ArrayRef<TypeId> parts =
        llvm::ArrayRef<TypeId>(parts_).drop_front(frame.first_part);
    const TypeId type = types_.intern(frame.kind, frame.is_mut, frame.name, parts);
    parts_.resize(frame.first_part);
    return value(type);
  }

  std::string_view scan_lifetime();
  bool consume_lifetime();

  State begin();
  State begin_binder();
  State begin_pointer();
  State begin_function();
  State begin_braced();
  State begin_literal();
  State begin_path(TypeId prefix);
  State begin_bound();
  State begin_argument();
  State begin_binding();

  State finish();
  State finish_brackets();
  State finish_parens();
  State finish_parameter();
  State finish_function();
  State finish_args();
  State finish_bound();
  State finish_projection();
  State after_path(TypeId path);

  [[nodiscard]] bool sees_impl_segment(size_t path_begin) const;
  void scan_path();

  std::string_view text_;
  TypeTable& types_;
  size_t at_ = 0;
  TypeId value_;
  llvm::SmallVector<TypeFrame, 16> frames_;
  llvm::SmallVector<TypeId, 32> parts_;
};

}  // namespace jaa::mir
