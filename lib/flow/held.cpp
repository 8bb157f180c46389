#include "flow/held.h"

#include <algorithm>
#include <tuple>

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include "flow/locals.h"
#include "flow/operands.h"

namespace jaa::flow {
namespace {

// How a line uses the local: not at all, by reading, or by moving it whole.
struct OperandUse {
  bool used = false;
  bool moved = false;
};

template <class Code>
OperandUse operand_use(const mir::Body& body, const Code& code, mir::LocalId local) {
  OperandUse use;
  each_operand(body, code, [&](mir::Operand operand) {
    if (mentions(body, operand.place(), local)) {
      use.used = true;
      use.moved |= operand.is_move() && operand.place().is_local();
    }
  });
  return use;
}

// Where a local's value was made: an assignment or a call's result.
struct Definition {
  std::optional<Point> statement;
  std::optional<Point> call;
};

std::vector<Definition> definitions(const mir::Body& body) {
  std::vector<Definition> result(body.locals.size());
  for (size_t index = 0; index < body.blocks.size(); ++index) {
    Point point{mir::BlockId(index), 0};
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

llvm::ArrayRef<mir::Operand> operands_at(const mir::Body& body, Point point) {
  const llvm::ArrayRef<mir::Statement> statements = body.statements(point.block);
  return point.statement < statements.size() ? body.rvalue(statements[point.statement]).operands
                                             : body.operands(body.terminator(point.block));
}

// Follows a value back to the call that made it: the last call on the way whose result
// is of an interesting type, while none of its arguments is.
std::optional<Point> acquiring_call(const mir::Body& body, const std::vector<Definition>& made,
                                    mir::LocalId local,
                                    llvm::function_ref<bool(mir::TypeId)> is_carried) {
  for (size_t steps = 0; steps < body.locals.size(); ++steps) {
    const Definition& definition = made[local.index()];
    const std::optional<Point> from = definition.call ? definition.call : definition.statement;
    if (!from) {
      return std::nullopt;
    }
    const llvm::ArrayRef<mir::Operand> operands = operands_at(body, *from);
    const auto source = std::find_if(operands.begin(), operands.end(), [&](mir::Operand operand) {
      return !operand.is_constant() &&
             is_carried(body.locals[body.local(operand.place())].type);
    });
    if (source == operands.end()) {
      return definition.call;
    }
    const mir::LocalId next = body.local(source->place());
    if (next == local) {
      return std::nullopt;
    }
    local = next;
  }
  return std::nullopt;
}

// Whether control may have passed one of `yields` since the local came to life: no or
// maybe.
class PassedAwait {
 public:
  enum class State : uint8_t { No, Maybe };
  static constexpr Direction direction = Direction::Forward;
  PassedAwait(const mir::Body& body, mir::LocalId local, std::vector<mir::BlockId> yields)
      : body_(&body), local_(local), yields_(std::move(yields)) {}
  [[nodiscard]] State bottom() const { return State::No; }
  void enter(State& /*state*/) const {}
  [[nodiscard]] bool join(State& into, const State& from) const {
    const bool grew = from > into;
    into = std::max(into, from);
    return grew;
  }
  void apply(State& state, const mir::Statement& statement, Point /*point*/) const {
    const bool begins_or_ends = statement.kind == mir::Statement::Kind::StorageLive ||
                                statement.kind == mir::Statement::Kind::StorageDead;
    if (begins_or_ends && body_->local(statement.place) == local_) {
      state = State::No;
    }
  }
  void apply(State& state, const mir::Terminator& terminator, Point point) const {
    if (terminator.kind == mir::Terminator::Kind::Yield &&
        std::binary_search(yields_.begin(), yields_.end(), point.block)) {
      state = State::Maybe;
    }
  }
  void on_return(State& /*state*/, const mir::Terminator& /*terminator*/) const {}

 private:
  const mir::Body* body_;
  mir::LocalId local_;
  std::vector<mir::BlockId> yields_;
};

// The locals that may hold a borrow of `local`: references to it, and what was made
// from those as far as its type may borrow. Too many rather than too few.
std::vector<mir::LocalId> borrowers(const mir::Body& body, mir::LocalId local) {
  std::vector<mir::LocalId> found;
  LocalSet is_found(static_cast<unsigned>(body.locals.size()));
  const auto add = [&](mir::Place target) {
    const mir::LocalId to = body.local(target);
    if (target.is_valid() && target.is_local() && to != local && !is_found.test(bit(to)) &&
        body.types().may_borrow(body.locals[to].type)) {
      is_found.set(bit(to));
      found.push_back(to);
      return true;
    }
    return false;
  };
  // Something that borrows already is read, or the local itself is borrowed from.
  const auto reads_source = [&](const auto& code) {
    bool reads = false;
    each_operand(body, code, [&](mir::Operand operand) {
      const mir::LocalId from = body.local(operand.place());
      reads |= from.is_valid() && from != local && is_found.test(bit(from));
    });
    return reads;
  };
  for (bool grew = true; grew;) {
    grew = false;
    for (size_t index = 0; index < body.blocks.size(); ++index) {
      const mir::BlockId block(index);
      if (body.blocks[block].is_cleanup) {
        continue;
      }
      for (const mir::Statement& statement : body.statements(block)) {
        if (statement.kind != mir::Statement::Kind::Assign) {
          continue;
        }
        const mir::LocalId from = body.local(body.rvalue(statement).place);
        const bool borrows = from.is_valid() && (from == local || is_found.test(bit(from)));
        if (borrows || reads_source(statement)) {
          grew |= add(statement.place);
        }
      }
      const mir::Terminator& end = body.terminator(block);
      if (end.kind == mir::Terminator::Kind::Call && reads_source(end)) {
        grew |= add(end.place);
      }
    }
  }
  return found;
}

class UseCollector {
 public:
  UseCollector(const mir::Body& body, const UnitSources& sources, mir::LocalId local,
               const Solution<PassedAwait>& passed)
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
      Point point{mir::BlockId(index), 0};
      if (body_.blocks[point.block].is_cleanup) {
        continue;
      }
      for (const mir::Statement& statement : body_.statements(point.block)) {
        if (statement.kind == mir::Statement::Kind::Assign) {
          OperandUse use = operand_use(body_, statement, local);
          use.used |= mentions(body_, body_.rvalue(statement).place, local) ||
                      (!statement.place.is_local() && mentions(body_, statement.place, local));
          add(use, point, through_borrow);
        }
        ++point.statement;
      }
      const mir::Terminator& end = body_.terminator(point.block);
      if (end.kind != mir::Terminator::Kind::Drop) {
        OperandUse use = operand_use(body_, end, local);
        use.used |= end.place.is_valid() && !end.place.is_local() &&
                    mentions(body_, end.place, local);
        add(use, point, through_borrow);
      }
    }
  }

  void add(const OperandUse& use, Point point, bool through_borrow) {
    if (!use.used) {
      return;
    }
    if (const auto span = sources_.span(body_, body_.span(point))) {
      uses_.push_back(
          {*span, use.moved && !through_borrow, passed_.before(point) == PassedAwait::State::Maybe, through_borrow});
    }
  }

  const mir::Body& body_;
  const UnitSources& sources_;
  mir::LocalId local_;
  const Solution<PassedAwait>& passed_;
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
  HeldReader(const mir::Body& body, const UnitSources& sources)
      : body_(body), types_(body.types()), sources_(sources), suspends_(suspend_points(body)) {
    if (suspends_.empty()) {
      return;
    }
    initialised_.emplace(body, MaybeInitialised(body));
    made_ = definitions(body);
    for (const mir::Local& local : body.locals) {
      if (const auto span = sources.span(body, body.span(local.span))) {
        expressions_.push_back({*span, types_.print(local.type)});
      }
    }
  }

  [[nodiscard]] bool suspends() const { return !suspends_.empty(); }

  // None when the local is held across no await, or is not in loaded source.
  [[nodiscard]] std::optional<HeldValue> read(
      mir::LocalId local, llvm::function_ref<bool(mir::TypeId)> is_carried) const {
    const auto value = sources_.span(body_, body_.span(local));
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
        held.awaits.push_back(
            {*whole, *keyword,
             initialised_->before(body_.end_of(suspend.block)).test(bit(local))});
      }
    }
    if (held.awaits.empty()) {
      return std::nullopt;
    }
    std::sort(held.awaits.begin(), held.awaits.end(),
              [](const HeldAwait& a, const HeldAwait& b) { return a.whole < b.whole; });
    std::sort(yields.begin(), yields.end());
    const Solution<PassedAwait> passed(body_, PassedAwait(body_, local, yields));
    held.value = *value;
    held.carriers = {*value};
    held.name = visible_name(body_, local);
    held.is_mut = body_.locals[local].is_mut;
    held.type = types_.print(body_.locals[local].type);
    held.uses = UseCollector(body_, sources_, local, passed).collect();
    held.expressions = expressions_;
    held.body = body_.text(body_.name);
    held.is_certain = !body_.has_opaque;
    if (const auto call = acquiring_call(body_, made_, local, is_carried)) {
      held.acquire = sources_.span(body_, body_.span(*call));
    }
    return held;
  }

 private:
  const mir::Body& body_;
  const mir::TypeTable& types_;
  const UnitSources& sources_;
  std::vector<SuspendPoint> suspends_;
  std::optional<Solution<MaybeInitialised>> initialised_;
  std::vector<Definition> made_;
  std::vector<TypedExpression> expressions_;
};

}  // namespace

bool HeldValue::is_dropped_before_awaits() const {
  return std::none_of(awaits.begin(), awaits.end(),
                      [](const HeldAwait& await) { return await.maybe_initialised; });
}

std::vector<HeldValue> held_guards(const mir::Body& body, const UnitSources& sources) {
  std::vector<HeldValue> result;
  const mir::TypeTable& types = body.types();
  const HeldReader reader(body, sources);
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
std::optional<HeldValue> first_held(const mir::Body& body, const UnitSources& sources,
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
      reader.emplace(body, sources);
    }
    auto held = reader->suspends()
                    ? reader->read(local, [&body, type](mir::TypeId other) { return body.types().is_same(other, type); })
                    : std::nullopt;
    if (held && (!found || (found->name.empty() && !held->name.empty()))) {
      found = std::move(held);
    }
  }
  return found;
}

}  // namespace

std::optional<HeldValue> held_at(const mir::Body& body, const UnitSources& sources,
                                 const base::Span& place) {
  return first_held(body, sources, [&](const mir::Local& local) {
    return sources.span(body, body.span(local.span)) == place;
  });
}

std::optional<HeldValue> held_of_type(const mir::Body& body, const UnitSources& sources,
                                      const base::Span& place,
                                      llvm::function_ref<bool(const std::string&)> is_wanted) {
  return first_held(body, sources, [&](const mir::Local& local) {
    const auto span = sources.span(body, body.span(local.span));
    return span && place.contains(*span) && is_wanted(body.types().print(local.type));
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
      if (definition.call) {
        const mir::Terminator& call = body.terminator(definition.call->block);
        const std::string callee = body.types().plain_path(body.callee(call));
        if (!llvm::StringRef(callee).ends_with("IntoFuture>::into_future")) {
          if (const auto span = sources.span(body, body.span(*definition.call))) {
            result.push_back({callee, *span});
          }
          break;
        }
        if (!body.operands(call).empty()) {
          from = body.local(body.operands(call).front().place());
        }
      } else if (definition.statement) {
        const llvm::ArrayRef<mir::Operand> operands = operands_at(body, *definition.statement);
        from = operands.size() == 1 ? body.local(operands.front().place()) : from;
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
