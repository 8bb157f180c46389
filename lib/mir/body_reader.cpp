// Heads and blocks; declarations are in declaration_reader.cpp.
#include "mir/body_reader.h"

#include <algorithm>
#include <iterator>

namespace jaa::mir {

void ProblemSink::add(uint32_t line, std::string_view what, std::string_view text) const {
  constexpr size_t MaxQuoted = 120;
  std::string message(what);
  if (!text.empty()) {
    message += ": ";
    message += text.substr(0, MaxQuoted);
    message += text.size() > MaxQuoted ? ".." : "";
  }
  problems.push_back({std::string(input), line, std::move(message)});
}

BodyReader::BodyReader(LineReader& lines, TypeTable& types, const ProblemSink& sink)
    : lines_(lines),
      types_(types),
      sink_(sink),
      spans_(body_.files),
      values_(types, body_.locals),
      statements_(values_) {}

std::optional<Body> BodyReader::read(const Line& first) {
  if (!read_head(first)) {
    return std::nullopt;
  }
  read_declarations();
  read_blocks();
  if (is_open_) {
    sink_.add(lines_.line_number(), "the body ends before its `}`");
    body_.has_opaque = true;
  }
  resolve_targets();
  return std::move(body_);
}

bool BodyReader::next(Line& line) {
  while (is_open_ && lines_.next(line)) {
    if (line.code.empty() || line.raw.front() == '|') {
      continue;
    }
    if (line.raw == "}") {
      is_open_ = false;
      return false;
    }
    if (line.is_at_margin()) {
      lines_.put_back();
      return false;
    }
    return true;
  }
  return false;
}

void BodyReader::not_understood(const Line& line) {
  sink_.add(line.number, "not understood", line.code);
  body_.has_opaque = true;
}

bool BodyReader::read_head(const Line& first) {
  Cursor cursor(first.code);
  if (cursor.consume("fn ")) {
    return read_function_head(cursor, first);
  }
  return read_item_head(cursor);
}

// `NAME(_1: A, _2: B) -> R {`, or the last three over several lines:
//   fn NAME(_1: A) -> R
//   yields Y
//    {
bool BodyReader::read_function_head(Cursor& cursor, const Line& first) {
  body_.name = cursor.take_until("(");
  if (body_.name.empty() || !cursor.consume('(')) {
    return false;
  }
  while (!cursor.consume(')')) {
    Declaration argument{++body_.arg_count, {}};
    if (!cursor.consume('_') || cursor.number() != argument.number || !cursor.consume(": ")) {
      return false;
    }
    argument.local.type = types_.parse(cursor.take_until(","));
    declarations_.push_back(std::move(argument));
    if (!cursor.consume(", ") && cursor.peek() != ')') {
      return false;
    }
  }
  if (!cursor.rest().empty() && !cursor.rest().starts_with(" -> ") && cursor.rest() != " {") {
    return false;
  }
  if (first.code.ends_with(" {")) {
    return true;
  }
  constexpr std::string_view Yields = "yields ";
  Line line;
  while (lines_.next(line)) {
    if (!line.code.starts_with(Yields)) {
      if (line.code == "{") {
        return true;
      }
      lines_.put_back();
      break;
    }
    body_.is_coroutine = true;
    body_.yield_type = types_.parse(line.code.substr(Yields.size()));
  }
  return false;
}

// `const NAME: TYPE = {`, `static mut NAME: TYPE = {`, `NAME: TYPE = {`.
bool BodyReader::read_item_head(Cursor& cursor) {
  if (cursor.consume("static ")) {
    cursor.consume("mut ");
  } else {
    cursor.consume("const ");
  }
  // The colons of `::` have no space behind them.
  body_.name = cursor.take_until(": ");
  if (body_.name.empty() || !cursor.consume(": ")) {
    return false;
  }
  cursor.take_until(" = ");
  return cursor.rest() == " = {";
}

bool BodyReader::open_block(Cursor& cursor, const Line& line) {
  if (!cursor.consume("bb")) {
    return false;
  }
  const std::optional<uint32_t> number = cursor.number();
  if (!number.has_value()) {
    return false;
  }
  const bool is_cleanup = cursor.consume(" (cleanup)");
  if (cursor.rest() != ": {") {
    return false;
  }
  const BlockId id(blocks_.size());
  blocks_.emplace_back().is_cleanup = is_cleanup;
  if (!block_ids_.try_emplace(*number, id).second) {
    sink_.add(line.number, "a block of this number exists already", line.code);
    body_.has_opaque = true;
  }
  return true;
}

void BodyReader::read_blocks() {
  Line line;
  while (next(line)) {
    Cursor cursor(line.code);
    if (open_block(cursor, line)) {
      read_block(blocks_.back());
      blocks_.back().statements.assign(std::make_move_iterator(block_statements_.begin()),
                                       std::make_move_iterator(block_statements_.end()));
      block_statements_.clear();
    } else {
      not_understood(line);
    }
  }
  body_.blocks.reserve(blocks_.size() + 1);
  for (Block& block : blocks_) {
    body_.blocks.add(std::move(block));
  }
}

// A statement's comment holds its scope and span; the lines of comment below it
// describe its constants, the callee's first.
void BodyReader::read_comment(std::string_view comment, Block& block) {
  constexpr std::string_view SpanHead = "+ span: ";
  if (wants_callee_span_ && comment.starts_with(SpanHead)) {
    block.terminator.callee_span = spans_.read(comment.substr(SpanHead.size()));
    wants_callee_span_ = false;
  }
}

void BodyReader::add_line(const Line& line, Block& block, bool& has_terminator) {
  using Kind = Terminator::Kind;
  std::string_view code = line.code;
  if (code.ends_with(';')) {
    code.remove_suffix(1);
  } else {
    not_understood(line);
  }
  const SpanComment comment = spans_.read_comment(line.comment);
  if (has_terminator) {
    // Nothing follows a terminator: where control goes is not known.
    not_understood(line);
    block.terminator.kind = Kind::Opaque;
    block.terminator.text += '\n';
    block.terminator.text += code;
    return;
  }
  if (statements_.read_terminator(code, block.terminator)) {
    has_terminator = true;
    Terminator& terminator = block.terminator;
    terminator.span = comment.span;
    terminator.scope = scope_id(comment.scope);
    if (terminator.kind == Kind::Opaque) {
      not_understood(line);
    }
    wants_callee_span_ =
        terminator.kind == Kind::Call && terminator.callee.kind == Operand::Kind::Constant;
    return;
  }
  Statement& statement = block_statements_.emplace_back();
  statements_.read_statement(code, statement);
  statement.span = comment.span;
  statement.scope = scope_id(comment.scope);
  if (statement.kind == Statement::Kind::Opaque) {
    not_understood(line);
  }
}

// Assembly is written with the line breaks and quotes of its template, so its
// end is known only by what follows the template: the options.
std::string_view BodyReader::read_assembly(Line& line) {
  const auto is_last = [](const Line& each) {
    return each.code.ends_with(';') && each.code.find("options(") != std::string_view::npos;
  };
  const char* begin = line.code.data();
  split_line_from_right(line);
  Line more = line;
  while (!is_last(line) && lines_.next(more)) {
    if (more.raw == "    }" || more.raw == "}") {
      lines_.put_back();
      break;
    }
    split_line_from_right(more);
    line = more;
  }
  const std::string_view end = is_last(line) ? line.code : line.raw;
  return {begin, static_cast<size_t>(end.data() + end.size() - begin)};
}

void BodyReader::read_block(Block& block) {
  bool has_terminator = false;
  Line line;
  wants_callee_span_ = false;
  while (lines_.next(line)) {
    if (line.code.empty()) {
      read_comment(line.comment, block);
      continue;
    }
    if (line.code == "}") {
      // The body's own brace: the block's is missing.
      if (line.is_at_margin()) {
        lines_.put_back();
        break;
      }
      if (has_terminator) {
        return;
      }
      break;
    }
    if (line.code.starts_with("asm!(") || line.code.starts_with("naked_asm!(")) {
      line.code = read_assembly(line);
    } else if (line.is_at_margin()) {
      if (line.raw.front() == '|') {
        continue;
      }
      lines_.put_back();
      break;
    }
    add_line(line, block, has_terminator);
  }
  if (!has_terminator) {
    sink_.add(lines_.line_number(), "the block has no terminator");
    body_.has_opaque = true;
  }
}

// Blocks were named by their printed numbers; all that are not there are one
// opaque block at the end.
void BodyReader::resolve_targets() {
  BlockId missing;
  const auto resolve = [&](BlockId& id) {
    const auto known = block_ids_.find(static_cast<uint32_t>(id.value));
    if (known != block_ids_.end()) {
      id = known->second;
      return;
    }
    if (!missing.is_valid()) {
      sink_.add(lines_.line_number(), "no such block", "bb" + std::to_string(id.value));
      missing = BlockId(body_.blocks.size());
    }
    id = missing;
  };
  for (Block& block : body_.blocks) {
    Terminator& terminator = block.terminator;
    std::for_each(terminator.targets.begin(), terminator.targets.end(), resolve);
    if (terminator.unwind_target.is_valid()) {
      resolve(terminator.unwind_target);
    }
    if (terminator.drop_target.is_valid()) {
      resolve(terminator.drop_target);
    }
  }
  if (body_.blocks.empty()) {
    sink_.add(lines_.line_number(), "the body has no blocks", body_.name);
  }
  if (missing.is_valid() || body_.blocks.empty()) {
    body_.blocks.add({});
    body_.has_opaque = true;
  }
}

ScopeId BodyReader::scope_id(std::optional<uint32_t> number) const {
  return number && *number < body_.scopes.size() ? ScopeId(size_t{*number}) : ScopeId();
}

}  // namespace jaa::mir
