// The classic questions about locals, each an analysis for `Solution`.
#pragma once

#include "flow/solver.h"
#include "mir/body.h"

namespace jaa::flow {

// Shared by analyses whose state is one set of locals.
class LocalSetAnalysis {
 public:
  using State = LocalSet;
  explicit LocalSetAnalysis(const mir::Body& body) : body_(&body) {}
  [[nodiscard]] State bottom() const { return State(static_cast<unsigned>(body_->locals.size())); }
  void enter(State& /*state*/) const {}
  [[nodiscard]] bool join(State& into, const State& from) const { return join_sets(into, from); }
  void on_return(State& /*state*/, const mir::Terminator& /*terminator*/) const {}

 protected:
  [[nodiscard]] const mir::Body& body() const { return *body_; }

 private:
  const mir::Body* body_;
};

// Live: may be read again before it is overwritten.
class Liveness : public LocalSetAnalysis {
 public:
  static constexpr Direction direction = Direction::Backward;
  using LocalSetAnalysis::LocalSetAnalysis;
  void apply(State& state, const mir::Statement& statement, Point point) const;
  void apply(State& state, const mir::Terminator& terminator, Point point) const;
};

// Ever borrowed: a reference or pointer to it, or to a part of it, was made and may
// still be there. Ends with its storage.
class EverBorrowed : public LocalSetAnalysis {
 public:
  static constexpr Direction direction = Direction::Forward;
  using LocalSetAnalysis::LocalSetAnalysis;
  void apply(State& state, const mir::Statement& statement, Point point) const;
  void apply(State& state, const mir::Terminator& terminator, Point point) const;
};

// Maybe initialised: holds a value, and so would be dropped: assigned and not moved
// out, dropped or dead since.
class MaybeInitialised : public LocalSetAnalysis {
 public:
  static constexpr Direction direction = Direction::Forward;
  using LocalSetAnalysis::LocalSetAnalysis;
  void enter(State& state) const;
  void apply(State& state, const mir::Statement& statement, Point point) const;
  void apply(State& state, const mir::Terminator& terminator, Point point) const;
  void on_return(State& state, const mir::Terminator& terminator) const;
};

// Maybe uninitialised: on some path it holds no value; the dual of the one above.
class MaybeUninitialised : public LocalSetAnalysis {
 public:
  static constexpr Direction direction = Direction::Forward;
  using LocalSetAnalysis::LocalSetAnalysis;
  void enter(State& state) const;
  void apply(State& state, const mir::Statement& statement, Point point) const;
  void apply(State& state, const mir::Terminator& terminator, Point point) const;
  void on_return(State& state, const mir::Terminator& terminator) const;
};

// Storage required: it holds a value, or may be referred to while it held one. A local
// that was never borrowed is no longer needed once it is moved out, so what is borrowed
// is part of the state.
class RequiresStorage {
 public:
  struct State {
    LocalSet borrowed;
    LocalSet required;
  };
  static constexpr Direction direction = Direction::Forward;
  explicit RequiresStorage(const mir::Body& body) : body_(&body), borrowed_(body) {}
  [[nodiscard]] State bottom() const { return {borrowed_.bottom(), borrowed_.bottom()}; }
  void enter(State& state) const;
  [[nodiscard]] bool join(State& into, const State& from) const;
  void apply(State& state, const mir::Statement& statement, Point point) const;
  void apply(State& state, const mir::Terminator& terminator, Point point) const;
  void on_return(State& state, const mir::Terminator& terminator) const;

 private:
  const mir::Body* body_;
  EverBorrowed borrowed_;
};

// Where a local's value is dropped: its drop terminators that may find it initialised.
struct DropPoint {
  mir::BlockId block;
  mir::LocalId local;
  // On some path it holds no value there.
  bool is_conditional = false;
};
// In block order. Drops on the way of a panic are left out.
[[nodiscard]] std::vector<DropPoint> drop_points(const mir::Body& body);

}  // namespace jaa::flow
