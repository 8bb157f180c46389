// The grammar, as rustc's `pretty` module writes it:
//   PLACE   := _N | (*PLACE) | (PLACE.F: TYPE) | (PLACE as Variant) | PLACE[..]
//            | (PLACE as subtype TYPE)
//   OPERAND := copy PLACE | move PLACE | const CONSTANT | function path
// A place nests to the left only: its opening parentheses come first, so they are
// counted, and each projection closes the innermost one.
#include "mir/value_reader.h"

#include <algorithm>
#include <array>

#include "llvm/ADT/SmallVector.h"

namespace jaa::mir {
namespace {

constexpr std::array<std::string_view, 27> Operators{
    "Add",          "AddUnchecked", "AddWithOverflow",
    "Sub",          "SubUnchecked", "SubWithOverflow",
    "Mul",          "MulUnchecked", "MulWithOverflow",
    "Div",          "Rem",          "BitXor",
    "BitAnd",       "BitOr",        "Shl",
    "ShlUnchecked", "Shr",          "ShrUnchecked",
    "Eq",           "Lt",           "Le",
    "Ne",           "Ge",           "Gt",
    "Cmp",          "Offset",       "PtrMetadata"};
constexpr std::array<std::string_view, 3> UnaryOperators{"Neg", "Not", "PtrMetadata"};
constexpr std::array<std::string_view, 8> Specials{"discriminant",   "Len",           "SizeOf",
                                                   "AlignOf",        "OffsetOf",      "UbChecks",
                                                   "ContractChecks", "ShallowInitBox"};

template <size_t Count>
bool is_one_of(const std::array<std::string_view, Count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool ValueReader::is_special(std::string_view head) {
  return is_one_of(Specials, head);
}

bool ValueReader::set_word(std::string_view text, Statement& statement) {
  const auto word = tables_.find_word(text);
  if (word) {
    statement.word = *word;
  }
  return word.has_value();
}

bool ValueReader::read_local(Cursor& cursor, uint32_t& local) {
  if (!cursor.consume('_')) {
    return false;
  }
  const auto number = cursor.number();
  if (!number || *number >= builder_.locals.size()) {
    return false;
  }
  local = *number;
  return true;
}

bool ValueReader::read_index(Cursor& cursor) {
  Projection projection;
  if (cursor.peek() == '_') {
    projection.kind = Projection::Kind::Index;
    if (!read_local(cursor, projection.value)) {
      return false;
    }
  } else {
    const std::string_view text = cursor.take(0);
    projection.kind = text.find(" of ") != std::string_view::npos ? Projection::Kind::ConstantIndex
                                                                  : Projection::Kind::Subslice;
    projection.value = static_cast<uint32_t>(tables_.name(text).value);
  }
  builder_.projections.push_back(projection);
  return cursor.consume(']');
}

// What stands between the inner place and the `)`.
bool ValueReader::read_projection(Cursor& cursor) {
  using Kind = Projection::Kind;
  Projection projection;
  if (cursor.consume('.')) {
    const auto field = cursor.number();
    if (!field || !cursor.consume(": ")) {
      return false;
    }
    projection.kind = Kind::Field;
    projection.value = *field;
    projection.type = tables_.types.parse(cursor.take(0));
  } else if (cursor.consume(" as subtype ")) {
    projection.kind = Kind::Subtype;
    projection.type = tables_.types.parse(cursor.take(0));
  } else if (cursor.consume(" as ")) {
    const std::string_view text = cursor.take(0);
    // A variant is a bare name (or `variant#3`); anything else is a type that an
    // opaque one is seen through as.
    if (std::all_of(text.begin(), text.end(),
                    [](char byte) { return is_name_byte(byte) || byte == '#'; })) {
      projection.kind = Kind::Downcast;
      projection.value = static_cast<uint32_t>(tables_.name(text).value);
    } else {
      projection.kind = Kind::OpaqueCast;
      projection.type = tables_.types.parse(text);
    }
  } else {
    return false;
  }
  builder_.projections.push_back(projection);
  return cursor.consume(')');
}

bool ValueReader::read_place(Cursor& cursor, Place& place) {
  llvm::SmallVector<bool, 8> is_deref;  // one an open parenthesis
  while (cursor.consume('(')) {
    is_deref.push_back(cursor.consume('*'));
  }
  uint32_t local = 0;
  if (!read_local(cursor, local)) {
    return false;
  }
  if (is_deref.empty() && cursor.peek() != '[') {
    place = Place::of_local(local);
    return true;
  }
  const size_t first = builder_.projections.size();
  while (true) {
    if (cursor.consume('[')) {
      if (!read_index(cursor)) {
        return false;
      }
    } else if (is_deref.empty()) {
      break;
    } else if (is_deref.pop_back_val()) {
      builder_.projections.emplace_back();
      if (!cursor.consume(')')) {
        return false;
      }
    } else if (!read_projection(cursor)) {
      return false;
    }
  }
  place = Place::of_index(static_cast<uint32_t>(builder_.places.size()));
  builder_.places.push_back({LocalId(size_t{local}), static_cast<uint32_t>(first),
                             static_cast<uint32_t>(builder_.projections.size() - first)});
  return builder_.places.size() < Place::Limit;
}

bool ValueReader::read_constant(Cursor& cursor, bool is_function, unsigned stops,
                                Operand& operand) {
  std::string_view text = cursor.take(stops);
  if (text.ends_with(' ')) {
    // The last field of a struct: ` }` follows.
    text.remove_suffix(1);
    cursor.reset(cursor.position() - 1);
  }
  if (text.empty()) {
    return false;
  }
  operand = Operand::of_constant(tables_.constant(text, is_function));
  return true;
}

bool ValueReader::read_operand(Cursor& cursor, Operand& operand) {
  using Kind = Operand::Kind;
  Kind kind = Kind::Copy;
  if (cursor.consume("move ")) {
    kind = Kind::Move;
  } else if (cursor.consume("no_retag copy ")) {
    kind = Kind::CopyNoRetag;
  } else if (!cursor.consume("copy ")) {
    const bool is_function = !cursor.consume("const ");
    return read_constant(cursor, is_function, AtComma | AtSemicolon, operand);
  }
  Place place;
  if (!read_place(cursor, place)) {
    return false;
  }
  operand = Operand::of_place(kind, place);
  return true;
}

bool ValueReader::read_operands(Cursor& cursor, char close) {
  while (!cursor.consume(close)) {
    Operand operand;
    if (!read_operand(cursor, operand)) {
      return false;
    }
    builder_.operands.push_back(operand);
    // A tuple of one ends in a comma.
    if (cursor.consume(',')) {
      cursor.consume(' ');
    } else if (cursor.peek() != close) {
      return false;
    }
  }
  return true;
}

bool ValueReader::read_callee(Cursor& cursor, Operand& callee) {
  if (cursor.starts_with("move ") || cursor.starts_with("copy ") ||
      cursor.starts_with("no_retag ")) {
    return read_operand(cursor, callee);
  }
  const bool is_function = !cursor.consume("const ");
  return read_constant(cursor, is_function, AtParen | AtSemicolon, callee);
}

bool ValueReader::read_borrow(Cursor& cursor, Statement& statement) {
  using Kind = Rvalue::Kind;
  if (cursor.consume("/*tls*/ ")) {
    statement.rvalue = Kind::ThreadLocal;
    if (cursor.consume("mut ") && !set_word("mut", statement)) {
      return false;
    }
    set_part(statement, 0, tables_.types.parse(cursor.take(AtSemicolon)));
    return true;
  }
  statement.rvalue = Kind::Ref;
  std::string_view word;
  if (cursor.consume("raw ")) {
    statement.rvalue = Kind::RawPtr;
    for (const std::string_view each : {"const (fake)", "const", "mut"}) {
      if (word.empty() && cursor.consume(each)) {
        word = each;
      }
    }
    if (word.empty() || !cursor.consume(' ')) {
      return false;
    }
  } else {
    for (const std::string_view each : {"mut", "fake shallow", "fake"}) {
      if (word.empty() && cursor.consume(each)) {
        word = each;
      }
    }
    if (!word.empty() && !cursor.consume(' ')) {
      return false;
    }
  }
  Place place;
  if ((!word.empty() && !set_word(word, statement)) || !read_place(cursor, place)) {
    return false;
  }
  set_part(statement, 0, place.bits());
  return true;
}

bool ValueReader::read_array(Cursor& cursor, Statement& statement) {
  const size_t first = builder_.operands.size();
  statement.rvalue = Rvalue::Kind::Array;
  while (!cursor.consume(']')) {
    Operand operand;
    if (!read_operand(cursor, operand)) {
      return false;
    }
    if (cursor.consume("; ")) {
      if (builder_.operands.size() != first) {
        return false;
      }
      statement.rvalue = Rvalue::Kind::Repeat;
      statement.parts[0] = operand;
      set_part(statement, 1, static_cast<uint32_t>(tables_.name(cursor.take(0)).value));
      return cursor.consume(']');
    }
    builder_.operands.push_back(operand);
    if (cursor.consume(',')) {
      cursor.consume(' ');
    } else if (cursor.peek() != ']') {
      return false;
    }
  }
  set_part(statement, 0, static_cast<uint32_t>(first));
  set_part(statement, 1, static_cast<uint32_t>(builder_.operands.size() - first));
  return true;
}

// `*const T from (OPERANDS)`.
bool ValueReader::read_fat_pointer(Cursor& cursor, Statement& statement) {
  constexpr std::string_view From = " from (";
  const size_t from = cursor.rest().rfind(From);
  if (from == std::string_view::npos) {
    return false;
  }
  Aggregate aggregate;
  aggregate.type = tables_.types.parse(cursor.rest().substr(0, from));
  aggregate.first_operand = static_cast<uint32_t>(builder_.operands.size());
  cursor.advance(from + From.size());
  if (!read_operands(cursor, ')')) {
    return false;
  }
  aggregate.operand_count =
      static_cast<uint32_t>(builder_.operands.size()) - aggregate.first_operand;
  statement.rvalue = Rvalue::Kind::FatPtr;
  set_part(statement, 0, static_cast<uint32_t>(builder_.aggregates.size()));
  builder_.aggregates.push_back(aggregate);
  return true;
}

// `TYPE (CASTKIND)`. Types hold parentheses too, so the kind's are found from the
// right; it is made of names, commas and parentheses.
bool ValueReader::read_cast(Cursor& cursor, Statement& statement) {
  if (!cursor.consume(" as ")) {
    return false;
  }
  const std::string_view text = cursor.take(AtSemicolon);
  size_t open = text.size();
  size_t depth = 0;
  do {
    if (open == 0) {
      return false;
    }
    --open;
    depth += text[open] == ')' ? 1U : 0U;
    depth -= text[open] == '(' && depth > 0 ? 1U : 0U;
  } while (depth > 0);
  if (text[open] != '(' || open == 0 || text[open - 1] != ' ') {
    return false;
  }
  statement.rvalue = Rvalue::Kind::Cast;
  set_part(statement, 1, tables_.types.parse(text.substr(0, open - 1)));
  return set_word(text.substr(open + 1, text.size() - open - 2), statement);
}

bool ValueReader::read_special(std::string_view head, Cursor& cursor, Statement& statement) {
  using Kind = Rvalue::Kind;
  if (head == "discriminant" || head == "Len") {
    Place place;
    statement.rvalue = head == "Len" ? Kind::Len : Kind::Discriminant;
    if (!read_place(cursor, place)) {
      return false;
    }
    set_part(statement, 0, place.bits());
    return cursor.consume(')');
  }
  if (head == "ShallowInitBox") {
    statement.rvalue = Kind::InitBox;
    if (!read_operand(cursor, statement.parts[0]) || !cursor.consume(", ")) {
      return false;
    }
    set_part(statement, 1, tables_.types.parse(cursor.take(0)));
    return cursor.consume(')');
  }
  statement.rvalue = Kind::NullaryOp;
  const std::string_view type = cursor.take(0);
  set_part(statement, 0, type.empty() ? TypeId() : tables_.types.parse(type));
  return set_word(head, statement) && cursor.consume(')');
}

bool ValueReader::make_application(std::string_view head, uint32_t first, Statement& statement) {
  using Kind = Rvalue::Kind;
  const size_t count = builder_.operands.size() - first;
  const bool is_unary = count == 1 && is_one_of(UnaryOperators, head);
  if (is_unary || (count == 2 && is_one_of(Operators, head))) {
    statement.rvalue = is_unary ? Kind::UnaryOp : Kind::BinaryOp;
    statement.parts[0] = builder_.operands[first];
    if (!is_unary) {
      statement.parts[1] = builder_.operands[first + 1];
    }
    builder_.operands.resize(first);
    return set_word(head, statement);
  }
  Aggregate aggregate;
  aggregate.type = tables_.types.parse(head);
  aggregate.first_operand = first;
  aggregate.operand_count = static_cast<uint32_t>(count);
  statement.rvalue = Kind::Struct;
  set_part(statement, 0, static_cast<uint32_t>(builder_.aggregates.size()));
  builder_.aggregates.push_back(aggregate);
  return true;
}

// After `HEAD { `: `name: OPERAND, .. }`.
bool ValueReader::read_struct(std::string_view head, Cursor& cursor, Statement& statement) {
  Aggregate aggregate;
  aggregate.type = tables_.types.parse(head);
  aggregate.first_operand = static_cast<uint32_t>(builder_.operands.size());
  aggregate.first_name = static_cast<uint32_t>(builder_.names.size());
  aggregate.has_names = true;
  do {
    const std::string_view name = cursor.take_to(':');
    Operand operand;
    if (name.empty() || !cursor.consume(": ") || !read_operand(cursor, operand)) {
      return false;
    }
    builder_.names.push_back(tables_.name(name));
    builder_.operands.push_back(operand);
  } while (cursor.consume(", "));
  aggregate.operand_count =
      static_cast<uint32_t>(builder_.operands.size()) - aggregate.first_operand;
  statement.rvalue = Rvalue::Kind::Struct;
  set_part(statement, 0, static_cast<uint32_t>(builder_.aggregates.size()));
  builder_.aggregates.push_back(aggregate);
  return cursor.consume(" }");
}

bool ValueReader::read_rvalue(Cursor& cursor, Statement& statement) {
  using Kind = Rvalue::Kind;
  switch (cursor.peek()) {
    case '&':
      cursor.advance(1);
      return read_borrow(cursor, statement);
    case '[':
      cursor.advance(1);
      return read_array(cursor, statement);
    case '*':
      return read_fat_pointer(cursor, statement);
    case '(': {
      cursor.advance(1);
      const size_t first = builder_.operands.size();
      statement.rvalue = Kind::Tuple;
      set_part(statement, 0, static_cast<uint32_t>(first));
      const bool is_read = read_operands(cursor, ')');
      set_part(statement, 1, static_cast<uint32_t>(builder_.operands.size() - first));
      return is_read;
    }
    default:
      break;
  }
  if (cursor.consume("deref_copy ")) {
    Place place;
    statement.rvalue = Kind::CopyForDeref;
    if (!read_place(cursor, place)) {
      return false;
    }
    set_part(statement, 0, place.bits());
    return true;
  }
  if (cursor.consume("const ")) {
    // A constant may hold spaces; ` as ` outside of brackets makes it a cast.
    const size_t begin = cursor.position();
    cursor.take(AtSemicolon | AtSpace);
    while (cursor.peek() == ' ' && !cursor.starts_with(" as ")) {
      cursor.advance(1);
      cursor.take(AtSemicolon | AtSpace);
    }
    const size_t end = cursor.position();
    cursor.reset(begin);
    const std::string_view text = cursor.rest().substr(0, end - begin);
    cursor.advance(text.size());
    if (text.empty()) {
      return false;
    }
    statement.rvalue = Kind::Use;
    statement.parts[0] = Operand::of_constant(tables_.constant(text, false));
    return cursor.peek() == ' ' ? read_cast(cursor, statement) : true;
  }
  statement.rvalue = Kind::Use;
  if (!read_operand(cursor, statement.parts[0])) {
    return false;
  }
  return cursor.peek() == ' ' ? read_cast(cursor, statement) : true;
}

}  // namespace jaa::mir
