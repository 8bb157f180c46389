// A parser with an explicit stack: input nests as deep as it likes, the machine
// stack does not. It goes back and forth between two states. `begin` stands
// where a type begins and either reads a leaf (then the value is known) or opens
// a frame (then the frame's first part is next). `finish` has the value of a
// part and gives it to the innermost frame, which either wants another part or
// is complete and so becomes the value itself. `&mut Foo<A>`, for example:
//
//   begin "&mut " -> frame Ref;  begin "Foo<" -> frame Args;  begin "A" -> value A
//   finish: Args takes A, sees ">" -> value Foo<A>;  finish: Ref takes it -> done
#include "mir/type_parser.h"

#include <algorithm>

#include "llvm/ADT/SmallVector.h"

#include "mir/lexer.h"

namespace jaa::mir {
namespace {

struct Frame {
  enum class Step : uint8_t {
    Pointer,     // `&`, `*const`: then the pointee
    Brackets,    // `[T]`, `[T; N]`
    Parens,      // a tuple, or a type in parentheses
    Parameters,  // of a function pointer, or of `Fn(A) -> B`
    Result,      // of the same
    Bounds,      // of `dyn`, `impl`
    Args,        // `<A, Name = B>` of a path or projection
    Self,        // `<` HERE ` as Tr>::Out`
    Trait,       // `<T as ` HERE `>::Out`
  };
  Step step;
  Type type;               // as far as it is known
  size_t begin;            // of the type's text
  bool has_comma = false;  // Parens: it is a tuple
  std::string binding;     // Args: the name before ` = `, if the next part has one
};

class TypeParser {
 public:
  TypeParser(std::string_view text, TypeTable& types) : text_(text), types_(types) {}

  TypeId parse() {
    State state = State::Begin;
    while (state != State::Failed) {
      if (state == State::Begin) {
        state = frames_.size() > MaxTypeDepth ? State::Failed : begin();
      } else if (!frames_.empty()) {
        state = finish();
      } else if (at_ == text_.size()) {
        return value_;
      } else {
        state = State::Failed;
      }
    }
    Type opaque;
    opaque.name = text_;
    return types_.intern(std::move(opaque));
  }

 private:
  enum class State : uint8_t { Begin, Value, Failed };
  using Step = Frame::Step;
  using Kind = Type::Kind;

  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  bool consume(std::string_view word) {
    if (!rest().starts_with(word)) {
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

  State value(Type type) {
    value_ = types_.intern(std::move(type));
    return State::Value;
  }
  // The text since `begin` as a type of its own.
  State named(Kind kind, size_t begin) {
    Type type;
    type.kind = kind;
    type.name = text_.substr(begin, at_ - begin);
    return value(std::move(type));
  }
  State open(Step step, Kind kind, size_t begin) {
    Type type;
    type.kind = kind;
    frames_.push_back({step, std::move(type), begin, false, {}});
    return State::Begin;
  }
  // The innermost frame's type is complete.
  State complete() {
    Type type = std::move(frames_.back().type);
    frames_.pop_back();
    return value(std::move(type));
  }

  // `'a`, `'_`, `'{erased}`, `'?5`; a character literal is none.
  bool consume_lifetime() {
    if (peek() != '\'' || skip_literal(text_, at_) != at_ + 1) {
      return false;
    }
    ++at_;
    if (peek() == '{') {
      return consume_bracketed();
    }
    at_ += peek() == '?' || peek() == '^' ? 1 : 0;
    while (is_name_byte(peek())) {
      ++at_;
    }
    return true;
  }

  State begin();
  State begin_pointer();
  State begin_function(size_t begin);
  State begin_braced();
  State begin_literal();
  State begin_path();
  State begin_bound();
  State begin_argument();
  State begin_list(Step step, Kind kind, std::string name, size_t begin);

  State finish();
  State finish_parens(Frame& frame);
  State finish_parameter(Frame& frame);
  State finish_function(Frame& frame);
  State finish_argument(Frame& frame);
  State finish_args();
  State finish_bounds(Frame& frame);
  State finish_projection(Frame& frame);

  void scan_path();
  State raw_path(size_t begin);

  std::string_view text_;
  TypeTable& types_;
  size_t at_ = 0;
  TypeId value_;
  llvm::SmallVector<Frame, 8> frames_;
};

TypeParser::State TypeParser::begin() {
  if (consume("for<")) {
    --at_;
    if (!consume_bracketed() || !consume(" ")) {
      return State::Failed;
    }
  }
  const size_t begin = at_;
  switch (peek()) {
    case '&':
    case '*':
      return begin_pointer();
    case '[':
      ++at_;
      return open(Step::Brackets, Kind::Slice, begin);
    case '(':
      ++at_;
      open(Step::Parens, Kind::Tuple, begin);
      return consume(")") ? complete() : State::Begin;
    case '!':
      ++at_;
      return value({.kind = Kind::Never, .name = {}, .args = {}, .is_mut = false, .bindings = {}});
    case '{':
      return begin_braced();
    case '\'':
    case '"':
    case '-':
      return begin_literal();
    case '<':
      if (rest().starts_with("<impl ")) {
        return begin_path();
      }
      ++at_;
      return open(Step::Self, Kind::Projection, begin);
    default:
      break;
  }
  if (consume("dyn ")) {
    open(Step::Bounds, Kind::Dyn, begin);
    return begin_bound();
  }
  if (consume("impl ")) {
    open(Step::Bounds, Kind::ImplTrait, begin);
    return begin_bound();
  }
  if (rest().starts_with("fn(") || rest().starts_with("unsafe ") ||
      rest().starts_with("extern \"")) {
    return begin_function(begin);
  }
  if (consume("...")) {
    return named(Kind::Path, begin);
  }
  return begin_path();
}

TypeParser::State TypeParser::begin_pointer() {
  const size_t begin = at_;
  if (consume("*const ") || consume("*mut ")) {
    open(Step::Pointer, Kind::RawPtr, begin);
    frames_.back().type.is_mut = text_[begin + 1] == 'm';
    return State::Begin;
  }
  if (!consume("&")) {
    return State::Failed;
  }
  if (consume_lifetime()) {
    consume(" ");
  }
  open(Step::Pointer, Kind::Ref, begin);
  frames_.back().type.is_mut = consume("mut ");
  return State::Begin;
}

TypeParser::State TypeParser::begin_function(size_t begin) {
  consume("unsafe ");
  if (consume("extern ")) {
    at_ = peek() == '"' ? skip_literal(text_, at_) : at_;
    consume(" ");
  }
  std::string qualifiers(text_.substr(begin, at_ - begin));
  if (!qualifiers.empty()) {
    qualifiers.pop_back();
  }
  return consume("fn(") ? begin_list(Step::Parameters, Kind::FnPtr, std::move(qualifiers), begin)
                        : State::Failed;
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
                            inside.starts_with("coroutine@") ||
                            inside.starts_with("static coroutine@");
  return named(is_coroutine ? Kind::Coroutine : Kind::Opaque, begin);
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
  return at_ > begin + 1 ? named(Kind::Path, begin) : State::Failed;
}

// Over names, `::`, `{impl#0}` and `<impl at ..>`, up to the generic arguments.
void TypeParser::scan_path() {
  while (at_ < text_.size()) {
    const bool follows_colon = at_ > 0 && text_[at_ - 1] == ':';
    if ((peek() == '{' && follows_colon) || rest().starts_with("<impl ")) {
      if (!consume_bracketed()) {
        return;
      }
    } else if (is_name_byte(peek()) || peek() == '#' || peek() == '?' ||
               (peek() == ':' && (follows_colon || rest().starts_with("::")))) {
      ++at_;
    } else {
      return;
    }
  }
}

TypeParser::State TypeParser::begin_path() {
  const size_t begin = at_;
  scan_path();
  std::string_view name = text_.substr(begin, at_ - begin);
  if (name.empty()) {
    return State::Failed;
  }
  // A value's path has `::` before its arguments.
  if (peek() == '<' && name.ends_with("::")) {
    name.remove_suffix(2);
  }
  if (consume("<")) {
    return begin_list(Step::Args, Kind::Path, std::string(name), begin);
  }
  if (consume("(")) {
    return begin_list(Step::Parameters, Kind::Path, std::string(name), begin);
  }
  return named(Kind::Path, begin);
}

// A path that goes on after its generic arguments has no parts worth telling
// apart; it is a name as it is written.
TypeParser::State TypeParser::raw_path(size_t begin) {
  do {
    scan_path();
  } while ((peek() == '<' || peek() == '(') && consume_bracketed());
  return named(Kind::Path, begin);
}

// At the next bound: lifetimes are not kept.
TypeParser::State TypeParser::begin_bound() {
  while (consume_lifetime()) {
    if (!consume(" + ")) {
      return finish_bounds(frames_.back());
    }
  }
  return State::Begin;
}

// After the opening bracket of a list that may be empty.
TypeParser::State TypeParser::begin_list(Step step, Kind kind, std::string name, size_t begin) {
  open(step, kind, begin);
  frames_.back().type.name = std::move(name);
  if (step == Step::Args) {
    return begin_argument();
  }
  return consume(")") ? finish_function(frames_.back()) : State::Begin;
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
  // `Output = T`, and `Item<'a> = T`.
  size_t end = at_;
  while (end < text_.size() && is_name_byte(text_[end])) {
    ++end;
  }
  const std::string_view name = text_.substr(at_, end - at_);
  if (!name.empty() && end < text_.size() && text_[end] == '<') {
    end = std::min(skip_bracketed(text_, end), text_.size());
  }
  if (!name.empty() && text_.substr(end).starts_with(" = ")) {
    frames_.back().binding = name;
    at_ = end + 3;
  }
  return State::Begin;
}

TypeParser::State TypeParser::finish() {
  Frame& frame = frames_.back();
  Type& type = frame.type;
  switch (frame.step) {
    case Step::Pointer:
      type.args.push_back(value_);
      return complete();
    case Step::Brackets:
      type.args.push_back(value_);
      if (consume("; ")) {
        const size_t close = find_outside(text_, at_, "]");
        if (close == std::string_view::npos) {
          return State::Failed;
        }
        type.kind = Kind::Array;
        type.name = text_.substr(at_, close - at_);
        at_ = close;
      }
      return consume("]") ? complete() : State::Failed;
    case Step::Parens:
      return finish_parens(frame);
    case Step::Parameters:
      return finish_parameter(frame);
    case Step::Result:
      if (type.kind == Kind::FnPtr) {
        type.args.push_back(value_);
      } else {
        type.bindings.emplace_back("Output", value_);
      }
      return finish_function(frame);
    case Step::Bounds:
      type.args.push_back(value_);
      return consume(" + ") ? begin_bound() : finish_bounds(frame);
    case Step::Args:
      return finish_argument(frame);
    case Step::Self:
      type.args.push_back(value_);
      if (consume(">")) {
        const size_t begin = frame.begin;
        frames_.pop_back();
        return raw_path(begin);
      }
      frame.step = Step::Trait;
      return consume(" as ") ? State::Begin : State::Failed;
    case Step::Trait:
      return finish_projection(frame);
  }
  return State::Failed;
}

TypeParser::State TypeParser::finish_parens(Frame& frame) {
  frame.type.args.push_back(value_);
  if (consume(")")) {
    if (frame.has_comma) {
      return complete();
    }
    // Parentheses around one type: `value_` is it already.
    frames_.pop_back();
    return State::Value;
  }
  frame.has_comma = true;
  if (consume(",)")) {
    return complete();
  }
  return consume(", ") ? State::Begin : State::Failed;
}

TypeParser::State TypeParser::finish_parameter(Frame& frame) {
  frame.type.args.push_back(value_);
  if (consume(", ")) {
    return State::Begin;
  }
  return consume(")") ? finish_function(frame) : State::Failed;
}

// The parameters are known, and after `Step::Result` the result.
TypeParser::State TypeParser::finish_function(Frame& frame) {
  if (frame.step == Step::Parameters) {
    if (frame.type.kind == Kind::Path) {
      Type tuple;
      tuple.kind = Kind::Tuple;
      tuple.args = std::move(frame.type.args);
      frame.type.args = {types_.intern(std::move(tuple))};
    }
    if (consume(" -> ")) {
      frame.step = Step::Result;
      return State::Begin;
    }
    if (frame.type.kind == Kind::FnPtr) {
      Type unit;
      unit.kind = Kind::Tuple;
      frame.type.args.push_back(types_.intern(std::move(unit)));
    }
  }
  // `fn(u32) -> u32 {a::f}` is the type of one function.
  if (frame.type.kind == Kind::FnPtr && rest().starts_with(" {")) {
    const size_t begin = frame.begin;
    ++at_;
    if (!consume_bracketed()) {
      return State::Failed;
    }
    frames_.pop_back();
    return named(Kind::FnItem, begin);
  }
  return complete();
}

TypeParser::State TypeParser::finish_argument(Frame& frame) {
  if (frame.binding.empty()) {
    frame.type.args.push_back(value_);
  } else {
    frame.type.bindings.emplace_back(std::move(frame.binding), value_);
    frame.binding.clear();
  }
  if (consume(">")) {
    return finish_args();
  }
  return consume(", ") ? begin_argument() : State::Failed;
}

TypeParser::State TypeParser::finish_args() {
  if (rest().starts_with("::")) {
    const size_t begin = frames_.back().begin;
    frames_.pop_back();
    return raw_path(begin);
  }
  return complete();
}

// The result of a trait's method names the method behind its bounds:
// `impl Future<Output = u32> { <S as Svc>::call(..) }`.
TypeParser::State TypeParser::finish_bounds(Frame& frame) {
  if (frame.type.kind == Kind::ImplTrait && rest().starts_with(" { <")) {
    const size_t begin = ++at_;
    if (!consume_bracketed()) {
      return State::Failed;
    }
    frame.type.name = text_.substr(begin, at_ - begin);
  }
  return complete();
}

TypeParser::State TypeParser::finish_projection(Frame& frame) {
  frame.type.args.push_back(value_);
  if (!consume(">::")) {
    return State::Failed;
  }
  const size_t begin = at_;
  while (is_name_byte(peek()) || peek() == '#') {
    ++at_;
  }
  frame.type.name = text_.substr(begin, at_ - begin);
  frame.step = Step::Args;
  return consume("<") ? begin_argument() : finish_args();
}

}  // namespace

TypeId parse_type(std::string_view text, TypeTable& types) {
  return TypeParser(text, types).parse();
}

}  // namespace jaa::mir
