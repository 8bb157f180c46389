// How types end: a part is there, and its frame wants another one or is complete.
#include "mir/type_machine.h"
#include "mir/type_parser.h"

namespace jaa::mir {

TypeParser::State TypeParser::finish() {
  TypeFrame& frame = frames_.back();
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
  TypeFrame& frame = frames_.back();
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
  TypeFrame& frame = frames_.back();
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
  TypeFrame& frame = frames_.back();
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
  TypeFrame& frame = frames_.back();
  frame.name = types_.name(name);
  frame.step = Step::Args;
  if (consume("<")) {
    return begin_argument();
  }
  return complete();
}

TypeId parse_type(std::string_view text, TypeTable& types) {
  return TypeParser(text, types).parse();
}

}  // namespace jaa::mir
