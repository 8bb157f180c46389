#include "flow/held.h"

#include <algorithm>
#include <utility>

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include "flow/locals.h"
#include "flow/operands.h"
#include "flow/origin.h"
#include "flow/value_uses.h"

namespace jaa::flow {
namespace {

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
      return !operand.is_constant() && is_carried(body.locals[body.local(operand.place())].type);
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

// The places and locals of a body whose values have a guard.
struct GuardPlaces {
  llvm::BitVector places;  // by index, without those behind a reference
  LocalSet locals;

  // What the code moves or copies has one.
  template <class Code>
  [[nodiscard]] bool are_in(const mir::Body& body, const Code& code) const {
    bool found = false;
    each_operand(body, code, [&](mir::Operand operand) {
      const mir::Place place = operand.place();
      found |= place.is_valid() &&
               (place.is_local() ? locals.test(place.index()) : places.test(place.index()));
    });
    return found;
  }
};

// Like `MaybeInitialised`, of the guard in a value, which may be moved out by itself. With
// `may_be_empty`, a value is seen to have none yet: `None`, a variant without one.
class MaybeHolding : public MaybeInitialised {
 public:
  MaybeHolding(const mir::Body& body, const GuardPlaces& guards, bool may_be_empty)
      : MaybeInitialised(body), guards_(&guards), may_be_empty_(may_be_empty) {}
  void apply(State& state, const mir::Statement& statement, Point point) const {
    MaybeInitialised::apply(state, statement, point);
    take_out(state, statement);
    if (may_be_empty_ && gives_none(body(), *guards_, statement)) {
      state.reset(bit(body().local(statement.place)));
    }
  }
  void apply(State& state, const mir::Terminator& terminator, Point point) const {
    MaybeInitialised::apply(state, terminator, point);
    take_out(state, terminator);
  }
  static bool gives_none(const mir::Body& body, const GuardPlaces& guards,
                         const mir::Statement& statement) {
    return statement.kind == mir::Statement::Kind::Assign && statement.place.is_local() &&
           statement.rvalue != mir::Rvalue::Kind::Opaque && !guards.are_in(body, statement);
  }

 private:
  template <class Code>
  void take_out(State& state, const Code& code) const {
    each_operand(body(), code, [&](mir::Operand operand) {
      const mir::Place place = operand.place();
      if (operand.is_move() && !place.is_local() && guards_->places.test(place.index())) {
        state.reset(bit(body().local(place)));
      }
    });
  }

  const GuardPlaces* guards_;
  bool may_be_empty_;
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
  // `has_guard` says so of a place's type.
  HeldReader(const mir::Body& body, const UnitSources& sources,
             llvm::function_ref<bool(mir::TypeId)> has_guard)
      : body_(body), types_(body.types()), sources_(sources), suspends_(suspend_points(body)) {
    if (suspends_.empty()) {
      return;
    }
    find_guard_places(has_guard);
    initialised_.emplace(body, MaybeHolding(body, guards_, false));
    made_ = definitions(body);
    for (const mir::Local& local : body.locals) {
      if (const auto span = sources.span(body, body.span(local.span))) {
        expressions_.push_back({*span, types_.print(local.type)});
      }
    }
  }

  [[nodiscard]] bool suspends() const { return !suspends_.empty(); }

  // Saved at some await, and no future that is awaited there.
  [[nodiscard]] bool is_held(mir::LocalId local) const {
    bool is_saved = false;
    for (const SuspendPoint& suspend : suspends_) {
      is_saved |= std::binary_search(suspend.saved.begin(), suspend.saved.end(), local);
      if (suspend.awaitee == local) {
        return false;
      }
    }
    return is_saved;
  }

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
            {*whole, *keyword, initialised_->before(body_.end_of(suspend.block)).test(bit(local))});
      }
    }
    if (held.awaits.empty()) {
      return std::nullopt;
    }
    std::sort(held.awaits.begin(), held.awaits.end(),
              [](const HeldAwait& a, const HeldAwait& b) { return a.whole < b.whole; });
    held.value = *value;
    held.carriers = {*value};
    held.name = visible_name(body_, local);
    held.is_mut = body_.locals[local].is_mut;
    held.type = types_.print(body_.locals[local].type);
    held.is_certain =
        !body_.has_opaque && (held.is_dropped_before_awaits() || !is_empty_at(local, yields));
    held.uses = uses_of(body_, sources_, local, std::move(yields));
    held.expressions = expressions_;
    held.body = body_.text(body_.name);
    if (const auto call = acquiring_call(body_, made_, local, is_carried)) {
      held.acquire = sources_.span(body_, body_.span(*call));
    }
    return held;
  }

 private:
  void find_guard_places(llvm::function_ref<bool(mir::TypeId)> has_guard) {
    guards_.places.resize(static_cast<unsigned>(body_.places.size()));
    guards_.locals.resize(static_cast<unsigned>(body_.locals.size()));
    const auto add = [&](mir::Operand operand) {
      const mir::Place place = operand.place();
      if (place.is_valid() && !place.is_local() && !body_.has_deref(place) &&
          has_guard(body_.type_of(place))) {
        guards_.places.set(place.index());
      }
    };
    for (const mir::Statement& statement : body_.all_statements) {
      each_operand(body_, statement, add);
    }
    for (const mir::Block& block : body_.blocks) {
      each_operand(body_, block.terminator, add);
    }
    for (size_t index = 0; index < body_.locals.size(); ++index) {
      if (has_guard(body_.locals[mir::LocalId(index)].type)) {
        guards_.locals.set(static_cast<unsigned>(index));
      }
    }
  }

  // No guard has been put into the value by any of these awaits.
  [[nodiscard]] bool is_empty_at(mir::LocalId local, llvm::ArrayRef<mir::BlockId> yields) const {
    const bool is_ever_empty =
        guards_.locals.test(bit(local)) &&
        std::any_of(body_.all_statements.begin(), body_.all_statements.end(),
                    [&](const mir::Statement& line) {
                      return MaybeHolding::gives_none(body_, guards_, line) &&
                             body_.local(line.place) == local;
                    });
    if (!is_ever_empty) {
      return false;
    }
    const Solution<MaybeHolding> holding(body_, MaybeHolding(body_, guards_, true));
    return std::none_of(yields.begin(), yields.end(), [&](mir::BlockId yield) {
      return holding.before(body_.end_of(yield)).test(bit(local));
    });
  }

  const mir::Body& body_;
  const mir::TypeTable& types_;
  const UnitSources& sources_;
  std::vector<SuspendPoint> suspends_;
  GuardPlaces guards_;
  std::optional<Solution<MaybeHolding>> initialised_;
  std::vector<Definition> made_;
  std::vector<TypedExpression> expressions_;
};

}  // namespace

bool HeldValue::is_dropped_before_awaits() const {
  return std::none_of(awaits.begin(), awaits.end(),
                      [](const HeldAwait& await) { return await.maybe_initialised; });
}

std::vector<HeldValue> held_guards(const mir::Body& body, const UnitSources& sources,
                                   HeldTypes& types) {
  std::vector<HeldValue> result;
  const auto has_guard = [&](mir::TypeId type) { return types.find(body, type).has_value(); };
  const HeldReader reader(body, sources, has_guard);
  for (size_t index = 0; reader.suspends() && index < body.locals.size(); ++index) {
    const mir::LocalId local(index);
    if (!reader.is_held(local)) {
      continue;
    }
    const std::optional<InnerGuard>& found = types.find(body, body.locals[local].type);
    auto held = found ? reader.read(local, has_guard) : std::nullopt;
    if (!held) {
      continue;
    }
    held->guard = found->guard;
    held->guard_type = found->type;
    held->inner_type = found->inner;
    held->guard_fields = found->fields;
    result.push_back(std::move(*held));
  }
  // One lock call, one guard: the named local stands for the temporaries it was
  // moved out of.
  const auto same_lock = [](const HeldValue& a, const HeldValue& b) {
    return a.acquire && b.acquire && *a.acquire == *b.acquire;
  };
  // Of several, the one that has it now.
  std::stable_sort(result.begin(), result.end(), [](const HeldValue& a, const HeldValue& b) {
    const auto rank = [](const HeldValue& held) {
      return std::pair(held.name.empty(), held.is_dropped_before_awaits());
    };
    return rank(a) < rank(b);
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
      reader.emplace(body, sources, [](mir::TypeId) { return false; });
    }
    auto held = reader->suspends() ? reader->read(local,
                                                  [&body, type](mir::TypeId other) {
                                                    return body.types().is_same(other, type);
                                                  })
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

}  // namespace jaa::flow
