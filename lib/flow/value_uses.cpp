#include "flow/value_uses.h"

#include <algorithm>
#include <tuple>

#include "flow/operands.h"
#include "flow/solver.h"

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
        use.used |=
            end.place.is_valid() && !end.place.is_local() && mentions(body_, end.place, local);
        add(use, point, through_borrow);
      }
    }
  }

  void add(const OperandUse& use, Point point, bool through_borrow) {
    if (!use.used) {
      return;
    }
    if (const auto span = sources_.span(body_, body_.span(point))) {
      uses_.push_back({*span, use.moved && !through_borrow,
                       passed_.before(point) == PassedAwait::State::Maybe, through_borrow});
    }
  }

  const mir::Body& body_;
  const UnitSources& sources_;
  mir::LocalId local_;
  const Solution<PassedAwait>& passed_;
  std::vector<ValueUse> uses_;
};

}  // namespace

std::vector<ValueUse> uses_of(const mir::Body& body, const UnitSources& sources, mir::LocalId local,
                              std::vector<mir::BlockId> yields) {
  std::sort(yields.begin(), yields.end());
  const Solution<PassedAwait> passed(body, PassedAwait(body, local, std::move(yields)));
  return UseCollector(body, sources, local, passed).collect();
}

}  // namespace jaa::flow
