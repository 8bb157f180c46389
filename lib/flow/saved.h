// What a coroutine saves across each of its awaits: rustc's own rule.
//
// A local is saved at a `yield` when it is used again later, or was ever
// borrowed (coroutines do not move, so a borrow may outlive the suspension), and
// its storage is still required. Storage stops being required by `StorageDead`,
// or by moving the local out whole if it was never borrowed. That is why
// `drop(guard)` does not help once `guard` has been dereferenced.
//
// Source: `locals_live_across_suspend_points` in rustc_mir_transform's
// coroutine transform, which decides auto traits on the body before borrow
// checking; equal on `built` and on `SimplifyCfg-promote-consts`.
#pragma once

#include <vector>

#include "mir/body.h"

namespace jaa::flow {

// One `yield`.
struct SuspendPoint {
  mir::BlockId block;
  // The whole `operand.await`; the yield's own span when there is no awaitee.
  mir::MirSpan await_span;
  // The `await` keyword, as rustc's labels have it.
  mir::MirSpan keyword_span;
  // The future that is awaited; invalid for a bare yield.
  mir::LocalId awaitee;
  // In local order, without the coroutine itself and its resume argument.
  std::vector<mir::LocalId> saved;
};

// In block order. Empty for a body that is no coroutine or is a stub.
[[nodiscard]] std::vector<SuspendPoint> suspend_points(const mir::Body& body);

}  // namespace jaa::flow
