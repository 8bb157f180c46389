// A private copy of rustc's last committed incremental session.
//
// rustc keeps `<incremental>/<crate>-<hash>/s-<time>-<random>-<hash>` with a lock
// file `s-<time>-<random>.lock` beside it; a session in work ends in `-working`.
// It never writes into a committed session, and links files from one to the next
// itself, so hard links are as good as copies, but for the crate's metadata. The
// lock file is made anew, or the two directories would lock each other out.
#pragma once

#include <string>

#include "llvm/ADT/StringRef.h"

namespace jaa::plugin {

// For each crate directory in `from` whose crate is `crate_name` (empty: all):
// brings its last session to `to`, unless `to` has one at least as new. A session
// that vanishes meanwhile (its compiler tidied up) is left out. True if `to` then
// has a session for one of them.
bool seed_incremental(const std::string& from, const std::string& to,
                      llvm::StringRef crate_name = {});

}  // namespace jaa::plugin
