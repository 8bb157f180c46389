#include "mir/code_printer.h"

namespace jaa::mir {

void CodePrinter::print_statement(const Statement& statement) {
  using Kind = Statement::Kind;
  const auto print_marker = [&](std::string_view name) {
    out_ += name;
    values_.print_place(statement.place);
    out_ += ");";
  };
  switch (statement.kind) {
    case Kind::Assign:
      values_.print_place(statement.place);
      out_ += " = ";
      values_.print_rvalue(body_.rvalue(statement));
      out_ += ';';
      return;
    case Kind::StorageLive:
      return print_marker("StorageLive(");
    case Kind::StorageDead:
      return print_marker("StorageDead(");
    case Kind::PlaceMention:
      return print_marker("PlaceMention(");
    case Kind::Deinit:
      return print_marker("Deinit(");
    case Kind::DropHint:
      return print_marker("BackwardIncompatibleDropHint(");
    case Kind::FakeRead:
      out_ += "FakeRead(";
      out_ += body_.text(statement.name());
      return print_marker(", ");
    case Kind::Retag:
      out_ += "Retag(";
      out_ += body_.word(statement.word);
      return print_marker(statement.word.value == 0 ? "" : " ");
    case Kind::AscribeUserType:
      out_ += "AscribeUserType(";
      values_.print_place(statement.place);
      out_ += ", ";
      out_ += body_.word(statement.word);
      out_ += ", ";
      values_.print_projection(body_.user_type_projections[statement.number()]);
      out_ += ");";
      return;
    case Kind::SetDiscriminant:
      out_ += "discriminant(";
      values_.print_place(statement.place);
      out_ += ") = ";
      append_number(out_, statement.number());
      out_ += ';';
      return;
    case Kind::Assume:
      out_ += "assume(";
      values_.print_operand(statement.operand());
      out_ += ");";
      return;
    case Kind::CopyNonOverlapping: {
      const llvm::ArrayRef<Operand> operands = body_.all_operands.slice(statement.number(), 3);
      out_ += "copy_nonoverlapping(dst = ";
      values_.print_operand(operands[0]);
      out_ += ", src = ";
      values_.print_operand(operands[1]);
      out_ += ", count = ";
      values_.print_operand(operands[2]);
      out_ += ");";
      return;
    }
    case Kind::Coverage:
      out_ += "Coverage::";
      out_ += body_.text(statement.name());
      out_ += ';';
      return;
    case Kind::ConstEvalCounter:
      out_ += "ConstEvalCounter;";
      return;
    case Kind::Nop:
      out_ += "nop;";
      return;
    case Kind::Opaque:
      out_ += body_.text(statement.name());
      return;
  }
}

void CodePrinter::print_call(const Terminator& terminator) {
  values_.print_operand(terminator.operand);
  out_ += '(';
  values_.print_operands(body_.operands(terminator));
  out_ += ')';
}

void CodePrinter::print_terminator(const Terminator& terminator) {
  using Kind = Terminator::Kind;
  switch (terminator.kind) {
    case Kind::Goto:
      out_ += "goto";
      break;
    case Kind::SwitchInt:
      out_ += "switchInt(";
      values_.print_operand(terminator.operand);
      out_ += ')';
      break;
    case Kind::Return:
      out_ += "return";
      break;
    case Kind::Resume:
      out_ += "resume";
      break;
    case Kind::Unreachable:
      out_ += "unreachable";
      break;
    case Kind::Terminate:
      out_ += "terminate(";
      out_ += body_.word(terminator.word);
      out_ += ')';
      break;
    case Kind::CoroutineDrop:
      out_ += "coroutine_drop";
      break;
    case Kind::Drop:
      out_ += "drop(";
      values_.print_place(terminator.place);
      out_ += ')';
      break;
    case Kind::Call:
      values_.print_place(terminator.place);
      out_ += " = ";
      print_call(terminator);
      break;
    case Kind::TailCall:
      out_ += "tailcall ";
      print_call(terminator);
      break;
    case Kind::Yield:
      values_.print_place(terminator.place);
      out_ += " = yield(";
      values_.print_operand(terminator.operand);
      out_ += ')';
      break;
    case Kind::Assert: {
      out_ += terminator.is_negated ? "assert(!" : "assert(";
      values_.print_operand(terminator.operand);
      out_ += ", ";
      out_ += body_.text(terminator.text);
      const llvm::ArrayRef<Operand> operands = body_.operands(terminator);
      out_ += operands.empty() ? "" : ", ";
      values_.print_operands(operands);
      out_ += ')';
      break;
    }
    case Kind::FalseEdge:
      out_ += "falseEdge";
      break;
    case Kind::FalseUnwind:
      out_ += "falseUnwind";
      break;
    case Kind::InlineAsm:
      out_ += body_.text(terminator.text);
      break;
    case Kind::Opaque:
      out_ += body_.text(terminator.text);
      return;
  }
  print_targets(terminator);
  out_ += ';';
}

void CodePrinter::print_unwind(Unwind unwind) {
  switch (unwind) {
    case Unwind::Continue:
      out_ += "unwind continue";
      return;
    case Unwind::Unreachable:
      out_ += "unwind unreachable";
      return;
    case Unwind::TerminateAbi:
      out_ += "unwind terminate(abi)";
      return;
    case Unwind::TerminateCleanup:
      out_ += "unwind terminate(cleanup)";
      return;
    case Unwind::None:
    case Unwind::Block:
      return;
  }
}

void CodePrinter::print_targets(const Terminator& terminator) {
  const llvm::ArrayRef<BlockId> targets = body_.targets(terminator);
  if (terminator.is_bare) {
    out_ += " -> ";
    return values_.print_block(targets.empty() ? terminator.unwind_target : targets.front());
  }
  const bool has_unwind_word =
      terminator.unwind != Unwind::None && terminator.unwind != Unwind::Block;
  if (targets.empty() && !terminator.drop_target.is_valid() && terminator.unwind != Unwind::Block) {
    if (has_unwind_word) {
      out_ += " -> ";
      print_unwind(terminator.unwind);
    }
    return;
  }
  const llvm::ArrayRef<NameId> values = body_.switch_values(terminator);
  std::string_view separator = " -> [";
  const auto print_target = [&](std::string_view label, BlockId block) {
    out_ += separator;
    separator = ", ";
    out_ += label;
    out_ += ": ";
    values_.print_block(block);
  };
  for (size_t index = 0; index < targets.size(); ++index) {
    print_target(
        index < values.size() ? body_.text(values[index]) : target_label(terminator.kind, index),
        targets[index]);
  }
  if (terminator.unwind == Unwind::Block) {
    print_target("unwind", terminator.unwind_target);
  }
  if (terminator.drop_target.is_valid()) {
    print_target("drop", terminator.drop_target);
  }
  if (has_unwind_word) {
    out_ += separator;
    print_unwind(terminator.unwind);
  }
  out_ += ']';
}

}  // namespace jaa::mir
