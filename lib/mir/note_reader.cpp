#include "mir/note_reader.h"

#include "mir/lexer.h"

namespace jaa::mir {
namespace {

std::optional<Note::Kind> head_kind(std::string_view comment) {
  using Kind = Note::Kind;
  if (comment == "mir::ConstOperand") {
    return Kind::Constant;
  }
  if (comment == "closure") {
    return Kind::Closure;
  }
  if (comment == "coroutine") {
    return Kind::Coroutine;
  }
  if (comment == "coroutine-closure") {
    return Kind::CoroutineClosure;
  }
  return comment == "adt" ? std::optional(Kind::Adt) : std::nullopt;
}

}  // namespace

void NoteReader::add_line(std::string_view line) {
  NoteLine result;
  while (line.starts_with("    ")) {
    line.remove_prefix(4);
    ++result.depth;
  }
  result.has_comma = line.ends_with(',');
  line.remove_suffix(result.has_comma ? 1 : 0);
  result.text = builder_.tables.name(line);
  builder_.note_lines.push_back(result);
  ++builder_.notes.back().line_count;
}

// After `+ `.
bool NoteReader::read_detail(std::string_view detail) {
  Note& note = builder_.notes.back();
  Cursor cursor(detail);
  if (cursor.consume("span: ")) {
    const auto span = spans_.read(cursor.rest());
    note.span = span.value_or(SpanIndex{});
    return span.has_value();
  }
  if (cursor.consume("user_ty: UserType(")) {
    const auto number = cursor.number();
    note.has_user_type = number.has_value();
    note.user_type = number.value_or(0);
    return number.has_value() && cursor.rest() == ")";
  }
  if (cursor.consume("const_: ")) {
    const auto constant = builder_.tables.constant_note(cursor.rest());
    note.constant = constant.value_or(ConstantNoteId());
    return constant.has_value();
  }
  if (cursor.consume("def_id: ")) {
    note.definition = builder_.tables.name(cursor.rest());
    return true;
  }
  if (cursor.consume("kind: ")) {
    note.coroutine_kind = builder_.tables.name(cursor.rest());
    return true;
  }
  if (note.line_count == 0 && cursor.consume("args: ")) {
    note.first_line = static_cast<uint32_t>(builder_.note_lines.size());
    in_arguments_ = cursor.rest() == "[";
    add_line(cursor.rest());
    return in_arguments_ || cursor.rest() == "[]";
  }
  return false;
}

bool NoteReader::read_known(std::string_view comment) {
  if (in_arguments_) {
    add_line(comment);
    in_arguments_ = comment != "]";
    return true;
  }
  if (is_open_ && comment.starts_with("+ ")) {
    return read_detail(comment.substr(2));
  }
  const auto kind = head_kind(comment);
  if (kind) {
    Note note;
    note.kind = *kind;
    note.location = location_;
    builder_.notes.push_back(note);
    is_open_ = true;
  }
  return kind.has_value();
}

bool NoteReader::read(std::string_view comment) {
  if (read_known(comment)) {
    return true;
  }
  Note note;
  note.location = location_;
  note.definition = builder_.tables.name(comment);
  builder_.notes.push_back(note);
  is_open_ = false;
  in_arguments_ = false;
  return false;
}

}  // namespace jaa::mir
