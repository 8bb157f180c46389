// The grammar, as rustc's `pretty` module writes it:
//   PLACE   := _N | (*PLACE) | (PLACE.F: TYPE) | (PLACE as Variant) | PLACE[..]
//            | (PLACE as subtype TYPE)
//   OPERAND := copy PLACE | move PLACE | const CONSTANT | function path
// A place nests to the left only: its opening parentheses come first, so they
// are counted, and each projection closes the innermost one.
#include "mir/value_reader.h"

#include <algorithm>

#include "llvm/ADT/StringSwitch.h"

namespace jaa::mir {
namespace {

bool starts_with_operand(std::string_view text) {
  return text.starts_with("copy ") || text.starts_with("move ") || text.starts_with("const ") ||
         text.starts_with("no_retag ");
}

enum class Operation : uint8_t { None, Unary, Binary };

Operation operation(std::string_view name) {
  return llvm::StringSwitch<Operation>(name)
      .Cases("Neg", "Not", "PtrMetadata", Operation::Unary)
      .Cases("Add", "Sub", "Mul", "Div", "Rem", Operation::Binary)
      .Cases("AddUnchecked", "SubUnchecked", "MulUnchecked", Operation::Binary)
      .Cases("AddWithOverflow", "SubWithOverflow", "MulWithOverflow", Operation::Binary)
      .Cases("BitXor", "BitAnd", "BitOr", "Shl", "Shr", Operation::Binary)
      .Cases("ShlUnchecked", "ShrUnchecked", "Offset", "Cmp", Operation::Binary)
      .Cases("Eq", "Lt", "Le", "Ne", "Ge", "Gt", Operation::Binary)
      .Default(Operation::None);
}

}  // namespace

bool ValueReader::read_local(Cursor& cursor, LocalId& local) const {
  if (!cursor.consume('_')) {
    return false;
  }
  const auto number = cursor.number();
  if (!number || *number >= locals_.size()) {
    return false;
  }
  local = LocalId(size_t{*number});
  return true;
}

bool ValueReader::read_index(Cursor& cursor, Place& place) const {
  Projection projection;
  if (cursor.peek() == '_') {
    projection.kind = Projection::Kind::Index;
    if (!read_local(cursor, projection.index)) {
      return false;
    }
  } else {
    const std::string_view text = cursor.take_until("]");
    projection.kind = text.find(" of ") != std::string_view::npos ? Projection::Kind::ConstantIndex
                                                                  : Projection::Kind::Subslice;
    projection.text = text;
  }
  place.projections.push_back(std::move(projection));
  return cursor.consume(']');
}

// What stands between the inner place and the `)`.
bool ValueReader::read_projection(Cursor& cursor, Place& place) const {
  Projection projection;
  if (cursor.consume('.')) {
    const auto field = cursor.number();
    if (!field || !cursor.consume(": ")) {
      return false;
    }
    projection.kind = Projection::Kind::Field;
    projection.field = *field;
    projection.type = types_.parse(cursor.take_until(")"));
  } else if (cursor.consume(" as subtype ")) {
    projection.kind = Projection::Kind::Subtype;
    projection.type = types_.parse(cursor.take_until(")"));
  } else if (cursor.consume(" as ")) {
    const std::string_view text = cursor.take_until(")");
    // A variant is a bare name (or `variant#3`); anything else is a type that an
    // opaque one is seen through as.
    if (std::all_of(text.begin(), text.end(),
                    [](char byte) { return is_name_byte(byte) || byte == '#'; })) {
      projection.kind = Projection::Kind::Downcast;
      projection.text = text;
    } else {
      projection.kind = Projection::Kind::Subtype;
      projection.type = types_.parse(text);
    }
  } else {
    return false;
  }
  place.projections.push_back(std::move(projection));
  return cursor.consume(')');
}

bool ValueReader::read_place(Cursor& cursor, Place& place) const {
  llvm::SmallVector<bool, 8> is_deref;  // one an open parenthesis
  while (cursor.consume('(')) {
    is_deref.push_back(cursor.consume('*'));
  }
  if (!read_local(cursor, place.local)) {
    return false;
  }
  while (true) {
    if (cursor.consume('[')) {
      if (!read_index(cursor, place)) {
        return false;
      }
    } else if (is_deref.empty()) {
      return true;
    } else if (is_deref.pop_back_val()) {
      place.projections.emplace_back();
      if (!cursor.consume(')')) {
        return false;
      }
    } else if (!read_projection(cursor, place)) {
      return false;
    }
  }
}

bool ValueReader::read_operand(Cursor& cursor, Operand& operand) const {
  // Nightly's mark on copies that no alias check follows.
  cursor.consume("no_retag ");
  if (cursor.consume("copy ")) {
    operand.kind = Operand::Kind::Copy;
    return read_place(cursor, operand.place);
  }
  if (cursor.consume("move ")) {
    operand.kind = Operand::Kind::Move;
    return read_place(cursor, operand.place);
  }
  cursor.consume("const ");
  operand.kind = Operand::Kind::Constant;
  operand.text = cursor.take_until(",");
  return !operand.text.empty();
}

bool ValueReader::read_operands(Cursor& cursor, char close,
                                llvm::SmallVectorImpl<Operand>& operands) const {
  while (!cursor.consume(close)) {
    if (!read_operand(cursor, operands.emplace_back())) {
      return false;
    }
    // A tuple of one ends in a comma.
    if (cursor.consume(',')) {
      cursor.consume(' ');
    } else if (cursor.peek() != close) {
      return false;
    }
  }
  return true;
}

TypeId ValueReader::type_of(const Place& place) const {
  if (place.is_local()) {
    return locals_[place.local].type;
  }
  return place.projections.back().type;
}

bool ValueReader::read_borrow(Cursor& cursor, Rvalue& rvalue) const {
  if (cursor.consume("/*tls*/ ")) {
    // The address of a thread's static is as constant as that of any other.
    rvalue.kind = Rvalue::Kind::Use;
    Operand& operand = rvalue.operands.emplace_back();
    operand.kind = Operand::Kind::Constant;
    operand.text = "&/*tls*/ ";
    operand.text += cursor.take_until(";");
    return true;
  }
  rvalue.kind = Rvalue::Kind::Ref;
  if (cursor.consume("raw ")) {
    rvalue.kind = Rvalue::Kind::RawPtr;
    rvalue.is_mut = cursor.consume("mut ");
    if (!rvalue.is_mut && !cursor.consume("const ")) {
      return false;
    }
    rvalue.text = rvalue.is_mut ? "mut" : "const";
    if (cursor.consume("(fake) ")) {
      rvalue.text += " (fake)";
    }
  } else if (cursor.consume("mut ")) {
    rvalue.is_mut = true;
    rvalue.text = "mut";
  } else if (cursor.consume("fake ")) {
    rvalue.text = "fake";
    if (cursor.peek() != '_' && cursor.peek() != '(') {
      rvalue.text += ' ';
      rvalue.text += cursor.take_until(" ");
      cursor.consume(' ');
    }
  }
  return read_place(cursor, rvalue.place);
}

bool ValueReader::read_array(Cursor& cursor, Rvalue& rvalue) const {
  rvalue.kind = Rvalue::Kind::Aggregate;
  rvalue.text = "[]";
  while (!cursor.consume(']')) {
    // An element's constant runs to the comma, a repeated one's to the `;`.
    Cursor element(cursor.take_until(","));
    Cursor inside(element.take_until("; "));
    if (!read_operand(inside, rvalue.operands.emplace_back()) || !inside.at_end()) {
      return false;
    }
    if (element.consume("; ")) {
      rvalue.kind = Rvalue::Kind::Repeat;
      rvalue.text = element.rest();
      return rvalue.operands.size() == 1 && cursor.consume(']');
    }
    if (cursor.consume(',')) {
      cursor.consume(' ');
    } else if (cursor.peek() != ']') {
      return false;
    }
  }
  return true;
}

// `copy PLACE` and `move PLACE`, perhaps cast.
bool ValueReader::read_use(Cursor& cursor, Rvalue& rvalue) const {
  rvalue.kind = Rvalue::Kind::Use;
  if (!read_operand(cursor, rvalue.operands.emplace_back())) {
    return false;
  }
  return cursor.consume(" as ") ? read_cast(cursor.rest(), rvalue) : cursor.at_end();
}

// `TYPE (CASTKIND)`. Types hold parentheses too, so the kind's are found from
// the right; it is made of names, commas and parentheses.
bool ValueReader::read_cast(std::string_view text, Rvalue& rvalue) const {
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
  const std::string_view type = text.substr(0, open);
  if (!type.ends_with(' ') || text[open] != '(') {
    return false;
  }
  rvalue.kind = Rvalue::Kind::Cast;
  rvalue.type = types_.parse(type.substr(0, type.size() - 1));
  rvalue.text = text.substr(open + 1, text.size() - open - 2);
  return true;
}

// `Add(a, b)`, `Not(a)`, `discriminant(PLACE)`, `Len(PLACE)`.
bool ValueReader::read_operation(std::string_view head, Cursor& cursor, Rvalue& rvalue) const {
  if ((head == "discriminant" || head == "Len") && !starts_with_operand(cursor.rest())) {
    rvalue.kind = head == "Len" ? Rvalue::Kind::Len : Rvalue::Kind::Discriminant;
    return read_place(cursor, rvalue.place) && cursor.consume(')');
  }
  if (!read_operands(cursor, ')', rvalue.operands)) {
    return false;
  }
  const Operation kind = operation(head);
  if (kind == Operation::Unary && rvalue.operands.size() == 1) {
    rvalue.kind = Rvalue::Kind::UnaryOp;
  } else if (kind == Operation::Binary && rvalue.operands.size() == 2) {
    rvalue.kind = Rvalue::Kind::BinaryOp;
  } else {
    rvalue.kind = Rvalue::Kind::Aggregate;
  }
  rvalue.text = head;
  return true;
}

// After `HEAD { `: `name: OPERAND, .. }`.
bool ValueReader::read_fields(Cursor& cursor, Rvalue& rvalue) const {
  while (!cursor.consume(" }")) {
    if (cursor.take_until(": ").empty() || !cursor.consume(": ")) {
      return false;
    }
    Operand& operand = rvalue.operands.emplace_back();
    if (!read_operand(cursor, operand)) {
      return false;
    }
    if (operand.kind == Operand::Kind::Constant && operand.text.ends_with(' ') &&
        cursor.rest() == "}") {
      operand.text.pop_back();
      return cursor.consume('}');
    }
    if (!cursor.consume(", ") && cursor.rest() != " }") {
      return false;
    }
  }
  return true;
}

// Everything that begins with a path or a `{closure@..}`.
bool ValueReader::read_aggregate(std::string_view text, Rvalue& rvalue) const {
  if (text.ends_with(')')) {
    // A function item by its name, or a constant, is made something else.
    Cursor cast(text);
    Cursor operand(cast.take_until(" as "));
    if (cast.consume(" as ")) {
      return read_operand(operand, rvalue.operands.emplace_back()) && operand.at_end() &&
             read_cast(cast.rest(), rvalue);
    }
  }
  if (text.starts_with("const ")) {
    rvalue.kind = Rvalue::Kind::Use;
    Operand& operand = rvalue.operands.emplace_back();
    operand.kind = Operand::Kind::Constant;
    operand.text = text.substr(std::string_view("const ").size());
    return true;
  }
  rvalue.kind = Rvalue::Kind::Aggregate;
  Cursor cursor(text);
  if (text.ends_with(" }")) {
    rvalue.text = cursor.take_until(" { ");
    return cursor.consume(" { ") && read_fields(cursor, rvalue) && cursor.at_end();
  }
  if (text.ends_with(')')) {
    const std::string_view head = cursor.take_until("(");
    return cursor.consume('(') && read_operation(head, cursor, rvalue) && cursor.at_end();
  }
  rvalue.text = cursor.take_until(" ");
  // A closure's head holds its span, with a space: it is a bracket of its own.
  return cursor.at_end() && !rvalue.text.empty();
}

bool ValueReader::read_rvalue(std::string_view text, const Place& target, Rvalue& rvalue) const {
  Cursor cursor(text);
  if (cursor.consume('&')) {
    return read_borrow(cursor, rvalue) && cursor.at_end();
  }
  if (text.starts_with("copy ") || text.starts_with("move ") || text.starts_with("no_retag ")) {
    return read_use(cursor, rvalue);
  }
  if (cursor.consume("deref_copy ")) {
    rvalue.kind = Rvalue::Kind::CopyForDeref;
    return read_place(cursor, rvalue.place) && cursor.at_end();
  }
  bool is_read = false;
  if (cursor.consume('[')) {
    is_read = read_array(cursor, rvalue) && cursor.at_end();
  } else if (cursor.consume('(')) {
    rvalue.kind = Rvalue::Kind::Aggregate;
    rvalue.text = "()";
    is_read = read_operands(cursor, ')', rvalue.operands) && cursor.at_end();
  } else {
    is_read = read_aggregate(text, rvalue);
  }
  if (is_read && rvalue.kind == Rvalue::Kind::Aggregate) {
    // A path may name a variant or a struct; the target's type says which. It
    // says less only for closures, which may go to a place of opaque type.
    rvalue.type = text.starts_with('{') ? types_.parse(rvalue.text) : type_of(target);
  }
  return is_read;
}

}  // namespace jaa::mir
