// A lock that is blocking in some places and async in others becomes async in all; one
// that is the standard library's in some places and another blocking one's in others
// becomes the other.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "rewrite/guard_scope.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// Where a blocking lock and an async one are taken for each other.
struct LockMeeting {
  std::string lock;  // "Mutex" or "RwLock"
  // The expressions that the compiler has errors about, in any file.
  std::vector<syntax::Node> places;
  // The last names of the types that the locks protect, as far as they are known.
  std::vector<std::string> protects;
  // The types of this crate that hold a lock which is to be async.
  std::vector<std::string> holders;
  // The crate of the lock that it becomes, where the compiler names it.
  std::string crate;
  bool is_of_blocking = false;  // that lock blocks too
  // Calls that unpack what an async lock gives as it is: `lock.lock().unwrap()`.
  std::vector<syntax::Node> unpackings;
};

// The names of the blocking lock around the places become the async lock, in the path that
// the crate writes already or that a dependency has. First those that are connected with
// the places, then all of the files.
[[nodiscard]] std::vector<base::FixIt> make_lock_async(
    const std::vector<const syntax::Tree*>& trees, const LockMeeting& meeting,
    const ProjectView& project);

// `x.lock()`, `x.read()`, `x.write()`.
[[nodiscard]] bool is_acquiring_call(syntax::Node call);

// The call that unpacks what `value` gives, or that its `.await` gives: `.unwrap()`,
// `.expect(..)`; none where there is no such call.
[[nodiscard]] syntax::Node unpacking_of(syntax::Node value);

}  // namespace jaa::rewrite
