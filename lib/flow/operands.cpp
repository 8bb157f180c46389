#include "flow/operands.h"

#include <algorithm>

namespace jaa::flow {
namespace {

template <class Code>
void each_moved(const mir::Body& body, const Code& code,
                llvm::function_ref<void(mir::LocalId)> visit) {
  each_operand(body, code, [&](mir::Operand operand) {
    if (operand.is_move() && operand.place().is_local()) {
      visit(body.local(operand.place()));
    }
  });
}

}  // namespace

void each_operand(const mir::Body& body, const mir::Statement& statement,
                  llvm::function_ref<void(mir::Operand)> visit) {
  using Kind = mir::Statement::Kind;
  if (statement.kind == Kind::Assign) {
    for (const mir::Operand operand : body.rvalue(statement).operands) {
      visit(operand);
    }
  } else if (statement.kind == Kind::Assume) {
    visit(statement.operand());
  } else if (statement.kind == Kind::CopyNonOverlapping) {
    for (const mir::Operand operand : body.all_operands.slice(statement.number(), 3)) {
      visit(operand);
    }
  }
}

void each_operand(const mir::Body& body, const mir::Terminator& terminator,
                  llvm::function_ref<void(mir::Operand)> visit) {
  if (terminator.operand.is_valid()) {
    visit(terminator.operand);
  }
  for (const mir::Operand operand : body.operands(terminator)) {
    visit(operand);
  }
}

void each_read(const mir::Body& body, const mir::Statement& statement,
               llvm::function_ref<void(mir::Place)> visit) {
  each_operand(body, statement, [&](mir::Operand operand) {
    if (!operand.is_constant()) {
      visit(operand.place());
    }
  });
  if (statement.kind == mir::Statement::Kind::Assign) {
    if (const mir::Place place = body.rvalue(statement).place; place.is_valid()) {
      visit(place);
    }
  }
}

void each_read(const mir::Body& body, const mir::Terminator& terminator,
               llvm::function_ref<void(mir::Place)> visit) {
  each_operand(body, terminator, [&](mir::Operand operand) {
    if (!operand.is_constant()) {
      visit(operand.place());
    }
  });
}

void each_moved_local(const mir::Body& body, const mir::Statement& statement,
                      llvm::function_ref<void(mir::LocalId)> visit) {
  each_moved(body, statement, visit);
}

void each_moved_local(const mir::Body& body, const mir::Terminator& terminator,
                      llvm::function_ref<void(mir::LocalId)> visit) {
  each_moved(body, terminator, visit);
}

mir::Place borrowed_place(const mir::Body& body, const mir::Statement& statement) {
  if (statement.kind != mir::Statement::Kind::Assign) {
    return {};
  }
  const mir::Rvalue rvalue = body.rvalue(statement);
  const bool is_borrow =
      rvalue.kind == mir::Rvalue::Kind::RawPtr ||
      (rvalue.kind == mir::Rvalue::Kind::Ref && !body.word(rvalue.word).starts_with("fake"));
  return is_borrow ? rvalue.place : mir::Place();
}

bool mentions(const mir::Body& body, mir::Place place, mir::LocalId local) {
  if (!place.is_valid()) {
    return false;
  }
  const llvm::ArrayRef<mir::Projection> projections = body.projections(place);
  return body.local(place) == local ||
         std::any_of(projections.begin(), projections.end(),
                     [&](const mir::Projection& p) { return p.index() == local; });
}

}  // namespace jaa::flow
