// The solver on lattices of other kinds than sets.
#include "flow/solver.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "flow/locals.h"
#include "mir/bodies_test.h"

namespace jaa::flow {
namespace {

mir::BlockId block(size_t index) {
  return mir::BlockId(index);
}

// What `_1` is known to be: nothing yet, one literal, or more than one.
class ConstantOfOne {
 public:
  struct State {
    enum class Kind : uint8_t { Unknown, Literal, Any };
    Kind kind = Kind::Unknown;
    std::string_view literal;
  };
  static constexpr Direction direction = Direction::Forward;
  explicit ConstantOfOne(const mir::Body& body) : body_(&body) {}
  [[nodiscard]] State bottom() const { return {}; }
  void enter(State& state) const { state.kind = State::Kind::Any; }
  bool join(State& into, const State& from) const {
    using Kind = State::Kind;
    if (from.kind == Kind::Unknown || into.kind == Kind::Any) {
      return false;
    }
    if (into.kind == Kind::Literal && from.kind == Kind::Literal && into.literal == from.literal) {
      return false;
    }
    into = into.kind == Kind::Unknown ? from : State{Kind::Any, {}};
    return true;
  }
  void apply(State& state, const mir::Statement& statement, Point /*point*/) const {
    if (statement.kind != mir::Statement::Kind::Assign ||
        body_->local(statement.place) != mir::LocalId(size_t{1})) {
      return;
    }
    const mir::Rvalue rvalue = body_->rvalue(statement);
    const bool is_literal =
        rvalue.kind == mir::Rvalue::Kind::Use && rvalue.operands[0].is_constant();
    state = is_literal ? State{State::Kind::Literal,
                               body_->text((*body_->tables)[rvalue.operands[0].constant()].text)}
                       : State{State::Kind::Any, {}};
  }
  void apply(State& /*state*/, const mir::Terminator& /*terminator*/, Point /*point*/) const {}
  void on_return(State& state, const mir::Terminator& terminator) const {
    if (body_->local(terminator.place) == mir::LocalId(size_t{1})) {
      state = {State::Kind::Any, {}};
    }
  }

 private:
  const mir::Body* body_;
};

// The most steps to the end, up to a height: a chain.
class LongestWayOut {
 public:
  using State = unsigned;
  static constexpr unsigned Height = 20;
  static constexpr Direction direction = Direction::Backward;
  [[nodiscard]] State bottom() const { return 0; }
  bool join(State& into, State from) const {
    const bool grew = from > into;
    into = std::max(into, from);
    return grew;
  }
  void apply(State& state, const mir::Statement& /*statement*/, Point /*point*/) const {
    state = std::min(state + 1, Height);
  }
  void apply(State& state, const mir::Terminator& /*terminator*/, Point /*point*/) const {
    state = std::min(state + 1, Height);
  }
};

std::string text_of(const ConstantOfOne::State& state) {
  using Kind = ConstantOfOne::State::Kind;
  return state.kind == Kind::Unknown ? "unknown"
         : state.kind == Kind::Any   ? "any"
                                     : std::string(state.literal);
}

// Both ways of a diamond, a loop that leaves `_1` alone and one that does not, an
// unwinding call, and a block nothing leads to.
constexpr const char* Text = R"(fn f(_1: u8) -> u8 {
    let mut _0: u8;
    let mut _2: u8;

    bb0: {
        _1 = const 1_u8;
        switchInt(copy _2) -> [0: bb1, 1: bb2, otherwise: bb3];
    }

    bb1: {
        nop;
        _1 = const 2_u8;
        goto -> bb4;
    }

    bb2: {
        _1 = const 2_u8;
        goto -> bb4;
    }

    bb3: {
        switchInt(copy _2) -> [0: bb3, otherwise: bb5];
    }

    bb4: {
        _1 = f(copy _1) -> [return: bb5, unwind: bb6];
    }

    bb5: {
        return;
    }

    bb6 (cleanup): {
        resume;
    }

    bb7: {
        _1 = const 9_u8;
        goto -> bb4;
    }
}
)";

TEST_CASE("constants meet where ways meet") {
  const mir::OneBody read = mir::read_exactly(Text);
  const Solution<ConstantOfOne> solution(read.body(), ConstantOfOne(read.body()));
  const auto before = [&](size_t index, uint32_t statement) {
    return text_of(solution.before({block(index), statement}));
  };
  CHECK(before(0, 0) == "any");
  CHECK(before(0, 1) == "1_u8");
  CHECK(text_of(solution.after({block(0), 0})) == "1_u8");
  CHECK(before(1, 1) == "1_u8");
  CHECK(before(1, 2) == "2_u8");
  CHECK(before(3, 0) == "1_u8");
  CHECK(before(4, 0) == "2_u8");
  // The call has written it where it returned, and not where it did not.
  CHECK(before(5, 0) == "any");
  CHECK(before(6, 0) == "2_u8");
  // Nothing flows from where control never is.
  CHECK(before(7, 0) == "unknown");
  CHECK(before(7, 1) == "9_u8");
}

TEST_CASE("a loop climbs to the fixed point and stops") {
  const mir::OneBody read = mir::read_exactly(Text);
  const Solution<LongestWayOut> solution(read.body(), LongestWayOut());
  CHECK(solution.before({block(5), 0}) == 1);
  CHECK(solution.after({block(5), 0}) == 0);
  CHECK(solution.before({block(4), 0}) == 2);
  CHECK(solution.before({block(2), 0}) == 4);
  CHECK(solution.before({block(1), 0}) == 5);
  CHECK(solution.after({block(1), 1}) == 3);
  // The loop could be run any number of times.
  CHECK(solution.before({block(3), 0}) == LongestWayOut::Height);
  CHECK(solution.before({block(0), 0}) == LongestWayOut::Height);
  CHECK(solution.before({block(7), 0}) == 4);
}

TEST_CASE("a walk shows each point in the direction of the analysis") {
  const mir::OneBody read = mir::read_exactly(Text);
  std::vector<std::pair<uint32_t, std::string>> forward;
  const Solution<ConstantOfOne> constants(read.body(), ConstantOfOne(read.body()));
  constants.walk(block(1), [&](Point point, const ConstantOfOne::State& state) {
    CHECK(point.block == block(1));
    forward.emplace_back(point.statement, text_of(state));
  });
  CHECK(forward ==
        std::vector<std::pair<uint32_t, std::string>>{{0, "1_u8"}, {1, "1_u8"}, {2, "2_u8"}});
  std::vector<std::pair<uint32_t, unsigned>> backward;
  const Solution<LongestWayOut> steps(read.body(), LongestWayOut());
  steps.walk(block(1),
             [&](Point point, unsigned state) { backward.emplace_back(point.statement, state); });
  CHECK(backward == std::vector<std::pair<uint32_t, unsigned>>{{2, 2}, {1, 3}, {0, 4}});
}

TEST_CASE("a worklist gives each block once, in order, from where it is") {
  Worklist worklist({block(2), block(0), block(1)}, 5);
  CHECK(worklist.take() == block(2));
  CHECK(worklist.take() == block(0));
  worklist.add(block(2));
  worklist.add(block(2));
  // What is behind comes first, then it begins again.
  CHECK(worklist.take() == block(1));
  CHECK(worklist.take() == block(2));
  CHECK(worklist.empty());
  worklist.add(block(1));
  CHECK_FALSE(worklist.empty());
  CHECK(worklist.take() == block(1));
}

TEST_CASE("blocks are visited in the order of the direction") {
  const mir::OneBody read = mir::read_exactly(Text);
  const std::vector<mir::BlockId> forward = visiting_order(read.body(), Direction::Forward);
  CHECK(forward.size() == 7);
  CHECK(forward.front() == block(0));
  std::vector<mir::BlockId> backward = visiting_order(read.body(), Direction::Backward);
  REQUIRE(backward.size() == 8);
  CHECK(backward.back() == block(7));
  backward.pop_back();
  std::reverse(backward.begin(), backward.end());
  CHECK(backward == forward);
}

TEST_CASE("sets that are joined tell whether they grew") {
  LocalSet set(5);
  LocalSet other(5);
  CHECK_FALSE(join_sets(set, other));
  other.set(3);
  CHECK(join_sets(set, other));
  CHECK_FALSE(join_sets(set, other));
  CHECK(set.test(3));
  CHECK(set.count() == 1);
}

}  // namespace
}  // namespace jaa::flow
