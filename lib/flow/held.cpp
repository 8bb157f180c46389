#include "flow/held.h"

#include <algorithm>
#include <tuple>

#include "llvm/ADT/StringRef.h"

namespace jaa::flow {
namespace {

bool mentions(const mir::Place& place, mir::LocalId local) {
  return place.local == local ||
         std::any_of(place.projections.begin(), place.projections.end(),
                     [&](const mir::Projection& p) { return p.index == local; });
}

// How `operands` use the local: not at all, by reading, or by moving it whole.
struct OperandUse {
  bool used = false;
  bool moved = false;
};

template <class Operands>
OperandUse operand_use(const Operands& operands, mir::LocalId local) {
  OperandUse use;
  for (const mir::Operand& operand : operands) {
    if ((operand.kind == mir::Operand::Kind::Copy || operand.kind == mir::Operand::Kind::Move) &&
        mentions(operand.place, local)) {
      use.used = true;
      use.moved |= operand.kind == mir::Operand::Kind::Move && operand.place.is_local();
    }
  }
  return use;
}

// Where a local's value was made: an assignment or a call's result.
struct Definition {
  const mir::Statement* statement = nullptr;
  const mir::Terminator* call = nullptr;
};

std::vector<Definition> definitions(const mir::Body& body) {
  std::vector<Definition> result(body.locals.size());
  for (const mir::Block& block : body.blocks) {
    for (const mir::Statement& statement : block.statements) {
      if (statement.kind == mir::Statement::Kind::Assign && statement.place.is_local() &&
          body.locals.contains(statement.place.local)) {
        result[statement.place.local.index()].statement = &statement;
      }
    }
    const mir::Terminator& end = block.terminator;
    if (end.kind == mir::Terminator::Kind::Call && end.place.is_local() &&
        body.locals.contains(end.place.local)) {
      result[end.place.local.index()].call = &end;
    }
  }
  return result;
}

// Follows a guard back to the call that took the lock: the last call on the way
// whose result holds a guard, while none of its arguments does.
const mir::Terminator* acquiring_call(const mir::Body& body, const mir::TypeTable& types,
                                      const std::vector<Definition>& made, mir::LocalId local) {
  for (size_t steps = 0; steps < body.locals.size(); ++steps) {
    const Definition& definition = made[local.index()];
    const mir::Operand* source = nullptr;
    const auto carrier = [&](const mir::Operand& operand) {
      return operand.kind != mir::Operand::Kind::Constant &&
             body.locals.contains(operand.place.local) &&
             find_guard(types, body.locals[operand.place.local].type).has_value();
    };
    if (definition.call != nullptr) {
      const auto& operands = definition.call->operands;
      const auto from = std::find_if(operands.begin(), operands.end(), carrier);
      if (from == operands.end()) {
        return definition.call;
      }
      source = &*from;
    } else if (definition.statement != nullptr) {
      const auto& operands = definition.statement->rvalue.operands;
      const auto from = std::find_if(operands.begin(), operands.end(), carrier);
      source = from == operands.end() ? nullptr : &*from;
    }
    if (source == nullptr || source->place.local == local) {
      return nullptr;
    }
    local = source->place.local;
  }
  return nullptr;
}

// Whether control may have passed one of `yields` since the local came to life.
Solution passed_await(const mir::Body& body, mir::LocalId local,
                      const std::vector<mir::BlockId>& yields) {
  Problem problem;
  problem.bits = 1;
  problem.statement = [local](State& state, const mir::Statement& statement, Point) {
    if ((statement.kind == mir::Statement::Kind::StorageLive ||
         statement.kind == mir::Statement::Kind::StorageDead) &&
        statement.place.local == local) {
      state.reset(0);
    }
  };
  problem.terminator = [&yields](State& state, const mir::Terminator& terminator, Point point) {
    if (terminator.kind == mir::Terminator::Kind::Yield &&
        std::binary_search(yields.begin(), yields.end(), point.block)) {
      state.set(0);
    }
  };
  return Solution(body, problem);
}

// The locals that may hold a borrow of `local`: references to it, and what was made
// from those as far as its type may borrow. Too many rather than too few.
std::vector<mir::LocalId> borrowers(const mir::Body& body, mir::LocalId local) {
  std::vector<mir::LocalId> found;
  const auto is_source = [&](const mir::Place& place) {
    return place.local == local ||
           std::find(found.begin(), found.end(), place.local) != found.end();
  };
  const auto add = [&](const mir::Place& target) {
    if (target.is_local() && target.local != local && body.locals.contains(target.local) &&
        body.locals[target.local].may_borrow && !is_source(target)) {
      found.push_back(target.local);
      return true;
    }
    return false;
  };
  const auto reads_source = [&](const auto& operands) {
    return std::any_of(operands.begin(), operands.end(), [&](const mir::Operand& operand) {
      return operand.kind != mir::Operand::Kind::Constant && operand.place.local.is_valid() &&
             operand.place.local != local && is_source(operand.place);
    });
  };
  for (bool grew = true; grew;) {
    grew = false;
    for (const mir::Block& block : body.blocks) {
      if (block.is_cleanup) {
        continue;
      }
      for (const mir::Statement& statement : block.statements) {
        if (statement.kind != mir::Statement::Kind::Assign) {
          continue;
        }
        const mir::Rvalue& rvalue = statement.rvalue;
        const bool borrows = rvalue.place.local.is_valid() && is_source(rvalue.place);
        if (borrows || reads_source(rvalue.operands)) {
          grew |= add(statement.place);
        }
      }
      const mir::Terminator& end = block.terminator;
      if (end.kind == mir::Terminator::Kind::Call && reads_source(end.operands)) {
        grew |= add(end.place);
      }
    }
  }
  return found;
}

class UseCollector {
 public:
  UseCollector(const mir::Body& body, const UnitSources& sources, mir::LocalId local,
               const Solution& passed)
      : body_(body), sources_(sources), local_(local), passed_(passed) {}

  std::vector<GuardUse> collect() {
    collect_of(local_, false);
    for (const mir::LocalId borrower : borrowers(body_, local_)) {
      collect_of(borrower, true);
    }
    std::sort(uses_.begin(), uses_.end(), [](const GuardUse& a, const GuardUse& b) {
      return std::tuple(a.span, b.is_move, a.through_borrow) <
             std::tuple(b.span, a.is_move, b.through_borrow);
    });
    const auto is_same = [](const GuardUse& a, const GuardUse& b) { return a.span == b.span; };
    uses_.erase(std::unique(uses_.begin(), uses_.end(), is_same), uses_.end());
    return std::move(uses_);
  }

 private:
  void collect_of(mir::LocalId local, bool through_borrow) {
    for (size_t index = 0; index < body_.blocks.size(); ++index) {
      const mir::BlockId block(index);
      const mir::Block& code = body_.blocks[block];
      if (code.is_cleanup) {
        continue;
      }
      for (uint32_t at = 0; at < code.statements.size(); ++at) {
        const mir::Statement& statement = code.statements[at];
        if (statement.kind != mir::Statement::Kind::Assign) {
          continue;
        }
        OperandUse use = operand_use(statement.rvalue.operands, local);
        use.used |= mentions(statement.rvalue.place, local) ||
                    (!statement.place.is_local() && mentions(statement.place, local));
        add(use, statement.span, {block, at}, through_borrow);
      }
      const mir::Terminator& end = code.terminator;
      if (end.kind != mir::Terminator::Kind::Drop) {
        OperandUse use = operand_use(end.operands, local);
        use.used |=
            !end.place.is_local() && end.place.local.is_valid() && mentions(end.place, local);
        add(use, end.span, {block, static_cast<uint32_t>(code.statements.size())}, through_borrow);
      }
    }
  }

  void add(const OperandUse& use, mir::MirSpan mir_span, Point point, bool through_borrow) {
    if (!use.used) {
      return;
    }
    if (const auto span = sources_.span(body_, mir_span)) {
      uses_.push_back(
          {*span, use.moved && !through_borrow, passed_.before(point).test(0), through_borrow});
    }
  }

  const mir::Body& body_;
  const UnitSources& sources_;
  mir::LocalId local_;
  const Solution& passed_;
  std::vector<GuardUse> uses_;
};

// The variable whose value is in this local, shown as written in the source.
std::string visible_name(const mir::Body& body, mir::LocalId local) {
  const std::string_view name = body.variable_name(local);
  // `__awaitee`, `result`, `_task_context` belong to the await lowering; the first
  // has a reserved look, the others never hold a guard.
  return name.starts_with("__") ? std::string() : std::string(name);
}

}  // namespace

bool HeldGuard::is_dropped_before_awaits() const {
  return std::none_of(awaits.begin(), awaits.end(),
                      [](const HeldAwait& await) { return await.maybe_initialised; });
}

std::vector<HeldGuard> held_guards(const mir::Body& body, const mir::TypeTable& types,
                                   const UnitSources& sources) {
  const std::vector<SuspendPoint> suspends = suspend_points(body);
  std::vector<HeldGuard> result;
  if (suspends.empty()) {
    return result;
  }
  const Solution initialised = maybe_initialised(body);
  const std::vector<Definition> made = definitions(body);
  std::vector<TypedExpression> expressions;
  for (const mir::Local& local : body.locals) {
    if (const auto span = sources.span(body, local.span)) {
      expressions.push_back({*span, types.print(local.type)});
    }
  }
  for (size_t index = 0; index < body.locals.size(); ++index) {
    const mir::LocalId local(index);
    const auto found = find_guard(types, body.locals[local].type);
    const auto value = sources.span(body, body.locals[local].span);
    if (!found || !value) {
      continue;
    }
    HeldGuard held;
    std::vector<mir::BlockId> yields;
    for (const SuspendPoint& suspend : suspends) {
      if (!std::binary_search(suspend.saved.begin(), suspend.saved.end(), local)) {
        continue;
      }
      yields.push_back(suspend.block);
      const auto whole = sources.span(body, suspend.await_span);
      const auto keyword = sources.span(body, suspend.keyword_span);
      if (whole && keyword) {
        const Point point{suspend.block,
                          static_cast<uint32_t>(body.blocks[suspend.block].statements.size())};
        held.awaits.push_back(
            {*whole, *keyword,
             initialised.before(point).test(static_cast<unsigned>(local.index()))});
      }
    }
    if (held.awaits.empty()) {
      continue;
    }
    std::sort(held.awaits.begin(), held.awaits.end(),
              [](const HeldAwait& a, const HeldAwait& b) { return a.whole < b.whole; });
    std::sort(yields.begin(), yields.end());
    const Solution passed = passed_await(body, local, yields);
    held.value = *value;
    held.carriers = {*value};
    held.name = visible_name(body, local);
    held.is_mut = body.locals[local].is_mut;
    held.guard = found->guard;
    held.type = types.print(body.locals[local].type);
    held.guard_type = types.print(found->type);
    held.inner_type = found->inner.is_valid() ? types.print(found->inner) : std::string();
    held.uses = UseCollector(body, sources, local, passed).collect();
    held.expressions = expressions;
    held.body = body.name;
    held.is_certain = !body.has_opaque;
    if (const mir::Terminator* call = acquiring_call(body, types, made, local)) {
      held.acquire = sources.span(body, call->span);
    }
    result.push_back(std::move(held));
  }
  // One lock call, one guard: the named local stands for the temporaries it was
  // moved out of.
  const auto same_lock = [](const HeldGuard& a, const HeldGuard& b) {
    return a.acquire && b.acquire && *a.acquire == *b.acquire;
  };
  std::stable_sort(result.begin(), result.end(), [](const HeldGuard& a, const HeldGuard& b) {
    return a.name.empty() < b.name.empty();
  });
  std::vector<HeldGuard> distinct;
  for (HeldGuard& held : result) {
    const auto kept = std::find_if(distinct.begin(), distinct.end(),
                                   [&](const HeldGuard& other) { return same_lock(other, held); });
    if (kept == distinct.end()) {
      distinct.push_back(std::move(held));
    } else {
      kept->carriers.push_back(held.value);
    }
  }
  std::sort(distinct.begin(), distinct.end(),
            [](const HeldGuard& a, const HeldGuard& b) { return a.value < b.value; });
  return distinct;
}

std::vector<AwaitedCall> awaited_calls(const mir::Body& body, const UnitSources& sources) {
  std::vector<AwaitedCall> result;
  const std::vector<Definition> made = definitions(body);
  for (const SuspendPoint& suspend : suspend_points(body)) {
    mir::LocalId local = suspend.awaitee;
    // From the awaited future back over moves and `into_future` to the call.
    for (size_t steps = 0; local.is_valid() && steps < body.locals.size(); ++steps) {
      const Definition& definition = made[local.index()];
      mir::LocalId from;
      if (definition.call != nullptr) {
        const llvm::StringRef callee = definition.call->callee.text;
        if (!callee.ends_with("IntoFuture>::into_future")) {
          if (const auto span = sources.span(body, definition.call->span)) {
            result.push_back({callee.str(), *span});
          }
          break;
        }
        if (!definition.call->operands.empty()) {
          from = definition.call->operands.front().place.local;
        }
      } else if (definition.statement != nullptr &&
                 definition.statement->rvalue.operands.size() == 1) {
        from = definition.statement->rvalue.operands.front().place.local;
      }
      if (from == local || !body.locals.contains(from)) {
        break;
      }
      local = from;
    }
  }
  return result;
}

}  // namespace jaa::flow
