// Source transformations that end, move or avoid a guard's life across an await.
//
// Each looks at the syntax around `held` and returns candidates, best first, or
// none when its shape is not there. A candidate is a `base::FixIt` with edits,
// title and trade-off filled in and an untried verdict; the compiler decides
// later which of them stand. No candidate edits text that came from a macro's
// expansion, and every one keeps comments, indentation and line ends (CRLF) as
// they are.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "rewrite/held.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// What the project offers to a rewrite.
struct ProjectView {
  std::string edition = "2021";
  // Paths of async mutexes (`tokio::sync::Mutex`) and read-write locks of crates
  // the package already depends on or of its own, best first.
  struct AsyncLock {
    std::string crate;    // "tokio"
    std::string mutex;    // "tokio::sync::Mutex"
    std::string rw_lock;  // "tokio::sync::RwLock"; empty when it has none
    bool is_own = false;  // of the crate itself: that it has a `new` is all that is known
  };
  std::vector<AsyncLock> async_locks;
};

// `let g = ..; use(g); f().await` -> the guard and its uses go into a block that
// ends before the await and passes out what later code names. Keeps an explicit
// `drop(g)`.
[[nodiscard]] std::vector<base::FixIt> end_scope_before_await(const syntax::Tree& tree,
                                                              const Held& held);

// `f(g.id).await` -> what the await's own statement reads from the guard is copied
// or cloned out in a block before it.
[[nodiscard]] std::vector<base::FixIt> copy_out_before_await(const syntax::Tree& tree,
                                                             const Held& held);

// `let v = g.get(k)?; f(v).await` -> what is borrowed from the guard is cloned in its place,
// and the guard's scope ends before the await.
[[nodiscard]] std::vector<base::FixIt> own_borrow_before_await(const syntax::Tree& tree,
                                                               const Held& held);

// `match m.lock().unwrap().next() { .. await .. }` (also `if let`, `while let`,
// `for`, and a temporary inside one statement that awaits) -> the value is bound
// first, so that the guard's temporary ends.
[[nodiscard]] std::vector<base::FixIt> bind_value_first(const syntax::Tree& tree, const Held& held);

// `if let Some(v) = m.lock().unwrap().get_mut(k) { v.n += 1; f(v).await }` -> what changes the
// value does so first, and gives a copy of it to the rest.
[[nodiscard]] std::vector<base::FixIt> change_value_first(const syntax::Tree& tree,
                                                          const Held& held);

// `let g = m.lock(); let v = f().await; g.push(v)` and `m.lock().push(f().await)` ->
// the lock is taken after the await.
[[nodiscard]] std::vector<base::FixIt> acquire_after_await(const syntax::Tree& tree,
                                                           const Held& held);

// `let mut g = m.lock(); g.n += 1; let v = f().await; g.push(v)` -> `f().await` comes before
// the lock, where it needs nothing of what is done until there.
[[nodiscard]] std::vector<base::FixIt> await_before_lock(const syntax::Tree& tree,
                                                         const Held& held);

// Used on both sides of the await: the guard's scope ends before it and the lock
// is taken again after it. Another task may come between, so it never keeps meaning.
[[nodiscard]] std::vector<base::FixIt> reacquire_after_await(const syntax::Tree& tree,
                                                             const Held& held);

// `let h = handle(); .. h.next() .. f().await` -> `handle()` at each use: for what costs
// nothing to make and has no state of its own. Whether a handle has is for the caller to
// say, so that `keeps_meaning` is not set; the pointer that a vector's `as_mut_ptr` gives
// has none.
[[nodiscard]] std::vector<base::FixIt> remake_where_used(const syntax::Tree& tree,
                                                         const Held& held);

// `let entered = span.entered(); .. f().await` -> the rest of the function is an async
// block that is instrumented with the span.
[[nodiscard]] std::vector<base::FixIt> instrument_rest(const syntax::Tree& tree, const Held& held);

// The lock becomes the async lock of a crate the project depends on: the type
// where it is declared, its constructors, and each `lock().unwrap()` on it in the
// given trees (all files of the crate). `trees[0]` holds the guard.
[[nodiscard]] std::vector<base::FixIt> use_async_lock(const std::vector<const syntax::Tree*>& trees,
                                                      const Held& held, const ProjectView& project);

}  // namespace jaa::rewrite
