// A line is a terminator if it ends in a target list or is one of a few words.
// Target lists hold names and numbers only, so they are found from the right;
// arrows of function types never stand before one.
#include "mir/statement_reader.h"

#include "llvm/ADT/StringSwitch.h"

namespace jaa::mir {
namespace {

constexpr std::string_view Arrow = " -> ";

std::optional<BlockId> read_label(std::string_view text) {
  if (!text.starts_with("bb")) {
    return std::nullopt;
  }
  const auto number = parse_number(text.substr(2));
  return number ? std::optional(BlockId(size_t{*number})) : std::nullopt;
}

bool is_unwind_action(std::string_view text) {
  return text == "unwind continue" || text == "unwind unreachable" ||
         (text.starts_with("unwind terminate(") && text.ends_with(')'));
}

// `[0: bb9, otherwise: bb8, unwind continue]`, without the brackets. An entry
// without a name is a label of inline assembly.
bool read_target_list(std::string_view text, Terminator& terminator) {
  while (!text.empty()) {
    const size_t comma = std::min(text.find(", "), text.size());
    const std::string_view entry = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 2, text.size()));
    if (is_unwind_action(entry)) {
      continue;
    }
    const size_t colon = entry.find(": ");
    const std::string_view name = colon == std::string_view::npos ? "" : entry.substr(0, colon);
    const auto block = read_label(name.empty() ? entry : entry.substr(colon + 2));
    if (!block) {
      return false;
    }
    if (name == "unwind") {
      terminator.unwind_target = *block;
    } else if (name == "drop") {
      terminator.drop_target = *block;
    } else {
      terminator.targets.push_back(*block);
      if (!name.empty() && is_digit(name.front())) {
        terminator.switch_values.emplace_back(name);
      }
    }
  }
  return true;
}

// Takes the target part off `code`; false when there is none.
bool take_targets(std::string_view& code, Terminator& terminator, bool& is_list) {
  size_t arrow = std::string_view::npos;
  is_list = code.ends_with(']');
  if (is_list) {
    const size_t open = code.rfind('[');
    arrow = open == std::string_view::npos || open < Arrow.size() ? std::string_view::npos
                                                                  : open - Arrow.size();
  } else if (is_digit(code.back()) || code.ends_with(')') || code.ends_with("continue") ||
             code.ends_with("unreachable")) {
    arrow = code.rfind(Arrow);
  }
  if (arrow == std::string_view::npos || code.substr(arrow, Arrow.size()) != Arrow) {
    return false;
  }
  const std::string_view part = code.substr(arrow + Arrow.size());
  if (is_list) {
    if (!read_target_list(part.substr(1, part.size() - 2), terminator)) {
      terminator = {};
      return false;
    }
  } else if (const auto block = read_label(part)) {
    terminator.targets.push_back(*block);
  } else if (!is_unwind_action(part)) {
    return false;
  }
  code = code.substr(0, arrow);
  return true;
}

Terminator::Kind word_kind(std::string_view code) {
  using Kind = Terminator::Kind;
  return llvm::StringSwitch<Kind>(code)
      .Case("return", Kind::Return)
      .Case("resume", Kind::Resume)
      .Case("unreachable", Kind::Unreachable)
      .Case("coroutine_drop", Kind::CoroutineDrop)
      .StartsWith("terminate(", Kind::Terminate)
      .Default(Kind::Opaque);
}

}  // namespace

bool StatementReader::read_marker(Cursor& cursor, Statement& statement) const {
  using Kind = Statement::Kind;
  if (cursor.consume("StorageLive(")) {
    statement.kind = Kind::StorageLive;
  } else if (cursor.consume("StorageDead(")) {
    statement.kind = Kind::StorageDead;
  } else if (cursor.consume("PlaceMention(")) {
    statement.kind = Kind::PlaceMention;
  } else if (cursor.consume("FakeRead(")) {
    statement.kind = Kind::FakeRead;
    statement.text = cursor.take_until(",");
    if (!cursor.consume(", ")) {
      return false;
    }
  } else if (cursor.consume("AscribeUserType(")) {
    statement.kind = Kind::AscribeUserType;
    if (!values_.read_place(cursor, statement.place) || !cursor.consume(", ")) {
      return false;
    }
    statement.text = cursor.take_until(")");
    return cursor.consume(')');
  } else {
    return false;
  }
  return values_.read_place(cursor, statement.place) && cursor.consume(')');
}

bool StatementReader::read_known_statement(std::string_view code, Statement& statement) const {
  Cursor cursor(code);
  if (cursor.peek() == '_' || cursor.peek() == '(') {
    statement.kind = Statement::Kind::Assign;
    return values_.read_place(cursor, statement.place) && cursor.consume(" = ") &&
           values_.read_rvalue(cursor.rest(), statement.place, statement.rvalue);
  }
  if (cursor.consume("discriminant(")) {
    statement.kind = Statement::Kind::SetDiscriminant;
    if (!values_.read_place(cursor, statement.place) || !cursor.consume(") = ")) {
      return false;
    }
    statement.text = cursor.rest();
    return true;
  }
  // The counters and hints have no effect on what runs.
  if (code == "nop" || code == "ConstEvalCounter" || code.starts_with("Coverage::") ||
      code.starts_with("BackwardIncompatibleDropHint(")) {
    statement.kind = Statement::Kind::Nop;
    return true;
  }
  return read_marker(cursor, statement) && cursor.at_end();
}

void StatementReader::read_statement(std::string_view code, Statement& statement) const {
  if (!read_known_statement(code, statement)) {
    statement = {};
    statement.text = code;
  }
}

// `CALLEE(OPERANDS)`.
bool StatementReader::read_call(Cursor& cursor, Terminator& terminator) const {
  Operand& callee = terminator.callee;
  if (cursor.rest().starts_with("move ") || cursor.rest().starts_with("copy ") ||
      cursor.rest().starts_with("no_retag ")) {
    if (!values_.read_operand(cursor, callee)) {
      return false;
    }
  } else {
    cursor.consume("const ");
    callee.kind = Operand::Kind::Constant;
    callee.text = cursor.take_until("(");
    if (callee.text.empty()) {
      return false;
    }
  }
  return cursor.consume('(') && values_.read_operands(cursor, ')', terminator.operands);
}

// After `assert(`: `!OPERAND, "template", OPERANDS)`.
bool StatementReader::read_assert(Cursor& cursor, Terminator& terminator) const {
  cursor.consume('!');
  if (!values_.read_operand(cursor, terminator.operands.emplace_back()) || !cursor.consume(", ") ||
      cursor.peek() != '"') {
    return false;
  }
  cursor.take_until(",");
  return cursor.consume(", ") ? values_.read_operands(cursor, ')', terminator.operands)
                              : cursor.consume(')');
}

// All of a terminator but its targets.
bool StatementReader::read_head(std::string_view head, Terminator& terminator) const {
  using Kind = Terminator::Kind;
  Cursor cursor(head);
  if (head == "goto") {
    terminator.kind = Kind::Goto;
    return true;
  }
  if (cursor.consume("drop(")) {
    terminator.kind = Kind::Drop;
    return values_.read_place(cursor, terminator.place) && cursor.consume(')') && cursor.at_end();
  }
  if (cursor.consume("switchInt(")) {
    terminator.kind = Kind::SwitchInt;
    return values_.read_operand(cursor, terminator.operands.emplace_back()) &&
           cursor.consume(')') && cursor.at_end();
  }
  if (head == "falseEdge" || head == "falseUnwind") {
    terminator.kind = head == "falseEdge" ? Kind::FalseEdge : Kind::FalseUnwind;
    return true;
  }
  if (cursor.consume("assert(")) {
    terminator.kind = Kind::Assert;
    terminator.text = head;
    return read_assert(cursor, terminator) && cursor.at_end();
  }
  if (head.starts_with("asm!(") || head.starts_with("naked_asm!(")) {
    terminator.kind = Kind::InlineAsm;
    terminator.text = head;
    return true;
  }
  if (cursor.consume("tailcall ")) {
    terminator.kind = Kind::TailCall;
    return read_call(cursor, terminator) && cursor.at_end();
  }
  if (!values_.read_place(cursor, terminator.place) || !cursor.consume(" = ")) {
    return false;
  }
  if (cursor.consume("yield(")) {
    terminator.kind = Kind::Yield;
    return values_.read_operands(cursor, ')', terminator.operands) &&
           terminator.operands.size() == 1 && cursor.at_end();
  }
  terminator.kind = Kind::Call;
  return read_call(cursor, terminator) && cursor.at_end();
}

bool StatementReader::read_terminator(std::string_view code, Terminator& terminator) const {
  using Kind = Terminator::Kind;
  if (code.empty()) {
    return false;
  }
  if (const Kind kind = word_kind(code); kind != Kind::Opaque) {
    terminator.kind = kind;
    return true;
  }
  std::string_view head = code;
  bool is_list = false;
  if (!take_targets(head, terminator, is_list) && !code.starts_with("tailcall ") &&
      !code.starts_with("asm!(") && !code.starts_with("naked_asm!(")) {
    return false;
  }
  if (!read_head(head, terminator)) {
    Terminator opaque;
    opaque.text = code;
    opaque.targets = std::move(terminator.targets);
    opaque.unwind_target = terminator.unwind_target;
    opaque.drop_target = terminator.drop_target;
    terminator = std::move(opaque);
    return true;
  }
  // A call that does not return has only its unwind block, written as `-> bb6`.
  if (terminator.kind == Kind::Call && !is_list && !terminator.targets.empty()) {
    terminator.unwind_target = terminator.targets.pop_back_val();
  }
  return true;
}

}  // namespace jaa::mir
