#include "mir/statement_reader.h"

namespace jaa::mir {
namespace {

using Line = StatementReader::Line;

Line as_statement(bool is_read) {
  return is_read ? Line::Statement : Line::NotUnderstood;
}
Line as_terminator(bool is_read) {
  return is_read ? Line::Terminator : Line::NotUnderstood;
}

std::optional<BlockId> read_label(Cursor& cursor) {
  if (!cursor.consume("bb")) {
    return std::nullopt;
  }
  const auto number = cursor.number();
  return number ? std::optional(BlockId(size_t{*number})) : std::nullopt;
}

}  // namespace

bool StatementReader::set_word(std::string_view text, WordId& word) {
  const auto found = builder_.tables.find_word(text);
  if (found) {
    word = *found;
  }
  return found.has_value();
}

// --- terminators ---

// After `unwind `: what is no block.
bool StatementReader::read_unwind(Cursor& cursor, Terminator& terminator) {
  if (cursor.consume("continue")) {
    terminator.unwind = Unwind::Continue;
  } else if (cursor.consume("unreachable")) {
    terminator.unwind = Unwind::Unreachable;
  } else if (cursor.consume("terminate(abi)")) {
    terminator.unwind = Unwind::TerminateAbi;
  } else if (cursor.consume("terminate(cleanup)")) {
    terminator.unwind = Unwind::TerminateCleanup;
  } else {
    return false;
  }
  return true;
}

// One entry of a list: `0: bb9`, `otherwise: bb8`, `return: bb1`, `unwind: bb2`,
// `unwind continue`. An entry without a name is a label of inline assembly.
bool StatementReader::read_target(Cursor& cursor, Terminator& terminator) {
  if (cursor.consume("unwind ")) {
    return read_unwind(cursor, terminator);
  }
  const std::string_view name = cursor.take_to(':');
  if (!cursor.consume(": ")) {
    return false;
  }
  const auto block = read_label(cursor);
  if (!block) {
    return false;
  }
  if (name == "unwind") {
    terminator.unwind = Unwind::Block;
    terminator.unwind_target = *block;
  } else if (name == "drop") {
    terminator.drop_target = *block;
  } else {
    const size_t index = builder_.targets.size() - terminator.first_target;
    const bool is_value =
        terminator.kind == Terminator::Kind::SwitchInt && !name.empty() && is_digit(name.front());
    // Values come before `otherwise`; what prints otherwise than it was written is not
    // understood.
    const size_t values = builder_.switch_values.size() - terminator.first_operand;
    if (is_value ? values != index : name != target_label(terminator.kind, index)) {
      return false;
    }
    if (is_value) {
      builder_.switch_values.push_back(builder_.tables.name(name));
    }
    builder_.targets.push_back(*block);
  }
  return true;
}

bool StatementReader::read_target_list(Cursor& cursor, Terminator& terminator) {
  do {
    if (!read_target(cursor, terminator)) {
      return false;
    }
  } while (cursor.consume(", "));
  return cursor.consume(']');
}

// ` -> bb1`, ` -> unwind continue`, ` -> [..]`, or nothing.
bool StatementReader::read_targets(Cursor& cursor, Terminator& terminator) {
  using Kind = Terminator::Kind;
  terminator.first_target = static_cast<uint32_t>(builder_.targets.size());
  if (!cursor.consume(" -> ")) {
    terminator.target_count = 0;
    return true;
  }
  bool is_read = false;
  if (cursor.consume('[')) {
    is_read = read_target_list(cursor, terminator);
  } else if (cursor.consume("unwind ")) {
    is_read = read_unwind(cursor, terminator);
  } else if (const auto block = read_label(cursor)) {
    is_read = true;
    terminator.is_bare = true;
    // A call that does not return has only its unwind block, written without its name.
    if (terminator.kind == Kind::Call || terminator.kind == Kind::TailCall) {
      terminator.unwind = Unwind::Block;
      terminator.unwind_target = *block;
    } else {
      builder_.targets.push_back(*block);
    }
  }
  terminator.target_count =
      static_cast<uint32_t>(builder_.targets.size()) - terminator.first_target;
  if (terminator.kind == Kind::SwitchInt) {
    terminator.operand_count =
        static_cast<uint32_t>(builder_.switch_values.size()) - terminator.first_operand;
  }
  return is_read;
}

Line StatementReader::read_call(uint32_t first, Operand callee, Cursor& cursor, Place place,
                                Terminator& terminator) {
  terminator.kind = Terminator::Kind::Call;
  terminator.place = place;
  terminator.operand = callee;
  terminator.first_operand = first;
  terminator.operand_count = static_cast<uint32_t>(builder_.operands.size()) - first;
  return as_terminator(read_targets(cursor, terminator));
}

// After `assert(`: `!OPERAND, "template", OPERANDS)`.
bool StatementReader::read_assert(Cursor& cursor, Terminator& terminator) {
  terminator.is_negated = cursor.consume('!');
  terminator.first_operand = static_cast<uint32_t>(builder_.operands.size());
  if (!values_.read_operand(cursor, terminator.operand) || !cursor.consume(", ") ||
      cursor.peek() != '"') {
    return false;
  }
  terminator.text = builder_.tables.name(cursor.take(AtComma));
  if (cursor.consume(", ") ? !values_.read_operands(cursor, ')') : !cursor.consume(')')) {
    return false;
  }
  terminator.operand_count =
      static_cast<uint32_t>(builder_.operands.size()) - terminator.first_operand;
  return true;
}

// All of a terminator that assigns nothing, but its targets.
bool StatementReader::read_head(Cursor& cursor, Terminator& terminator) {
  using Kind = Terminator::Kind;
  if (cursor.consume("goto")) {
    terminator.kind = Kind::Goto;
  } else if (cursor.consume("return")) {
    terminator.kind = Kind::Return;
  } else if (cursor.consume("resume")) {
    terminator.kind = Kind::Resume;
  } else if (cursor.consume("unreachable")) {
    terminator.kind = Kind::Unreachable;
  } else if (cursor.consume("coroutine_drop")) {
    terminator.kind = Kind::CoroutineDrop;
  } else if (cursor.consume("falseEdge")) {
    terminator.kind = Kind::FalseEdge;
  } else if (cursor.consume("falseUnwind")) {
    terminator.kind = Kind::FalseUnwind;
  } else if (cursor.consume("drop(")) {
    terminator.kind = Kind::Drop;
    return values_.read_place(cursor, terminator.place) && cursor.consume(')');
  } else if (cursor.consume("switchInt(")) {
    terminator.kind = Kind::SwitchInt;
    terminator.first_operand = static_cast<uint32_t>(builder_.switch_values.size());
    return values_.read_operand(cursor, terminator.operand) && cursor.consume(')');
  } else if (cursor.consume("assert(")) {
    terminator.kind = Kind::Assert;
    return read_assert(cursor, terminator);
  } else if (cursor.consume("terminate(")) {
    terminator.kind = Kind::Terminate;
    return set_word(cursor.take(0), terminator.word) && cursor.consume(')');
  } else if (cursor.consume("tailcall ")) {
    terminator.kind = Kind::TailCall;
    terminator.first_operand = static_cast<uint32_t>(builder_.operands.size());
    const bool is_read = values_.read_callee(cursor, terminator.operand) && cursor.consume('(') &&
                         values_.read_operands(cursor, ')');
    terminator.operand_count =
        static_cast<uint32_t>(builder_.operands.size()) - terminator.first_operand;
    return is_read;
  } else {
    return false;
  }
  return true;
}

// --- statements ---

bool read_user_type_projection(Cursor& cursor, Tables& tables, UserTypeProjection& projection) {
  if (!cursor.consume("UserTypeProjection { base: UserType(")) {
    return false;
  }
  const auto base = cursor.number();
  if (!base || !cursor.consume("), projs: [")) {
    return false;
  }
  projection.base = *base;
  projection.projections = tables.name(cursor.take(0));
  return cursor.consume("] }");
}

bool StatementReader::read_ascription(Cursor& cursor, Statement& statement) {
  UserTypeProjection projection;
  statement.kind = Statement::Kind::AscribeUserType;
  if (!values_.read_place(cursor, statement.place) || !cursor.consume(", ") ||
      !set_word(cursor.take(AtComma), statement.word) || !cursor.consume(", ") ||
      !read_user_type_projection(cursor, builder_.tables, projection)) {
    return false;
  }
  statement.parts[0] =
      Operand::of_bits(static_cast<uint32_t>(builder_.user_type_projections.size()));
  builder_.user_type_projections.push_back(projection);
  return cursor.consume(')');
}

bool StatementReader::read_intrinsic(Cursor& cursor, Statement& statement) {
  if (cursor.consume("assume(")) {
    statement.kind = Statement::Kind::Assume;
    return values_.read_operand(cursor, statement.parts[0]) && cursor.consume(')');
  }
  if (!cursor.consume("copy_nonoverlapping(")) {
    return false;
  }
  statement.kind = Statement::Kind::CopyNonOverlapping;
  statement.parts[0] = Operand::of_bits(static_cast<uint32_t>(builder_.operands.size()));
  for (const std::string_view name : {"dst = ", ", src = ", ", count = "}) {
    Operand operand;
    if (!cursor.consume(name) || !values_.read_operand(cursor, operand)) {
      return false;
    }
    builder_.operands.push_back(operand);
  }
  return cursor.consume(')');
}

// Statements of the form `Name(PLACE)` and their kin.
bool StatementReader::read_marker(Cursor& cursor, Statement& statement) {
  using Kind = Statement::Kind;
  if (cursor.consume("StorageLive(")) {
    statement.kind = Kind::StorageLive;
  } else if (cursor.consume("StorageDead(")) {
    statement.kind = Kind::StorageDead;
  } else if (cursor.consume("PlaceMention(")) {
    statement.kind = Kind::PlaceMention;
  } else if (cursor.consume("FakeRead(")) {
    statement.kind = Kind::FakeRead;
    statement.parts[0] =
        Operand::of_bits(static_cast<uint32_t>(builder_.tables.name(cursor.take(AtComma)).value));
    if (!cursor.consume(", ")) {
      return false;
    }
  } else if (cursor.consume("Deinit(")) {
    statement.kind = Kind::Deinit;
  } else if (cursor.consume("BackwardIncompatibleDropHint(")) {
    statement.kind = Kind::DropHint;
  } else if (cursor.consume("Retag(")) {
    statement.kind = Kind::Retag;
    if (cursor.peek() == '[' &&
        (!set_word(cursor.take(AtSpace), statement.word) || !cursor.consume(' '))) {
      return false;
    }
  } else {
    return false;
  }
  return values_.read_place(cursor, statement.place) && cursor.consume(')');
}

// The right side begins with a path or an operator: what stands behind it says what it
// is.
Line StatementReader::read_application(Cursor& cursor, Statement& statement,
                                       Terminator& terminator) {
  const size_t begin = cursor.position();
  std::string_view head = cursor.take(AtParen | AtSpace | AtSemicolon);
  if (head.empty()) {
    return Line::NotUnderstood;
  }
  if (cursor.consume('(')) {
    if (ValueReader::is_special(head) && !cursor.starts_with("copy ") &&
        !cursor.starts_with("move ")) {
      return as_statement(values_.read_special(head, cursor, statement));
    }
    if (head == "ShallowInitBox") {
      return as_statement(values_.read_special(head, cursor, statement));
    }
    const auto first = static_cast<uint32_t>(builder_.operands.size());
    if (!values_.read_operands(cursor, ')')) {
      return Line::NotUnderstood;
    }
    if (cursor.starts_with(" -> ")) {
      return read_call(first, Operand::of_constant(builder_.tables.constant(head, true)), cursor,
                       statement.place, terminator);
    }
    return as_statement(values_.make_application(head, first, statement));
  }
  if (cursor.consume(" { ")) {
    return as_statement(values_.read_struct(head, cursor, statement));
  }
  if (cursor.starts_with(" as ")) {
    statement.parts[0] = Operand::of_constant(builder_.tables.constant(head, true));
    return as_statement(values_.read_cast(cursor, statement));
  }
  if (cursor.peek() != ';') {
    cursor.reset(begin);
    return Line::NotUnderstood;
  }
  statement.rvalue = Rvalue::Kind::Unit;
  statement.parts[0] =
      Operand::of_bits(static_cast<uint32_t>(builder_.tables.types.parse(head).value));
  return Line::Statement;
}

// `PLACE = ` and what follows it.
Line StatementReader::read_assignment(Cursor& cursor, Statement& statement,
                                      Terminator& terminator) {
  statement.kind = Statement::Kind::Assign;
  if (!values_.read_place(cursor, statement.place) || !cursor.consume(" = ")) {
    return Line::NotUnderstood;
  }
  switch (cursor.peek()) {
    case '&':
    case '[':
    case '(':
    case '*':
      return as_statement(values_.read_rvalue(cursor, statement));
    case 'y':
      if (cursor.consume("yield(")) {
        terminator.kind = Terminator::Kind::Yield;
        terminator.place = statement.place;
        return as_terminator(values_.read_operand(cursor, terminator.operand) &&
                             cursor.consume(')') && read_targets(cursor, terminator));
      }
      break;
    case 'd':
      if (cursor.starts_with("deref_copy ")) {
        return as_statement(values_.read_rvalue(cursor, statement));
      }
      break;
    case 'c':
    case 'm':
    case 'n':
      if (cursor.starts_with("copy ") || cursor.starts_with("move ") ||
          cursor.starts_with("const ") || cursor.starts_with("no_retag ")) {
        if (!values_.read_rvalue(cursor, statement)) {
          return Line::NotUnderstood;
        }
        // A call through a pointer.
        if (statement.rvalue == Rvalue::Kind::Use && cursor.peek() == '(') {
          cursor.advance(1);
          const auto first = static_cast<uint32_t>(builder_.operands.size());
          return values_.read_operands(cursor, ')')
                     ? read_call(first, statement.operand(), cursor, statement.place, terminator)
                     : Line::NotUnderstood;
        }
        return Line::Statement;
      }
      break;
    default:
      break;
  }
  return read_application(cursor, statement, terminator);
}

Line StatementReader::read_known(Cursor& cursor, Statement& statement, Terminator& terminator) {
  using Kind = Statement::Kind;
  switch (cursor.peek()) {
    case '_':
    case '(':
      return read_assignment(cursor, statement, terminator);
    case 'S':
    case 'P':
    case 'F':
    case 'D':
    case 'B':
    case 'R':
      return as_statement(read_marker(cursor, statement));
    case 'A':
      return cursor.consume("AscribeUserType(") ? as_statement(read_ascription(cursor, statement))
                                                : Line::NotUnderstood;
    case 'C':
      if (cursor.consume("ConstEvalCounter")) {
        statement.kind = Kind::ConstEvalCounter;
        return Line::Statement;
      }
      if (cursor.consume("Coverage::")) {
        statement.kind = Kind::Coverage;
        statement.parts[0] = Operand::of_bits(
            static_cast<uint32_t>(builder_.tables.name(cursor.take(AtSemicolon)).value));
        return Line::Statement;
      }
      return Line::NotUnderstood;
    case 'n':
      statement.kind = Kind::Nop;
      return as_statement(cursor.consume("nop"));
    case 'd':
      if (cursor.consume("discriminant(")) {
        statement.kind = Kind::SetDiscriminant;
        if (!values_.read_place(cursor, statement.place) || !cursor.consume(") = ")) {
          return Line::NotUnderstood;
        }
        const auto variant = cursor.number();
        statement.parts[0] = Operand::of_bits(variant.value_or(0));
        return as_statement(variant.has_value());
      }
      break;
    case 'a':
    case 'c':
      if (cursor.starts_with("assume(") || cursor.starts_with("copy_nonoverlapping(")) {
        return as_statement(read_intrinsic(cursor, statement));
      }
      break;
    default:
      break;
  }
  return as_terminator(read_head(cursor, terminator) && read_targets(cursor, terminator));
}

Line StatementReader::read(Cursor& cursor, Statement& statement, Terminator& terminator) {
  const size_t places = builder_.places.size();
  const size_t projections = builder_.projections.size();
  const size_t operands = builder_.operands.size();
  const size_t targets = builder_.targets.size();
  const size_t values = builder_.switch_values.size();
  const size_t names = builder_.names.size();
  const size_t aggregates = builder_.aggregates.size();
  const size_t ascriptions = builder_.user_type_projections.size();
  const Line line = read_known(cursor, statement, terminator);
  if (line == Line::NotUnderstood || cursor.peek() != ';') {
    builder_.places.resize(places);
    builder_.projections.resize(projections);
    builder_.operands.resize(operands);
    builder_.targets.resize(targets);
    builder_.switch_values.resize(values);
    builder_.names.resize(names);
    builder_.aggregates.resize(aggregates);
    builder_.user_type_projections.resize(ascriptions);
    statement = {};
    terminator = {};
    return Line::NotUnderstood;
  }
  return line;
}

}  // namespace jaa::mir
