// How types begin.
#include "mir/type_machine.h"

namespace jaa::mir {

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

}  // namespace jaa::mir
