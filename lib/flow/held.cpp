#include "flow/held.h"

#include <algorithm>
#include <tuple>

#include "llvm/ADT/STLFunctionalExtras.h"
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

// Follows a value back to the call that made it: the last call on the way whose result
// is of an interesting type, while none of its arguments is.
const mir::Terminator* acquiring_call(const mir::Body& body, const std::vector<Definition>& made,
                                      mir::LocalId local,
                                      llvm::function_ref<bool(mir::TypeId)> is_carried) {
  for (size_t steps = 0; steps < body.locals.size(); ++steps) {
    const Definition& definition = made[local.index()];
    const mir::Operand* source = nullptr;
    const auto carrier = [&](const mir::Operand& operand) {
      return operand.kind != mir::Operand::Kind::Constant &&
             body.locals.contains(operand.place.local) &&
             is_carried(body.locals[operand.place.local].type);
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

  std::vector<ValueUse> collect() {
    collect_of(local_, false);
    for (const mir::LocalId borrower : borrowers(body_, local_)) {
      collect_of(borrower, true);
    }
    std::sort(uses_.begin(), uses_.end(), [](const ValueUse& a, const ValueUse& b) {
      return std::tuple(a.span, b.is_move, a.through_borrow) <
             std::tuple(b.span, a.is_move, b.through_borrow);
    });
    const auto is_same = [](const ValueUse& a, const ValueUse& b) { return a.span == b.span; };
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
  std::vector<ValueUse> uses_;
};

// The variable whose value is in this local, shown as written in the source.
std::string visible_name(const mir::Body& body, mir::LocalId local) {
  const std::string_view name = body.variable_name(local);
  // `__awaitee`, `result`, `_task_context` belong to the await lowering; the first
  // has a reserved look, the others never hold a guard.
  return name.starts_with("__") ? std::string() : std::string(name);
}

// Reads held values of one body.
class HeldReader {
 public:
  HeldReader(const mir::Body& body, const mir::TypeTable& types, const UnitSources& sources)
      : body_(body), types_(types), sources_(sources), suspends_(suspend_points(body)) {
    if (suspends_.empty()) {
      return;
    }
    initialised_.emplace(maybe_initialised(body));
    made_ = definitions(body);
    for (const mir::Local& local : body.locals) {
      if (const auto span = sources.span(body, local.span)) {
        expressions_.push_back({*span, types.print(local.type)});
      }
    }
  }

  [[nodiscard]] bool suspends() const { return !suspends_.empty(); }

  // None when the local is held across no await, or is not in loaded source.
  [[nodiscard]] std::optional<HeldValue> read(
      mir::LocalId local, llvm::function_ref<bool(mir::TypeId)> is_carried) const {
    const auto value = sources_.span(body_, body_.locals[local].span);
    if (!value) {
      return std::nullopt;
    }
    HeldValue held;
    std::vector<mir::BlockId> yields;
    for (const SuspendPoint& suspend : suspends_) {
      if (!std::binary_search(suspend.saved.begin(), suspend.saved.end(), local)) {
        continue;
      }
      yields.push_back(suspend.block);
      const auto whole = sources_.span(body_, suspend.await_span);
      const auto keyword = sources_.span(body_, suspend.keyword_span);
      if (whole && keyword) {
        const Point point{suspend.block,
                          static_cast<uint32_t>(body_.blocks[suspend.block].statements.size())};
        held.awaits.push_back(
            {*whole, *keyword,
             initialised_->before(point).test(static_cast<unsigned>(local.index()))});
      }
    }
    if (held.awaits.empty()) {
      return std::nullopt;
    }
    std::sort(held.awaits.begin(), held.awaits.end(),
              [](const HeldAwait& a, const HeldAwait& b) { return a.whole < b.whole; });
    std::sort(yields.begin(), yields.end());
    const Solution passed = passed_await(body_, local, yields);
    held.value = *value;
    held.carriers = {*value};
    held.name = visible_name(body_, local);
    held.is_mut = body_.locals[local].is_mut;
    held.type = types_.print(body_.locals[local].type);
    held.uses = UseCollector(body_, sources_, local, passed).collect();
    held.expressions = expressions_;
    held.body = body_.name;
    held.is_certain = !body_.has_opaque;
    if (const mir::Terminator* call = acquiring_call(body_, made_, local, is_carried)) {
      held.acquire = sources_.span(body_, call->span);
    }
    return held;
  }

 private:
  const mir::Body& body_;
  const mir::TypeTable& types_;
  const UnitSources& sources_;
  std::vector<SuspendPoint> suspends_;
  std::optional<Solution> initialised_;
  std::vector<Definition> made_;
  std::vector<TypedExpression> expressions_;
};

}  // namespace

bool HeldValue::is_dropped_before_awaits() const {
  return std::none_of(awaits.begin(), awaits.end(),
                      [](const HeldAwait& await) { return await.maybe_initialised; });
}

std::vector<HeldValue> held_guards(const mir::Body& body, const mir::TypeTable& types,
                                   const UnitSources& sources) {
  std::vector<HeldValue> result;
  const HeldReader reader(body, types, sources);
  const auto is_carried = [&types](mir::TypeId type) {
    return find_guard(types, type).has_value();
  };
  for (size_t index = 0; reader.suspends() && index < body.locals.size(); ++index) {
    const mir::LocalId local(index);
    const auto found = find_guard(types, body.locals[local].type);
    auto held = found ? reader.read(local, is_carried) : std::nullopt;
    if (!held) {
      continue;
    }
    held->guard = found->guard;
    held->guard_type = types.print(found->type);
    held->inner_type = found->inner.is_valid() ? types.print(found->inner) : std::string();
    result.push_back(std::move(*held));
  }
  // One lock call, one guard: the named local stands for the temporaries it was
  // moved out of.
  const auto same_lock = [](const HeldValue& a, const HeldValue& b) {
    return a.acquire && b.acquire && *a.acquire == *b.acquire;
  };
  std::stable_sort(result.begin(), result.end(), [](const HeldValue& a, const HeldValue& b) {
    return a.name.empty() < b.name.empty();
  });
  std::vector<HeldValue> distinct;
  for (HeldValue& held : result) {
    const auto kept = std::find_if(distinct.begin(), distinct.end(),
                                   [&](const HeldValue& other) { return same_lock(other, held); });
    if (kept == distinct.end()) {
      distinct.push_back(std::move(held));
    } else {
      kept->carriers.push_back(held.value);
    }
  }
  std::sort(distinct.begin(), distinct.end(),
            [](const HeldValue& a, const HeldValue& b) { return a.value < b.value; });
  return distinct;
}

namespace {

// The first held local that `is_wanted`, a named one before a temporary: of several
// temporaries at one place, the variable is what the source names.
std::optional<HeldValue> first_held(const mir::Body& body, const mir::TypeTable& types,
                                    const UnitSources& sources,
                                    llvm::function_ref<bool(const mir::Local&)> is_wanted) {
  std::optional<HeldReader> reader;  // most bodies have no such local
  std::optional<HeldValue> found;
  for (size_t index = 0; index < body.locals.size(); ++index) {
    const mir::LocalId local(index);
    const mir::TypeId type = body.locals[local].type;
    if (!is_wanted(body.locals[local])) {
      continue;
    }
    if (!reader) {
      reader.emplace(body, types, sources);
    }
    auto held = reader->suspends()
                    ? reader->read(local, [type](mir::TypeId other) { return other == type; })
                    : std::nullopt;
    if (held && (!found || (found->name.empty() && !held->name.empty()))) {
      found = std::move(held);
    }
  }
  return found;
}

}  // namespace

std::optional<HeldValue> held_at(const mir::Body& body, const mir::TypeTable& types,
                                 const UnitSources& sources, const base::Span& place) {
  return first_held(body, types, sources, [&](const mir::Local& local) {
    return sources.span(body, local.span) == place;
  });
}

std::optional<HeldValue> held_of_type(const mir::Body& body, const mir::TypeTable& types,
                                      const UnitSources& sources, const base::Span& place,
                                      llvm::function_ref<bool(const std::string&)> is_wanted) {
  return first_held(body, types, sources, [&](const mir::Local& local) {
    const auto span = sources.span(body, local.span);
    return span && place.contains(*span) && is_wanted(types.print(local.type));
  });
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
