#include "flow/locals.h"

#include "flow/operands.h"

namespace jaa::flow {
namespace {

using StatementKind = mir::Statement::Kind;
using TerminatorKind = mir::Terminator::Kind;

// --- live ---

void use_place(LocalSet& state, const mir::Body& body, mir::Place place) {
  state.set(bit(body.local(place)));
  for (const mir::Projection& projection : body.projections(place)) {
    if (projection.index().is_valid()) {
      state.set(bit(projection.index()));
    }
  }
}

// Writing the whole local ends what was live; writing a part of it, or through it, uses
// the rest.
void define_place(LocalSet& state, const mir::Body& body, mir::Place place) {
  if (place.is_local()) {
    state.reset(bit(body.local(place)));
  } else {
    use_place(state, body, place);
  }
}

// What a call, yield or assembly writes when it returns.
bool writes_on_return(const mir::Terminator& terminator) {
  return (terminator.kind == TerminatorKind::Call || terminator.kind == TerminatorKind::Yield) &&
         terminator.place.is_valid();
}

}  // namespace

void Liveness::apply(State& state, const mir::Statement& statement, Point /*point*/) const {
  switch (statement.kind) {
    case StatementKind::Assign:
      define_place(state, body(), statement.place);
      break;
    case StatementKind::FakeRead:
    case StatementKind::PlaceMention:
    case StatementKind::SetDiscriminant:
      use_place(state, body(), statement.place);
      break;
    default:
      break;
  }
  each_read(body(), statement, [&](mir::Place place) { use_place(state, body(), place); });
}

void Liveness::apply(State& state, const mir::Terminator& terminator, Point /*point*/) const {
  if (terminator.kind == TerminatorKind::Drop) {
    use_place(state, body(), terminator.place);
  } else if (terminator.place.is_valid()) {
    define_place(state, body(), terminator.place);
  }
  each_read(body(), terminator, [&](mir::Place place) { use_place(state, body(), place); });
  if (terminator.kind == TerminatorKind::Return) {
    state.set(0);
  }
}

// --- borrowed ---

void EverBorrowed::apply(State& state, const mir::Statement& statement, Point /*point*/) const {
  if (statement.kind == StatementKind::StorageDead) {
    state.reset(bit(body().local(statement.place)));
    return;
  }
  const mir::Place place = borrowed_place(body(), statement);
  if (place.is_valid() && !body().has_deref(place)) {
    state.set(bit(body().local(place)));
  }
}

// Drop glue takes `&mut self`.
void EverBorrowed::apply(State& state, const mir::Terminator& terminator, Point /*point*/) const {
  if (terminator.kind == TerminatorKind::Drop && !body().has_deref(terminator.place)) {
    state.set(bit(body().local(terminator.place)));
  }
}

// --- initialised ---

void MaybeInitialised::enter(State& state) const {
  for (uint32_t argument = 1; argument <= body().arg_count; ++argument) {
    state.set(argument);
  }
}

void MaybeInitialised::apply(State& state, const mir::Statement& statement, Point /*point*/) const {
  each_moved_local(body(), statement, [&](mir::LocalId local) { state.reset(bit(local)); });
  if (statement.kind == StatementKind::Assign) {
    state.set(bit(body().local(statement.place)));
  } else if (statement.kind == StatementKind::StorageDead ||
             statement.kind == StatementKind::StorageLive) {
    state.reset(bit(body().local(statement.place)));
  }
}

void MaybeInitialised::apply(State& state, const mir::Terminator& terminator,
                             Point /*point*/) const {
  each_moved_local(body(), terminator, [&](mir::LocalId local) { state.reset(bit(local)); });
  if (terminator.kind == TerminatorKind::Drop && terminator.place.is_local()) {
    state.reset(bit(body().local(terminator.place)));
  }
}

void MaybeInitialised::on_return(State& state, const mir::Terminator& terminator) const {
  if (writes_on_return(terminator)) {
    state.set(bit(body().local(terminator.place)));
  }
}

void MaybeUninitialised::enter(State& state) const {
  state.set();
  for (uint32_t argument = 1; argument <= body().arg_count; ++argument) {
    state.reset(argument);
  }
}

void MaybeUninitialised::apply(State& state, const mir::Statement& statement,
                               Point /*point*/) const {
  each_moved_local(body(), statement, [&](mir::LocalId local) { state.set(bit(local)); });
  if (statement.kind == StatementKind::Assign && statement.place.is_local()) {
    state.reset(bit(body().local(statement.place)));
  } else if (statement.kind == StatementKind::StorageDead ||
             statement.kind == StatementKind::StorageLive) {
    state.set(bit(body().local(statement.place)));
  }
}

void MaybeUninitialised::apply(State& state, const mir::Terminator& terminator,
                               Point /*point*/) const {
  each_moved_local(body(), terminator, [&](mir::LocalId local) { state.set(bit(local)); });
  if (terminator.kind == TerminatorKind::Drop && terminator.place.is_local()) {
    state.set(bit(body().local(terminator.place)));
  }
}

void MaybeUninitialised::on_return(State& state, const mir::Terminator& terminator) const {
  if (writes_on_return(terminator) && terminator.place.is_local()) {
    state.reset(bit(body().local(terminator.place)));
  }
}

// --- storage ---

void RequiresStorage::enter(State& state) const {
  // The coroutine itself, the first argument, is nobody's local.
  for (uint32_t argument = 2; argument <= body_->arg_count; ++argument) {
    state.required.set(argument);
  }
}

bool RequiresStorage::join(State& into, const State& from) const {
  const bool grew = join_sets(into.borrowed, from.borrowed);
  return join_sets(into.required, from.required) || grew;
}

void RequiresStorage::apply(State& state, const mir::Statement& statement, Point point) const {
  // A move is judged by the borrows before it.
  each_moved_local(*body_, statement, [&](mir::LocalId local) {
    if (!state.borrowed.test(bit(local))) {
      state.required.reset(bit(local));
    }
  });
  borrowed_.apply(state.borrowed, statement, point);
  if (statement.kind == StatementKind::StorageDead) {
    state.required.reset(bit(body_->local(statement.place)));
    return;
  }
  const mir::Place place = borrowed_place(*body_, statement);
  if (place.is_valid() && !body_->has_deref(place)) {
    state.required.set(bit(body_->local(place)));
  }
  if (statement.kind == StatementKind::Assign || statement.kind == StatementKind::SetDiscriminant ||
      statement.kind == StatementKind::Deinit) {
    state.required.set(bit(body_->local(statement.place)));
  }
}

void RequiresStorage::apply(State& state, const mir::Terminator& terminator, Point point) const {
  each_moved_local(*body_, terminator, [&](mir::LocalId local) {
    if (!state.borrowed.test(bit(local))) {
      state.required.reset(bit(local));
    }
  });
  borrowed_.apply(state.borrowed, terminator, point);
  if (terminator.kind == TerminatorKind::Drop && !body_->has_deref(terminator.place)) {
    state.required.set(bit(body_->local(terminator.place)));
  }
  if (terminator.kind == TerminatorKind::Call && terminator.place.is_local()) {
    // Needed during the call and after it returns, but not after it unwinds.
    state.required.reset(bit(body_->local(terminator.place)));
  }
}

void RequiresStorage::on_return(State& state, const mir::Terminator& terminator) const {
  if (writes_on_return(terminator)) {
    state.required.set(bit(body_->local(terminator.place)));
  }
}

// --- drops ---

std::vector<DropPoint> drop_points(const mir::Body& body) {
  std::vector<DropPoint> result;
  const Solution<MaybeInitialised> initialised(body, MaybeInitialised(body));
  // A value is missing on a path on which it was moved out, or never made.
  const Solution<MaybeUninitialised> missing(body, MaybeUninitialised(body));
  for (size_t index = 0; index < body.blocks.size(); ++index) {
    const mir::BlockId block(index);
    const mir::Terminator& end = body.terminator(block);
    if (end.kind != TerminatorKind::Drop || body.blocks[block].is_cleanup ||
        body.has_deref(end.place)) {
      continue;
    }
    const mir::LocalId local = body.local(end.place);
    if (initialised.before(body.end_of(block)).test(bit(local))) {
      result.push_back({block, local, missing.before(body.end_of(block)).test(bit(local))});
    }
  }
  return result;
}

}  // namespace jaa::flow
