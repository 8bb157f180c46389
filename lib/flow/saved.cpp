#include "flow/saved.h"

#include <algorithm>

namespace jaa::flow {
namespace {

constexpr int32_t SelfArgument = 1;

unsigned bit(mir::LocalId local) {
  return static_cast<unsigned>(local.index());
}

bool is_known(const State& state, mir::LocalId local) {
  return local.is_valid() && bit(local) < state.size();
}

void gen(State& state, mir::LocalId local) {
  if (is_known(state, local)) {
    state.set(bit(local));
  }
}

void kill(State& state, mir::LocalId local) {
  if (is_known(state, local)) {
    state.reset(bit(local));
  }
}

// Calls `visit` with each operand of an rvalue or terminator.
template <class Visit>
void each_moved_local(const mir::Statement& statement, Visit visit) {
  for (const mir::Operand& operand : statement.rvalue.operands) {
    if (operand.kind == mir::Operand::Kind::Move && operand.place.is_local()) {
      visit(operand.place.local);
    }
  }
}

template <class Visit>
void each_moved_local(const mir::Terminator& terminator, Visit visit) {
  for (const mir::Operand& operand : terminator.operands) {
    if (operand.kind == mir::Operand::Kind::Move && operand.place.is_local()) {
      visit(operand.place.local);
    }
  }
  if (terminator.callee.kind == mir::Operand::Kind::Move && terminator.callee.place.is_local()) {
    visit(terminator.callee.place.local);
  }
}

// --- borrowed: a reference to the local may exist ---

void borrow_statement(State& state, const mir::Statement& statement) {
  if (statement.kind == mir::Statement::Kind::StorageDead) {
    kill(state, statement.place.local);
    return;
  }
  if (statement.kind != mir::Statement::Kind::Assign) {
    return;
  }
  const mir::Rvalue& rvalue = statement.rvalue;
  const bool is_borrow =
      rvalue.kind == mir::Rvalue::Kind::RawPtr ||
      (rvalue.kind == mir::Rvalue::Kind::Ref && !llvm::StringRef(rvalue.text).starts_with("fake"));
  if (is_borrow && !rvalue.place.has_deref()) {
    gen(state, rvalue.place.local);
  }
}

// Drop glue takes `&mut self`.
void borrow_terminator(State& state, const mir::Terminator& terminator) {
  if (terminator.kind == mir::Terminator::Kind::Drop && !terminator.place.has_deref()) {
    gen(state, terminator.place.local);
  }
}

Solution borrowed_locals(const mir::Body& body) {
  Problem problem;
  problem.bits = static_cast<uint32_t>(body.locals.size());
  problem.statement = [](State& state, const mir::Statement& statement, Point) {
    borrow_statement(state, statement);
  };
  problem.terminator = [](State& state, const mir::Terminator& terminator, Point) {
    borrow_terminator(state, terminator);
  };
  return Solution(body, problem);
}

// --- live: read again before it is overwritten ---

void use_place(State& state, const mir::Place& place) {
  gen(state, place.local);
  for (const mir::Projection& projection : place.projections) {
    if (projection.kind == mir::Projection::Kind::Index) {
      gen(state, projection.index);
    }
  }
}

void use_operand(State& state, const mir::Operand& operand) {
  if (operand.kind == mir::Operand::Kind::Copy || operand.kind == mir::Operand::Kind::Move) {
    use_place(state, operand.place);
  }
}

// Writing the whole local ends what was live; writing a part of it, or through it,
// uses the rest.
void define_place(State& state, const mir::Place& place) {
  if (place.is_local()) {
    kill(state, place.local);
  } else {
    use_place(state, place);
  }
}

void live_statement(State& state, const mir::Statement& statement) {
  using Kind = mir::Statement::Kind;
  switch (statement.kind) {
    case Kind::Assign: {
      define_place(state, statement.place);
      const mir::Rvalue& rvalue = statement.rvalue;
      for (const mir::Operand& operand : rvalue.operands) {
        use_operand(state, operand);
      }
      if (rvalue.place.local.is_valid()) {
        use_place(state, rvalue.place);
      }
      break;
    }
    case Kind::StorageLive:
    case Kind::StorageDead:
    case Kind::AscribeUserType:
    case Kind::Nop:
    case Kind::Opaque:
      break;
    case Kind::FakeRead:
    case Kind::PlaceMention:
    case Kind::SetDiscriminant:
      if (statement.place.local.is_valid()) {
        use_place(state, statement.place);
      }
      break;
  }
}

void live_terminator(State& state, const mir::Terminator& terminator) {
  using Kind = mir::Terminator::Kind;
  if (terminator.kind == Kind::Drop) {
    use_place(state, terminator.place);
  } else if (terminator.place.local.is_valid()) {
    define_place(state, terminator.place);
  }
  for (const mir::Operand& operand : terminator.operands) {
    use_operand(state, operand);
  }
  use_operand(state, terminator.callee);
  if (terminator.kind == Kind::Return) {
    gen(state, mir::LocalId(0));
  }
}

Solution live_locals(const mir::Body& body) {
  Problem problem;
  problem.direction = Problem::Direction::Backward;
  problem.bits = static_cast<uint32_t>(body.locals.size());
  problem.statement = [](State& state, const mir::Statement& statement, Point) {
    live_statement(state, statement);
  };
  problem.terminator = [](State& state, const mir::Terminator& terminator, Point) {
    live_terminator(state, terminator);
  };
  return Solution(body, problem);
}

// --- requires storage: holds, or may be referred to while it held, a value ---

Solution storage_required(const mir::Body& body, const Solution& borrowed) {
  Problem problem;
  problem.bits = static_cast<uint32_t>(body.locals.size());
  problem.entry = State(problem.bits);
  for (uint32_t argument = 2; argument <= body.arg_count && argument < problem.bits; ++argument) {
    problem.entry.set(argument);
  }
  // A local that was never borrowed is no longer needed once it is moved out.
  const auto kill_moved = [&borrowed](State& state, mir::LocalId local, Point point) {
    if (is_known(state, local) && !borrowed.before(point).test(bit(local))) {
      kill(state, local);
    }
  };
  problem.statement = [kill_moved](State& state, const mir::Statement& statement, Point point) {
    borrow_statement(state, statement);
    if (statement.kind == mir::Statement::Kind::Assign ||
        statement.kind == mir::Statement::Kind::SetDiscriminant) {
      gen(state, statement.place.local);
    }
    each_moved_local(statement, [&](mir::LocalId local) { kill_moved(state, local, point); });
  };
  problem.terminator = [kill_moved](State& state, const mir::Terminator& terminator, Point point) {
    borrow_terminator(state, terminator);
    if (terminator.kind == mir::Terminator::Kind::Call && terminator.place.is_local()) {
      // Needed during the call and after it returns, but not after it unwinds.
      kill(state, terminator.place.local);
    }
    each_moved_local(terminator, [&](mir::LocalId local) { kill_moved(state, local, point); });
  };
  problem.on_return = [](State& state, const mir::Terminator& terminator) {
    using Kind = mir::Terminator::Kind;
    if (terminator.kind == Kind::Call || terminator.kind == Kind::Yield ||
        terminator.kind == Kind::InlineAsm) {
      gen(state, terminator.place.local);
    }
  };
  return Solution(body, problem);
}

// The future under `await` is the innermost variable that the lowering calls
// `__awaitee` among the scopes around the yield.
mir::LocalId awaitee_of(const mir::Body& body, mir::ScopeId scope) {
  for (size_t depth = 0; depth <= body.scopes.size() && body.scopes.contains(scope); ++depth) {
    for (const mir::DebugInfo& info : body.debug_infos) {
      if (info.scope == scope && info.name == "__awaitee" && info.place && info.place->is_local()) {
        return info.place->local;
      }
    }
    scope = body.scopes[scope].parent;
  }
  return {};
}

}  // namespace

std::vector<SuspendPoint> suspend_points(const mir::Body& body) {
  std::vector<SuspendPoint> result;
  if (!body.is_coroutine || body.is_stub()) {
    return result;
  }
  const Solution borrowed = borrowed_locals(body);
  const Solution live = live_locals(body);
  const Solution required = storage_required(body, borrowed);
  for (size_t index = 0; index < body.blocks.size(); ++index) {
    const mir::BlockId block(index);
    const mir::Block& code = body.blocks[block];
    if (code.terminator.kind != mir::Terminator::Kind::Yield) {
      continue;
    }
    const Point point{block, static_cast<uint32_t>(code.statements.size())};
    State saved = live.after(point);
    saved |= borrowed.before(point);
    saved &= required.before(point);
    SuspendPoint suspend;
    suspend.block = block;
    suspend.keyword_span = code.terminator.span;
    suspend.await_span = code.terminator.span;
    suspend.awaitee = awaitee_of(body, code.terminator.scope);
    if (suspend.awaitee.is_valid()) {
      suspend.await_span = body.locals[suspend.awaitee].span;
    }
    for (const unsigned local : saved.set_bits()) {
      if (static_cast<int32_t>(local) != SelfArgument) {
        suspend.saved.emplace_back(static_cast<int32_t>(local));
      }
    }
    result.push_back(std::move(suspend));
  }
  return result;
}

Solution maybe_initialised(const mir::Body& body) {
  Problem problem;
  problem.bits = static_cast<uint32_t>(body.locals.size());
  problem.entry = State(problem.bits);
  for (uint32_t argument = 1; argument <= body.arg_count && argument < problem.bits; ++argument) {
    problem.entry.set(argument);
  }
  problem.statement = [](State& state, const mir::Statement& statement, Point) {
    each_moved_local(statement, [&](mir::LocalId local) { kill(state, local); });
    if (statement.kind == mir::Statement::Kind::Assign) {
      gen(state, statement.place.local);
    } else if (statement.kind == mir::Statement::Kind::StorageDead ||
               statement.kind == mir::Statement::Kind::StorageLive) {
      kill(state, statement.place.local);
    }
  };
  problem.terminator = [](State& state, const mir::Terminator& terminator, Point) {
    each_moved_local(terminator, [&](mir::LocalId local) { kill(state, local); });
    if (terminator.kind == mir::Terminator::Kind::Drop && terminator.place.is_local()) {
      kill(state, terminator.place.local);
    }
  };
  problem.on_return = [](State& state, const mir::Terminator& terminator) {
    if (terminator.kind == mir::Terminator::Kind::Call ||
        terminator.kind == mir::Terminator::Kind::Yield) {
      gen(state, terminator.place.local);
    }
  };
  return Solution(body, problem);
}

}  // namespace jaa::flow
