// Heads and blocks; declarations are in declaration_reader.cpp.
#include "mir/body_reader.h"

#include <algorithm>

namespace jaa::mir {
namespace {

constexpr size_t MostProblems = 1'000;

constexpr std::string_view BlockIndent = "    ";
constexpr std::string_view CodeIndent = "        ";

// Of a line that does not say.
constexpr SourceInfo NoPlace{{}, ScopeId(size_t{0})};

}  // namespace

void ProblemSink::add(uint32_t line, std::string_view what, std::string_view text) const {
  constexpr size_t MaxQuoted = 120;
  if (problems.size() >= MostProblems) {
    return;
  }
  std::string message(what);
  if (!text.empty()) {
    message += ": ";
    message += text.substr(0, MaxQuoted);
    message += text.size() > MaxQuoted ? ".." : "";
  }
  if (problems.size() + 1 == MostProblems) {
    message = "more problems follow";
  }
  problems.push_back({std::string(input), line, std::move(message)});
}

BodyReader::BodyReader(Tables& tables, size_t most_statements)
    : most_statements_(most_statements),
      builder_(tables),
      spans_(builder_),
      values_(builder_),
      statements_(builder_, values_),
      notes_(builder_, spans_) {}

std::optional<Body> BodyReader::read(std::string_view first, LineReader& lines, base::Arena& arena,
                                     const ProblemSink& sink) {
  lines_ = &lines;
  sink_ = &sink;
  builder_.clear();
  spans_.clear();
  declarations_.clear();
  debug_infos_.clear();
  declared_scopes_.clear();
  open_scopes_.assign(1, ScopeId(size_t{0}));
  block_numbers_.clear();
  is_open_ = true;
  blank_lines_ = 0;
  opaque_lines_ = 0;
  builder_.body.first_line = lines.number();
  if (!read_head(first)) {
    return std::nullopt;
  }
  read_declarations();
  read_blocks();
  if (builder_.blocks.empty()) {
    // No body of rustc's is without blocks: what looks like one is some other text.
    return std::nullopt;
  }
  if (is_open_) {
    sink.add(lines.number(), "the body ends before its `}`");
    builder_.body.has_opaque = true;
  }
  resolve_targets();
  return builder_.finish(arena);
}

// The next line of this body that is not blank. False at its end, and at a line of
// another item.
bool BodyReader::next(std::string_view& line) {
  while (is_open_ && lines_->next(line)) {
    if (line.empty()) {
      ++blank_lines_;
      continue;
    }
    if (line == "}") {
      expect_blank_lines(0);
      is_open_ = false;
      return false;
    }
    if (line.front() != ' ') {
      lines_->put_back();
      return false;
    }
    return true;
  }
  return false;
}

// A blank line stands before each block, and nowhere else. Where it is otherwise the
// body is understood, but prints otherwise.
void BodyReader::expect_blank_lines(size_t count) {
  if (blank_lines_ != count) {
    sink_->add(lines_->number(), "a blank line too many or too few");
  }
  blank_lines_ = 0;
}

void BodyReader::not_understood(std::string_view line) {
  sink_->add(lines_->number(), "not understood",
             line.substr(std::min(line.find_first_not_of(' '), line.size())));
  builder_.body.has_opaque = true;
  ++opaque_lines_;
}

void BodyReader::keep_opaque(std::string_view line) {
  not_understood(line);
  builder_.opaque_lines.push_back({lines_->number(), builder_.tables.name(line)});
}

bool BodyReader::read_head(std::string_view first) {
  Cursor cursor(first);
  if (cursor.consume("fn ")) {
    return read_function_head(cursor);
  }
  return read_item_head(cursor);
}

// `NAME(_1: A, _2: B) -> R {`, or the last three over several lines:
//   fn NAME(_1: A) -> R
//   yields Y
//    {
bool BodyReader::read_function_head(Cursor& cursor) {
  Body& body = builder_.body;
  body.name = builder_.tables.name(cursor.take(AtParen));
  if (builder_.tables.text(body.name).empty() || !cursor.consume('(')) {
    return false;
  }
  while (!cursor.consume(')')) {
    Declaration argument{++body.arg_count, {}};
    if (!cursor.consume('_') || cursor.number() != argument.number || !cursor.consume(": ")) {
      return false;
    }
    argument.local.type = builder_.tables.types.parse(cursor.take(AtComma));
    declarations_.push_back(argument);
    if (!cursor.consume(", ") && cursor.peek() != ')') {
      return false;
    }
  }
  if (!cursor.consume(" -> ")) {
    return false;
  }
  std::string_view result = cursor.rest();
  // Not of the whole line: in `fn f() -> {` the blank is the arrow's.
  const bool is_whole = result.ends_with(" {");
  result.remove_suffix(is_whole ? 2 : 0);
  body.result_type = builder_.tables.types.parse(result);
  if (is_whole) {
    return true;
  }
  constexpr std::string_view Yields = "yields ";
  const LineReader behind_first = *lines_;
  std::string_view line;
  while (lines_->next(line)) {
    if (line == " {") {
      return true;
    }
    if (body.is_coroutine || !line.starts_with(Yields)) {
      break;
    }
    body.is_coroutine = true;
    body.yield_type = builder_.tables.types.parse(line.substr(Yields.size()));
  }
  *lines_ = behind_first;
  return false;
}

// `const NAME: TYPE = {`, `static mut NAME: TYPE = {`, `NAME: TYPE = {`.
bool BodyReader::read_item_head(Cursor& cursor) {
  using Form = Body::Form;
  Body& body = builder_.body;
  body.form = Form::Anonymous;
  if (cursor.consume("static ")) {
    body.form = cursor.consume("mut ") ? Form::StaticMut : Form::Static;
  } else if (cursor.consume("const ")) {
    body.form = Form::Const;
  }
  if (!cursor.rest().ends_with(" = {")) {
    return false;
  }
  const size_t colon = find_name_end(cursor.rest());
  if (colon == std::string_view::npos) {
    return false;
  }
  body.name = builder_.tables.name(cursor.rest().substr(0, colon));
  std::string_view type = cursor.rest().substr(colon + 2);
  if (type.size() < 4) {
    return false;
  }
  type.remove_suffix(4);
  body.result_type = builder_.tables.types.parse(type);
  return true;
}

bool BodyReader::open_block(Cursor& cursor) {
  if (!cursor.consume("bb")) {
    return false;
  }
  const auto number = cursor.number();
  if (!number.has_value()) {
    return false;
  }
  block_ = {};
  block_.is_cleanup = cursor.consume(" (cleanup)");
  block_.first_statement = static_cast<uint32_t>(builder_.statements.size());
  if (cursor.rest() != ": {") {
    return false;
  }
  block_numbers_.push_back(*number);
  has_terminator_ = false;
  return true;
}

void BodyReader::finish_block(const Terminator& terminator, SourceInfo info) {
  block_.terminator = terminator;
  block_.statement_count =
      static_cast<uint32_t>(builder_.statements.size()) - block_.first_statement;
  builder_.source_infos.push_back(info);
  notes_.begin_line(builder_.next_location());
  builder_.blocks.push_back(block_);
  has_terminator_ = true;
}

void BodyReader::read_blocks() {
  std::string_view line;
  while (next(line)) {
    Cursor cursor(line);
    if (cursor.consume(BlockIndent) && open_block(cursor)) {
      expect_blank_lines(1);
      read_block();
    } else {
      keep_opaque(line);
    }
  }
}

bool BodyReader::is_full() const {
  return builder_.statements.size() >= most_statements_;
}

// What stands behind the `;`: nothing, or the line's scope and span.
bool BodyReader::read_line_comment(Cursor& cursor, SourceInfo& info) {
  if (cursor.at_end()) {
    return true;
  }
  while (cursor.consume(' ')) {
  }
  if (!cursor.consume("// ")) {
    return false;
  }
  const auto found = spans_.read_scope_at(cursor.rest());
  if (!found || found->scope.index() >= builder_.scopes.size()) {
    return false;
  }
  info = *found;
  builder_.body.has_spans = true;
  return true;
}

void BodyReader::read_code(std::string_view line) {
  Cursor cursor(line);
  cursor.advance(CodeIndent.size());
  Statement statement;
  Terminator terminator;
  SourceInfo info = NoPlace;
  using Line = StatementReader::Line;
  const Line kind = statements_.read(cursor, statement, terminator);
  if (kind == Line::NotUnderstood || !cursor.consume(';') || !read_line_comment(cursor, info)) {
    if (line.substr(CodeIndent.size()).starts_with("asm!(") ||
        line.substr(CodeIndent.size()).starts_with("naked_asm!(")) {
      return read_assembly(line);
    }
    // The comment, if there is one, still says where it is.
    std::string_view text = line.substr(CodeIndent.size());
    if (const size_t comment = text.rfind("; // scope "); comment != std::string_view::npos) {
      Cursor rest(text.substr(comment + 1));
      (void)read_line_comment(rest, info);
      text = text.substr(0, comment + 1);
    }
    not_understood(line);
    if (has_terminator_) {
      doubt_terminator();
      builder_.opaque_lines.push_back({lines_->number(), builder_.tables.name(line)});
      return;
    }
    if (read_unknown_terminator(text, terminator)) {
      return finish_block(terminator, info);
    }
    statement = {};
    statement.parts[0] = Operand::of_bits(static_cast<uint32_t>(builder_.tables.name(text).value));
    builder_.source_infos.push_back(info);
    notes_.begin_line(builder_.next_location());
    builder_.statements.push_back(statement);
    return;
  }
  if (has_terminator_) {
    keep_opaque(line);
    return doubt_terminator();
  }
  if (kind == Line::Terminator) {
    return finish_block(terminator, info);
  }
  builder_.source_infos.push_back(info);
  notes_.begin_line(builder_.next_location());
  builder_.statements.push_back(statement);
}

// Nothing follows a terminator, so that what was taken for one is something else; of it
// only where it may go is kept.
void BodyReader::doubt_terminator() {
  Terminator& last = builder_.blocks.back().terminator;
  Terminator doubtful;
  doubtful.unwind = last.unwind;
  doubtful.unwind_target = last.unwind_target;
  doubtful.drop_target = last.drop_target;
  doubtful.first_target = last.first_target;
  doubtful.target_count = last.target_count;
  last = doubtful;
}

// What ends in targets ends its block, whatever it does.
bool BodyReader::read_unknown_terminator(std::string_view text, Terminator& terminator) {
  const size_t arrow = std::min(text.rfind(" -> "), text.size());
  const size_t targets = builder_.targets.size();
  terminator = {};
  Cursor cursor(text.substr(arrow));
  if (cursor.at_end() || !statements_.read_targets(cursor, terminator) || cursor.rest() != ";") {
    builder_.targets.resize(targets);
    terminator = {};
    return false;
  }
  terminator.text = builder_.tables.name(text);
  return true;
}

// Assembly is written with the line breaks and quotes of its template, so its end is
// known only by what follows the template: the options.
void BodyReader::read_assembly(std::string_view line) {
  const auto ends = [](std::string_view each) {
    const size_t comment = each.rfind(" // scope ");
    std::string_view code = each.substr(0, comment);
    while (code.ends_with(' ')) {
      code.remove_suffix(1);
    }
    return code.ends_with(';') && code.find("options(") != std::string_view::npos;
  };
  const char* begin = line.data() + CodeIndent.size();
  while (!ends(line)) {
    std::string_view more;
    if (!lines_->next(more)) {
      break;
    }
    if (more == "    }" || more == "}") {
      lines_->put_back();
      break;
    }
    line = more;
  }
  std::string_view text(begin, static_cast<size_t>(line.data() + line.size() - begin));
  SourceInfo info = NoPlace;
  if (const size_t comment = text.rfind(" // scope "); comment != std::string_view::npos) {
    Cursor rest(text.substr(comment));
    (void)read_line_comment(rest, info);
    text = text.substr(0, comment);
  }
  while (text.ends_with(' ')) {
    text.remove_suffix(1);
  }
  Terminator terminator;
  terminator.kind = Terminator::Kind::InlineAsm;
  const size_t arrow = text.rfind(") -> ");
  Cursor cursor(arrow == std::string_view::npos ? text : text.substr(arrow + 1));
  if (arrow == std::string_view::npos || !statements_.read_targets(cursor, terminator) ||
      cursor.rest() != ";") {
    terminator = {};
    sink_->add(lines_->number(), "not understood", text);
    ++opaque_lines_;
    terminator.text = builder_.tables.name(text);
  } else {
    terminator.text = builder_.tables.name(text.substr(0, arrow + 1));
  }
  // What it reads and writes is not looked into.
  builder_.body.has_opaque = true;
  if (!has_terminator_) {
    finish_block(terminator, info);
  }
}

void BodyReader::read_block() {
  std::string_view line;
  while (lines_->next(line)) {
    if (line == "    }") {
      break;
    }
    if (line.empty()) {
      ++blank_lines_;
      continue;
    }
    if (line.front() != ' ' || is_full()) {
      lines_->put_back();
      break;
    }
    const size_t text = line.find_first_not_of(' ');
    if (text == CodeIndent.size()) {
      read_code(line);
    } else if (text != std::string_view::npos && line.substr(text).starts_with("// ")) {
      if (!notes_.read(line.substr(text + 3))) {
        not_understood(line);
      }
    } else {
      keep_opaque(line);
    }
  }
  if (!has_terminator_) {
    sink_->add(lines_->number(),
               is_full() ? "a body of too many statements" : "the block has no terminator");
    builder_.body.has_opaque = true;
    finish_block({}, NoPlace);
    has_terminator_ = true;
  }
}

// Blocks were named by their printed numbers; all that are not there are one opaque
// block at the end.
void BodyReader::resolve_targets() {
  const size_t count = builder_.blocks.size();
  bool is_in_order = true;
  for (size_t index = 0; index < count; ++index) {
    is_in_order &= block_numbers_[index] == index;
  }
  std::vector<std::pair<uint32_t, uint32_t>> by_number;
  if (!is_in_order) {
    sink_->add(builder_.body.first_line, "the blocks are not numbered in order");
    builder_.body.has_opaque = true;
    for (size_t index = 0; index < count; ++index) {
      by_number.emplace_back(block_numbers_[index], static_cast<uint32_t>(index));
    }
    std::sort(by_number.begin(), by_number.end());
  }
  bool is_missing = count == 0;
  const auto resolve = [&](BlockId& id) {
    if (!id.is_valid()) {
      return;
    }
    const auto number = static_cast<uint32_t>(id.index());
    if (is_in_order) {
      is_missing |= number >= count;
      id = BlockId(std::min<size_t>(number, count));
      return;
    }
    const auto found =
        std::lower_bound(by_number.begin(), by_number.end(), std::pair(number, uint32_t{0}));
    const bool is_known = found != by_number.end() && found->first == number;
    is_missing |= !is_known;
    id = BlockId(is_known ? size_t{found->second} : count);
  };
  for (BlockId& target : builder_.targets) {
    resolve(target);
  }
  for (Block& block : builder_.blocks) {
    resolve(block.terminator.unwind_target);
    resolve(block.terminator.drop_target);
  }
  if (is_missing) {
    sink_->add(lines_->number(),
               count == 0 ? "the body has no blocks" : "a block that control goes to is missing");
    builder_.body.has_opaque = true;
    block_ = {};
    block_.first_statement = static_cast<uint32_t>(builder_.statements.size());
    finish_block({}, NoPlace);
  }
}

}  // namespace jaa::mir
