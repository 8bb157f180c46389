// A stack machine: `begin` reads the start of a type and either has the whole of it
// (a value) or opens a frame (and then the frame's first part is next). `finish` has
// the value of a part and gives it to the innermost frame, which either wants another
// part or is complete and so becomes the value itself. `&mut Foo<A>`, for example:
//
//   begin "&mut " -> frame Pointer;  begin "Foo<" -> frame Args;  begin "A" -> value A
//   finish: Args takes A, sees ">" -> value Foo<A>;  finish: Pointer takes it -> done
//
// Parts that are complete wait on one stack, each frame's own on top.
#include "mir/type_parser.h"

#include <algorithm>

#include "llvm/ADT/SmallVector.h"
#include "mir/lexer.h"

namespace jaa::mir {
namespace {

using Kind = Type::Kind;

struct Frame {
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
  Kind kind;
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
  enum class State : uint8_t { Begin, Value, Failed };
  using Step = Frame::Step;
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
    const Frame frame = frames_.pop_back_val();
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
  llvm::SmallVector<Frame, 16> frames_;
  llvm::SmallVector<TypeId, 32> parts_;
};

// `'a`, `'_`, `'{erased}`, `'?5`; empty for a character literal.
std::string_view TypeParser::scan_lifetime() {
  const size_t begin = at_;
  if (peek() != '\'' || skip_literal(text_, at_) != at_ + 1) {
    return {};
  }
  ++at_;
  if (peek() == '{') {
    if (!consume_bracketed()) {
      at_ = begin;
      return {};
    }
  } else {
    at_ += peek() == '?' || peek() == '^' ? 1 : 0;
    at_ += sees("r#") ? 2 : 0;
    while (is_name_byte(peek())) {
      ++at_;
    }
  }
  return text_.substr(begin, at_ - begin);
}

// Puts a lifetime that stands here among the parts.
bool TypeParser::consume_lifetime() {
  const std::string_view lifetime = scan_lifetime();
  if (lifetime.empty()) {
    return false;
  }
  parts_.push_back(types_.intern(Kind::Lifetime, false, types_.name(lifetime), {}));
  return true;
}

TypeParser::State TypeParser::begin() {
  const size_t begin = at_;
  switch (peek()) {
    case '&':
    case '*':
      return begin_pointer();
    case '[':
      ++at_;
      return open(Step::Brackets, Kind::Slice);
    case '(':
      ++at_;
      open(Step::Parens, Kind::Tuple);
      return consume(")") ? complete() : State::Begin;
    case '!':
      ++at_;
      return leaf(Kind::Never, {});
    case '{':
      return begin_braced();
    case '\'':
    case '"':
    case '-':
      return begin_literal();
    case '<':
      if (sees_impl_segment(at_)) {
        return begin_path({});
      }
      ++at_;
      return open(Step::Self, Kind::Projection);
    case 'd':
    case 'i':
      if (sees("dyn ") || sees("impl ")) {
        open(Step::Bounds, peek() == 'd' ? Kind::Dyn : Kind::ImplTrait);
        at_ += peek() == 'd' ? 4 : 5;
        return begin_bound();
      }
      break;
    case 'f':
      if (sees("for<")) {
        return begin_binder();
      }
      break;
    case '.':
      if (consume("...")) {
        return named(Kind::Path, begin);
      }
      break;
    default:
      break;
  }
  if (sees("fn(") || sees("unsafe ") || sees("extern \"")) {
    return begin_function();
  }
  return begin_path({});
}

// `for<'a, 'b> `.
TypeParser::State TypeParser::begin_binder() {
  consume("for<");
  open(Step::ForAll, Kind::ForAll);
  while (consume_lifetime()) {
    if (!consume(", ")) {
      break;
    }
  }
  return consume("> ") ? State::Begin : State::Failed;
}

TypeParser::State TypeParser::begin_pointer() {
  const bool is_mut = sees("*mut ");
  if (is_mut || sees("*const ")) {
    at_ += is_mut ? 5 : 7;
    return open(Step::Pointer, Kind::RawPtr, {}, is_mut);
  }
  if (!consume("&")) {
    return State::Failed;
  }
  open(Step::Pointer, Kind::Ref);
  if (consume_lifetime()) {
    consume(" ");
  }
  frames_.back().is_mut = consume("mut ");
  return State::Begin;
}

TypeParser::State TypeParser::begin_function() {
  const size_t begin = at_;
  consume("unsafe ");
  if (consume("extern ")) {
    at_ = peek() == '"' ? skip_literal(text_, at_) : at_;
    consume(" ");
  }
  std::string_view qualifiers = text_.substr(begin, at_ - begin);
  if (!qualifiers.empty()) {
    qualifiers.remove_suffix(1);
  }
  if (!consume("fn(")) {
    return State::Failed;
  }
  open(Step::Parameters, Kind::FnPtr, types_.name(qualifiers));
  return consume(")") ? finish_function() : State::Begin;
}

// `{closure@..}` and its like. Braces around anything else hold a constant.
TypeParser::State TypeParser::begin_braced() {
  const size_t begin = at_;
  if (!consume_bracketed()) {
    return State::Failed;
  }
  const std::string_view inside = text_.substr(begin + 1, at_ - begin - 2);
  if (inside.starts_with("closure@") || inside.starts_with("async closure@")) {
    return named(Kind::Closure, begin);
  }
  const bool is_coroutine = inside.starts_with("async ") || inside.starts_with("gen ") ||
                            inside.starts_with("coroutine@") || inside.starts_with("coroutine-") ||
                            inside.starts_with("static coroutine@");
  return named(is_coroutine ? Kind::Coroutine : Kind::Const, begin);
}

// A const argument: `'x'`, `"s"`, `-1`.
TypeParser::State TypeParser::begin_literal() {
  const size_t begin = at_;
  if (peek() == '-') {
    ++at_;
    while (is_name_byte(peek()) || peek() == '.') {
      ++at_;
    }
  } else {
    at_ = skip_literal(text_, at_);
  }
  return at_ > begin + 1 ? named(Kind::Const, begin) : State::Failed;
}

// An impl as a segment of a path, `a::<impl T>::f`, and no generic argument as in
// `Vec<impl T>`, `f::<impl T>` and `Vec::<impl T>::new`: something follows it, and what
// stands before it, if anything, is a module.
bool TypeParser::sees_impl_segment(size_t path_begin) const {
  if (!sees("<impl ")) {
    return false;
  }
  const size_t end = skip_bracketed(text_, at_);
  if (end == std::string_view::npos || text_.substr(end, 2) != "::") {
    return false;
  }
  const std::string_view before = text_.substr(path_begin, at_ - path_begin);
  if (before.empty() || sees("<impl at ")) {
    return true;
  }
  const size_t colons = before.size() < 2 ? 0 : before.rfind("::", before.size() - 3);
  const size_t last = colons == std::string_view::npos ? 0 : colons + 2;
  return before.ends_with("::") && !(before[last] >= 'A' && before[last] <= 'Z');
}

// Over names, `::`, `{impl#0}` and `<impl at ..>`, up to the generic arguments.
void TypeParser::scan_path() {
  const size_t begin = at_;
  while (at_ < text_.size()) {
    const char byte = text_[at_];
    const bool follows_colon = at_ > 0 && text_[at_ - 1] == ':';
    if (is_name_byte(byte) || byte == '#' || byte == '?') {
      ++at_;
    } else if (byte == ':' && (follows_colon || sees("::"))) {
      ++at_;
    } else if (byte == '{' && follows_colon) {
      if (!consume_bracketed()) {
        return;
      }
    } else if (byte == '<' && sees_impl_segment(begin)) {
      if (!consume_bracketed()) {
        return;
      }
    } else {
      return;
    }
  }
}

// A path from here on; with a prefix, a member of it.
TypeParser::State TypeParser::begin_path(TypeId prefix) {
  const size_t begin = at_;
  scan_path();
  std::string_view name = text_.substr(begin, at_ - begin);
  // A value's path has `::` before its arguments.
  if (peek() == '<' && name.ends_with("::")) {
    name.remove_suffix(2);
  }
  if (name.empty()) {
    return State::Failed;
  }
  const NameId id = types_.name(name);
  const Kind kind = prefix.is_valid() ? Kind::Member : Kind::Path;
  if (consume("<")) {
    prefix.is_valid() ? open_with(prefix, Step::Args, kind, id) : open(Step::Args, kind, id);
    return begin_argument();
  }
  if (!prefix.is_valid() && consume("(")) {
    open(Step::Parameters, Kind::FnSugar, id);
    return consume(")") ? finish_function() : State::Begin;
  }
  return value(prefix.is_valid() ? types_.intern(kind, false, id, prefix)
                                 : types_.intern(kind, false, id, {}));
}

// At the next bound: a lifetime, `use<'a, T>`, or a trait.
TypeParser::State TypeParser::begin_bound() {
  while (true) {
    const size_t begin = at_;
    if (sees("use<")) {
      at_ += 3;
      if (!consume_bracketed()) {
        return State::Failed;
      }
      parts_.push_back(
          types_.intern(Kind::Lifetime, false, types_.name(text_.substr(begin, at_ - begin)), {}));
    } else if (!consume_lifetime()) {
      return State::Begin;
    }
    if (!consume(" + ")) {
      return finish_bound();
    }
  }
}

TypeParser::State TypeParser::begin_argument() {
  while (consume_lifetime()) {
    if (!consume(", ")) {
      break;
    }
  }
  if (consume(">")) {
    return finish_args();
  }
  return State::Begin;
}

// An argument that was read turns out to be a name: `Output = T`, `Item<'a> = T`,
// `Item: Bound`.
TypeParser::State TypeParser::begin_binding() {
  const Type name = types_.exact(parts_.back());
  const llvm::SmallVector<TypeId, 4> arguments(name.args.begin(), name.args.end());
  const NameId id = types_.name(name.name);
  parts_.pop_back();
  if (consume(" = ")) {
    open(Step::Binding, Kind::Binding, id);
    parts_.append(arguments.begin(), arguments.end());
    return State::Begin;
  }
  at_ += 2;
  open(Step::Constraint, Kind::Constraint, id);
  return begin_bound();
}

TypeParser::State TypeParser::finish() {
  Frame& frame = frames_.back();
  if (frame.step != Step::Parens) {
    parts_.push_back(value_);
  }
  switch (frame.step) {
    case Step::ForAll:
    case Step::Pointer:
      return complete();
    case Step::Brackets:
      return finish_brackets();
    case Step::Parens:
      return finish_parens();
    case Step::Parameters:
      return finish_parameter();
    case Step::Result:
      return finish_function();
    case Step::ItemPath:
      return consume("}") ? complete() : State::Failed;
    case Step::Bounds:
    case Step::Constraint:
      return consume(" + ") ? begin_bound() : finish_bound();
    case Step::Binding: {
      complete();
      parts_.push_back(value_);
      return consume(">") ? finish_args() : consume(", ") ? begin_argument() : State::Failed;
    }
    case Step::Args:
      if ((sees(" = ") || sees(": ")) && types_.exact(value_).kind == Kind::Path) {
        return begin_binding();
      }
      return consume(">") ? finish_args() : consume(", ") ? begin_argument() : State::Failed;
    case Step::Self:
      if (consume(">")) {
        frame.kind = Kind::Qualified;
        complete();
        return after_path(value_);
      }
      frame.step = Step::Trait;
      return consume(" as ") ? State::Begin : State::Failed;
    case Step::Trait:
      return finish_projection();
  }
  return State::Failed;
}

TypeParser::State TypeParser::finish_brackets() {
  if (consume("; ")) {
    const size_t close = scan(text_, at_, 0);
    if (close >= text_.size()) {
      return State::Failed;
    }
    const size_t begin = at_;
    at_ = close;
    named(Kind::Const, begin);
    parts_.push_back(value_);
    frames_.back().kind = Kind::Array;
  }
  return consume("]") ? complete() : State::Failed;
}

TypeParser::State TypeParser::finish_parens() {
  Frame& frame = frames_.back();
  parts_.push_back(value_);
  if (consume(")")) {
    if (!frame.has_comma) {
      frame.kind = Kind::Parens;
    }
    return complete();
  }
  frame.has_comma = true;
  if (consume(",)")) {
    return complete();
  }
  return consume(", ") ? State::Begin : State::Failed;
}

TypeParser::State TypeParser::finish_parameter() {
  if (consume(", ")) {
    return State::Begin;
  }
  return consume(")") ? finish_function() : State::Failed;
}

// The parameters are known, and after `Step::Result` the result.
TypeParser::State TypeParser::finish_function() {
  Frame& frame = frames_.back();
  if (frame.step == Step::Parameters) {
    if (frame.kind == Kind::FnSugar) {
      const TypeId tuple =
          types_.intern(Kind::Tuple, false, types_.name({}),
                        llvm::ArrayRef<TypeId>(parts_).drop_front(frame.first_part));
      parts_.resize(frame.first_part);
      parts_.push_back(tuple);
    }
    if (consume(" -> ")) {
      frame.step = Step::Result;
      return State::Begin;
    }
    if (frame.kind == Kind::FnPtr) {
      parts_.push_back(types_.intern(Kind::Tuple, false, types_.name({}), {}));
    }
  }
  const bool is_pointer = frame.kind == Kind::FnPtr;
  complete();
  // `fn(u32) -> u32 {a::f}` is the type of one function.
  if (is_pointer && consume(" {")) {
    return open_with(value_, Step::ItemPath, Kind::FnItem, types_.name({}));
  }
  return State::Value;
}

// The closing `>` is passed.
TypeParser::State TypeParser::finish_args() {
  complete();
  return after_path(value_);
}

// Whether the path goes on behind its arguments.
TypeParser::State TypeParser::after_path(TypeId path) {
  return path.is_valid() && consume("::") ? begin_path(path) : value(path);
}

// The result of a trait's method names the method behind its bounds:
// `impl Future<Output = u32> { <S as Svc>::call(..) }`.
TypeParser::State TypeParser::finish_bound() {
  Frame& frame = frames_.back();
  if (frame.step == Step::Constraint) {
    complete();
    parts_.push_back(value_);
    return consume(">") ? finish_args() : consume(", ") ? begin_argument() : State::Failed;
  }
  if (frame.kind == Kind::ImplTrait && sees(" { <")) {
    const size_t begin = ++at_;
    if (!consume_bracketed()) {
      return State::Failed;
    }
    frame.name = types_.name(text_.substr(begin, at_ - begin));
  }
  return complete();
}

// `<T as Tr` is read; `>::Out` and its arguments are next.
TypeParser::State TypeParser::finish_projection() {
  if (!consume(">::")) {
    return State::Failed;
  }
  const size_t begin = at_;
  scan_path();
  std::string_view name = text_.substr(begin, at_ - begin);
  if (peek() == '<' && name.ends_with("::")) {
    name.remove_suffix(2);
  }
  Frame& frame = frames_.back();
  frame.name = types_.name(name);
  frame.step = Step::Args;
  if (consume("<")) {
    return begin_argument();
  }
  return complete();
}

}  // namespace

TypeId parse_type(std::string_view text, TypeTable& types) {
  return TypeParser(text, types).parse();
}

}  // namespace jaa::mir
