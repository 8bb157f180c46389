#include "flow/origin.h"

#include "llvm/ADT/StringRef.h"

namespace jaa::flow {
namespace {

// Its result is its first argument, in another form.
bool hands_on(const mir::Body& body, const mir::Terminator& call) {
  const std::string path = body.types().plain_path(body.callee(call));
  const llvm::StringRef callee(path);
  return callee.ends_with("IntoFuture>::into_future") ||
         callee.ends_with("::pin::Pin::new_unchecked") || callee.ends_with("::pin::Pin::new") ||
         callee.ends_with("::boxed::Box::pin") || callee.ends_with("::boxed::Box::new");
}

}  // namespace

std::vector<Definition> definitions(const mir::Body& body) {
  std::vector<Definition> result(body.locals.size());
  for (size_t index = 0; index < body.blocks.size(); ++index) {
    mir::Point point{mir::BlockId(index), 0};
    for (const mir::Statement& statement : body.statements(point.block)) {
      if (statement.kind == mir::Statement::Kind::Assign && statement.place.is_local()) {
        result[body.local(statement.place).index()].statement = point;
      }
      ++point.statement;
    }
    const mir::Terminator& end = body.terminator(point.block);
    if (end.kind == mir::Terminator::Kind::Call && end.place.is_local()) {
      result[body.local(end.place).index()].call = point;
    }
  }
  return result;
}

llvm::ArrayRef<mir::Operand> operands_at(const mir::Body& body, mir::Point point) {
  const llvm::ArrayRef<mir::Statement> statements = body.statements(point.block);
  return point.statement < statements.size() ? body.rvalue(statements[point.statement]).operands
                                             : body.operands(body.terminator(point.block));
}

std::optional<mir::Point> made_by(const mir::Body& body, const std::vector<Definition>& made,
                                  mir::LocalId local) {
  for (size_t steps = 0; steps < body.locals.size(); ++steps) {
    if (!body.locals.contains(local)) {
      return std::nullopt;
    }
    const Definition& definition = made[local.index()];
    mir::LocalId from;
    if (definition.call) {
      const mir::Terminator& call = body.terminator(definition.call->block);
      const llvm::ArrayRef<mir::Operand> operands = body.operands(call);
      if (!hands_on(body, call) || operands.empty()) {
        return definition.call;
      }
      from = body.local(operands.front().place());
    } else if (definition.statement) {
      const mir::Statement& statement =
          body.statements(definition.statement->block)[definition.statement->statement];
      const mir::Rvalue rvalue = body.rvalue(statement);
      using Kind = mir::Rvalue::Kind;
      if (rvalue.kind == Kind::Ref || rvalue.kind == Kind::CopyForDeref) {
        from = body.local(rvalue.place);
      } else if (rvalue.kind == Kind::Use || rvalue.kind == Kind::Cast) {
        from = body.local(rvalue.operands.front().place());
      } else {
        return definition.statement;
      }
    }
    if (!from.is_valid() || from == local) {
      return std::nullopt;
    }
    local = from;
  }
  return std::nullopt;
}

}  // namespace jaa::flow
