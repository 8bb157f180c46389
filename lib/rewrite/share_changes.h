// A local that several futures change goes behind a `RefCell` or a `Mutex`, which each of
// them borrows or locks for a moment, never over an await.
//
//   let mut log = Vec::new();
//   let left = async { log.push(first().await); };
//   let right = async { log.push(2); };
//   -> let log = RefCell::new(Vec::new());
//      let left = async { let value = first().await; log.borrow_mut().push(value); };
//      let right = async { log.borrow_mut().push(2); };
//
// Where several mentions need one guard, that is a variable of the same name. What is done with
// the local when the futures are over is done with the value, taken out again.
#pragma once

#include <functional>
#include <vector>

#include "base/finding.h"
#include "rewrite/imports.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

enum class Sharer : uint8_t {
  RefCell,   // by reference, of one thread
  Mutex,     // by reference
  ArcMutex,  // each future has its `Arc` under the same name, which is the caller's to write
};

struct ChangedLocal {
  syntax::Node binding;               // its name in the pattern
  std::vector<syntax::Node> futures;  // that name it, in source order
  Sharer sharer = Sharer::RefCell;
  bool is_copy = false;  // its type is `Copy`
  // The futures have ended whenever the statement is reached. None where rustc knows, since
  // they borrow.
  std::function<bool(syntax::Node statement)> are_over;
};

// Empty where a guard would be held at an await, or a mention cannot be changed.
[[nodiscard]] std::vector<base::Edit> share_changes(const syntax::Tree& tree,
                                                    const ChangedLocal& local,
                                                    ImportEdits& imports);

}  // namespace jaa::rewrite
